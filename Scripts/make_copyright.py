#!/usr/bin/env python3
"""Writes the licence list of release programs: what is linked into them, and under which terms.

The list is in Debian's machine-readable form. Which libraries are in a program is read from the
lists of object files that it was linked from; their versions, holders and texts come from the
checkouts that they were built of. A part whose origin is not found is an error, not a gap.

Usage: make_copyright.py FOLDER-WITH-PROGRAMS COPYRIGHT NOTICES
    COPYRIGHT: the file to write. NOTICES: another, with every NOTICE that must be passed on.
"""
import json, os, re, subprocess, sys

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAMS = ["sync-field", "sync-hub", "sync-audit"]
# A module that does not lie in a folder of its own name.
PLACES = {"SystemPackage": "swift-system"}
# Code of others inside a checkout, by module: its name, whose it is (None: read it), its terms.
INSIDE = {
    "CNIOBoringSSL": ("BoringSSL", None, "Apache-2.0"),
    "CCryptoBoringSSL": ("BoringSSL", None, "Apache-2.0"),
    "CNIOLLHTTP": ("llhttp", "2018 Fedor Indutny", "Expat"),
    "CYaml": ("LibYAML", "2006-2020 Kirill Simonov and Ingy dot Net", "Expat"),
    "CXKCP": ("XKCP", "the Keccak team", "CC0-1.0"),
}
GLADMAN = "Sources/CXKCP/FIPS202-opt64/brg_endian.h"
# Libraries of the toolchain, linked by --static-swift-stdlib: a symbol that shows each, and terms.
RUNTIME = [
    ("swift", "Swift's runtime and standard library", "swift_retain",
     "2014-2026 Apple Inc. and the Swift project authors", "Apache-2.0-with-Swift-exception"),
    ("swift-corelibs-libdispatch", "libdispatch", "dispatch_async",
     "2008-2026 Apple Inc. and the Swift project authors", "Apache-2.0-with-Swift-exception"),
    ("swift-foundation, swift-corelibs-foundation", "Foundation", "FoundationEssentials",
     "2014-2026 Apple Inc. and the Swift project authors", "Apache-2.0-with-Swift-exception"),
    ("swift-foundation-icu", "ICU and its data", "ucal_open",
     "2016-2026 Unicode, Inc. and others", "Unicode-3.0"),
]
# Libraries of the system: the name of the shared form, a symbol that shows either form, terms. They
# are in a program if the symbol is and the shared library is not asked for.
SYSTEM = [
    ("libsqlite3", "SQLite", "sqlite3_open_v2", "D. Richard Hipp", "public-domain"),
    ("libz", "zlib", "inflateInit2_", "1995-2022 Jean-loup Gailly and Mark Adler", "Zlib"),
    ("libminizip", "minizip", "unzOpen2_64",
     "1998-2010 Gilles Vollant, 2007-2008 Even Rouault, 2009-2010 Mathias Svensson", "Zlib"),
    ("libexpat", "Expat", "XML_ParserCreate",
     "1998-2000 Thai Open Source Software Center Ltd and Clark Cooper, 2001-2022 Expat maintainers",
     "Expat"),
    ("libqrencode", "libqrencode", "QRcode_encodeString", None, None),
    ("libpq", "libpq", "PQconnectdbParams", None, None),
    ("libstdc++", "the C++ library of GCC", "__cxa_throw", "1992-2022 Free Software Foundation, Inc.",
     "GPL-3+-with-GCC-exception"),
]
COPYRIGHT = re.compile(r"copyright\s+(?:\(c\)\s*|©\s*)?(.*\S)", re.IGNORECASE)
SOURCES = (".swift", ".c", ".cc", ".h", ".inc", ".S")


def fail(text):
    sys.exit(f"make_copyright.py: {text}")


def linked_modules(programs):
    """The modules whose object files are in the programs, their own ones aside."""
    modules = set()
    for program in PROGRAMS:
        path = os.path.join(programs, program + ".product", "Objects.LinkFileList")
        if not os.path.exists(path):
            fail(f"{path} is missing: the programs must lie where they were built")
        for line in open(path, encoding="utf-8"):
            match = re.search(r"/([^/]+)\.build/", line.strip())
            if match:
                modules.add(match.group(1))
    ours = set(os.listdir(os.path.join(HERE, "Sources"))) | {p.replace("-", "_") for p in PROGRAMS}
    return sorted(modules - ours)


def home(module, checkouts):
    """The checkout that a module was built of."""
    if module in PLACES:
        return PLACES[module]
    found = [
        name for name in sorted(os.listdir(checkouts)) for folder in ("Sources", "Source", "")
        if os.path.isdir(os.path.join(checkouts, name, folder, module))]
    # A package that keeps a module's old name beside the package that has it now holds no code.
    found = [n for n in found if any(f.endswith(SOURCES) for f in files(checkouts, n, module))]
    if not found:
        fail(f"no checkout has the module {module}")
    return max(found, key=lambda name: len(files(checkouts, name, module)))


def files(checkouts, name, module):
    out = []
    for folder in ("Sources", "Source", ""):
        for place, _, names in os.walk(os.path.join(checkouts, name, folder, module)):
            out += [os.path.join(place, n) for n in names if n.endswith(SOURCES)]
        if out:
            break
    return out


def holders(paths):
    """Who is named in the heads of source files: each holder once, with the span of years."""
    years = {}
    for path in paths:
        with open(path, encoding="utf-8", errors="replace") as file:
            head = [file.readline() for _ in range(25)]
        for line in head:
            match = COPYRIGHT.search(line.strip().strip("/*#; "))
            if not match:
                continue
            text = re.sub(r"\s*All rights reserved\.?|\s*<.*?>", "", match.group(1), flags=re.I)
            numbers = [int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", text)]
            text = re.sub(r"^(?:[\s,–-]|YEARS\b|\b(?:19|20)\d\d\b)+", "", text).strip(" .,")
            if not re.match(r"[A-Z]|the ", text) or "notice" in text or "holder" in text:
                continue
            years.setdefault(text, []).extend(numbers)
    out = []
    for text, numbers in sorted(years.items(), key=lambda item: (-len(item[1]), item[0])):
        span = f"{min(numbers)}-{max(numbers)} " if numbers and min(numbers) < max(numbers) else (
            f"{numbers[0]} " if numbers else "")
        out.append(span + text)
    return out


def system_libraries(programs):
    """Which of the system's libraries are in a program, and which are asked for by one."""
    inside, asked = set(), set()
    for program in PROGRAMS:
        path = os.path.join(programs, program)
        needed = subprocess.run(
            ["readelf", "--dynamic", path], capture_output=True, text=True, check=True).stdout
        held = open(path, "rb").read()
        for entry in SYSTEM:
            if f"[{entry[0]}.so" in needed:
                asked.add(entry)
            elif b"\0" + entry[2].encode() + b"\0" in held:
                inside.add(entry)
    for entry in inside:
        if not entry[4]:
            fail(f"{entry[1]} is linked statically, and its terms are not known here")
    return ([e for e in SYSTEM if e in inside], [e for e in SYSTEM if e in asked])


def license_of(folder):
    for name in ("LICENSE.txt", "LICENSE"):
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            continue
        text = open(path, encoding="utf-8").read()
        if "Runtime Library Exception" in text:
            return "Apache-2.0-with-Swift-exception", text
        if "Apache License" in text:
            return "Apache-2.0", text
        if "Permission is hereby granted, free of charge" in text:
            return "Expat", text
        fail(f"{path} holds a licence that this script does not know")
    fail(f"{folder} has no licence")


def body(text):
    """Lines of a text as the continuation of a field."""
    return "".join(f" {line.rstrip()}\n" if line.strip() else " .\n" for line in text.split("\n"))


def wrapped(text, width=78):
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
    return "\n".join(lines + [line])


def stanza(files, owners, license, comment=None):
    out = f"Files: {files}\nCopyright: " + "\n           ".join(owners) + f"\nLicense: {license}\n"
    if comment:
        out += "Comment:\n" + body(comment)
    return out


def expat(text):
    """The permission alone: who holds the right stands in the stanza."""
    text = text[text.index("Permission is hereby granted"):].strip()
    return "\n\n".join(wrapped(part) for part in re.split(r"\n\s*\n", text))


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    programs, target, notices = sys.argv[1:]
    scratch = os.path.dirname(os.path.abspath(programs))
    checkouts = os.path.join(scratch, "checkouts")
    state = json.load(open(os.path.join(scratch, "workspace-state.json"), encoding="utf-8"))
    pins = {
        d["subpath"]: (d["packageRef"]["location"], d["state"]["checkoutState"].get("version", "?"))
        for d in state["object"]["dependencies"] if "checkoutState" in d["state"]}

    modules = {}
    for module in linked_modules(programs):
        modules.setdefault(home(module, checkouts), []).append(module)
    inside, asked = system_libraries(programs)
    out = [
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        "Upstream-Name: FieldSync\n"
        "Comment:\n" + body(
            "The three programs are FieldSync's own code and the libraries below, which are\n"
            "linked into them. What is not in them, but a package of its own:\n"
            + wrapped("the C library, " + ", ".join(entry[1] for entry in asked) + ".") + "\n"
            "What the libraries' NOTICE files say is in NOTICE.gz beside this file."),
        stanza("*", ["the FieldSync contributors"], "Apache-2.0")]
    texts, notes = {}, []
    for name in sorted(modules, key=str.lower):
        url, version = pins.get(name, ("?", "?"))
        folder = os.path.join(checkouts, name)
        license, text = license_of(folder)
        if license == "Expat":
            texts.setdefault("Expat", expat(text))
        own = [m for m in modules[name] if m not in INSIDE]
        owners = holders([f for m in own for f in files(checkouts, name, m)])
        if license == "Expat":
            owners = [COPYRIGHT.search(text).group(1)]
        if not owners:
            fail(f"no holder is named in {folder}")
        out.append(stanza(
            f"checkouts/{name}/*", owners, license,
            f"{name} {version}, {url}\n" + wrapped("Modules: " + ", ".join(own) + ".")))
        for module in [m for m in modules[name] if m in INSIDE]:
            title, owner, terms = INSIDE[module]
            owners = [owner] if owner else holders(files(checkouts, name, module))
            out.append(stanza(
                f"checkouts/{name}/Sources/{module}/*", owners, terms, f"{title}, inside {name}"))
            if title == "BoringSSL":
                out.append(stanza(
                    f"checkouts/{name}/Sources/{module}/third_party/fiat/*",
                    ["2015-2026 the fiat-crypto authors"], terms,
                    f"fiat-crypto, inside {name}; of the licences offered, this one"))
            if module == "CXKCP":
                head = open(os.path.join(folder, GLADMAN), encoding="utf-8").read().split("*/")[0]
                head = head[head.index(" LICENSE TERMS"):head.index(" Issue Date")]
                texts["Gladman"] = re.sub(r"(?m)^ (-+$)?", "", head).strip()
                out.append(stanza(
                    f"checkouts/{name}/{GLADMAN}",
                    ["1998-2008 Brian Gladman, Worcester, UK"], "Gladman"))
        notice = os.path.join(folder, "NOTICE.txt")
        if os.path.exists(notice):
            notes.append(f"{'=' * 20} {name} {version}\n\n"
                         + open(notice, encoding="utf-8").read().strip() + "\n")

    held = b""
    for program in PROGRAMS:
        held += open(os.path.join(programs, program), "rb").read()
    for place, title, symbol, owner, license in RUNTIME:
        if symbol.encode() in held:
            out.append(stanza(f"{place}/*".replace(", ", "/* "), [owner], license,
                              f"{title}, from the Swift toolchain"))

    for name, title, _, owner, license in inside:
        out.append(stanza(f"{name}.a", [owner], license,
                          f"{title}, from the system's package"))

    apache = ("On Debian systems the text of the Apache License, version 2.0, is in\n"
              "/usr/share/common-licenses/Apache-2.0.")
    kept = os.path.join(HERE, "packaging", "licenses")
    texts["Apache-2.0"] = apache
    texts["CC0-1.0"] = ("On Debian systems the text of CC0 1.0 is in\n"
                        "/usr/share/common-licenses/CC0-1.0.")
    texts["Apache-2.0-with-Swift-exception"] = (
        apache + "\n\n## Runtime Library Exception to the Apache 2.0 License: ##\n\n"
        + open(os.path.join(kept, "Swift-exception.txt"), encoding="utf-8").read().strip())
    texts["Zlib"] = open(os.path.join(kept, "Zlib.txt"), encoding="utf-8").read().strip()
    texts["public-domain"] = ("The author disclaims copyright to this source code. In place of a legal\n"
                              "notice, here is a blessing: May you do good and not evil. May you find\n"
                              "forgiveness for yourself and forgive others. May you share freely, never\n"
                              "taking more than you give.")
    texts["GPL-3+-with-GCC-exception"] = (
        "On Debian systems the text of the GNU General Public License, version 3, is in\n"
        "/usr/share/common-licenses/GPL-3.\n\n"
        + open(os.path.join(kept, "GCC-exception.txt"), encoding="utf-8").read().strip())
    texts["Unicode-3.0"] = open(
        os.path.join(kept, "Unicode-3.0.txt"), encoding="utf-8").read().strip()
    used = {line[9:] for part in out for line in part.split("\n") if line.startswith("License: ")}
    for license in sorted(used):
        if license not in texts:
            fail(f"there is no text for {license}")
        out.append(f"License: {license}\n" + body(texts[license]))
    open(target, "w", encoding="utf-8").write("\n".join(out))
    open(notices, "w", encoding="utf-8").write("\n".join(notes))


if __name__ == "__main__":
    main()
