#!/usr/bin/env python3
"""Writes the transcripts of a page anew from the real programs.

A page's blocks of code hold commands (`    $ sync-field …`) and what they print. This runs the
commands of such a page in their order, on a device and a hub of their own, at an evening in
November, and puts what they print below each. Blocks without a command stay as they are.

Ids in later commands and in the prose follow those that the programs print. What comes after a line
`<!-- not played -->` stays as it is. A page that makes its own hub (`sync-hub init`) finds none.

Usage: fill_transcripts.py FOLDER-WITH-PROGRAMS PAGE en|zh-Hans

--check compares only the commands of two pages: fill_transcripts.py --check PAGE PAGE
"""
import os, re, shutil, subprocess, sys, tempfile, time

EVENING = 1795441080  # 2026-11-23 21:38 in Shanghai
MARK = "    $ "


def commands(path):
    """The commands of a page, as far as they are the same in every language."""
    found = []
    for line in open(path, encoding="utf-8"):
        if line.startswith(MARK):
            text = line[len(MARK):].strip()
            # Texts are in the page's language, ids those of its own play.
            text = re.sub(r'"[^"]*"', '"…"', text)
            found.append(re.sub(r"\b[0-9a-f]{12}\b|fsi1_\S*", "…", text))
    return found


def check(first, second):
    one, two = commands(first), commands(second)
    for index in range(max(len(one), len(two))):
        a = one[index] if index < len(one) else "(none)"
        b = two[index] if index < len(two) else "(none)"
        if a != b:
            sys.exit(f"{first} and {second} differ at command {index + 1}:\n  {a}\n  {b}")
    print(f"{first} and {second}: the same {len(one)} commands.")


class Stage:
    """A folder with a hub that serves, and the programs at the evening's time."""

    def __init__(self, programs, language, isBare):
        self.folder = tempfile.mkdtemp(prefix="fieldsync-pages-")
        data = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../Tests/SampleData")
        library = next(
            os.path.join(folder, "libfaketime.so.1")
            for folder, _, files in os.walk("/usr/lib") if "libfaketime.so.1" in files)
        self.environment = {
            "PATH": f"{os.path.abspath(programs)}:/usr/bin:/bin", "HOME": self.folder,
            "LANG": "zh_CN.UTF-8" if language == "zh-Hans" else "en_US.UTF-8",
            "SYNC_FIELD_REPLICA": "lead.sqlite", "LD_PRELOAD": library,
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME": f"{EVENING - int(time.time()):+d}", "repo": os.path.join(data, "../.."),
        }
        self.programs = os.path.abspath(programs)
        self.hub = None
        if not isBare:
            self.quiet("sync-hub init --data hub --space 南大街")
            self.quiet(f"sync-hub point import {data}/points.csv --data hub")
            self.serve()

    def serve(self):
        """Starts the hub, and gives what it says first."""
        # The library that sets the time changes the environment when it is loaded first, and
        # Swift's runtime finds the arguments beside the unchanged one; so `env` loads it.
        self.hub = subprocess.Popen(
            ["/usr/bin/env", os.path.join(self.programs, "sync-hub"), "serve", "--data", "hub"],
            cwd=self.folder, env=self.environment, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        return self.hub.stdout.readline().decode("utf-8").rstrip("\n")

    def quiet(self, command):
        subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env=self.environment, check=True,
            capture_output=True)

    def run(self, command):
        if command.startswith("sync-hub serve"):
            return self.serve()
        if "fsi1_" in command:
            name = "red armbands 1"
            invite = subprocess.run(
                ["bash", "-c", f"sync-hub invite --data hub --name '{name}' 2>/dev/null"],
                cwd=self.folder, env=self.environment, capture_output=True, text=True
            ).stdout.split()[-1]
            command = re.sub(r"fsi1_\S*…", invite, command)
        done = subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env=self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        return done.stdout.decode("utf-8").rstrip("\n")

    def close(self):
        if self.hub:
            self.hub.terminate()
            self.hub.wait()
        shutil.rmtree(self.folder)


ID = re.compile(r"\b[0-9a-f]{12}\b")
LONG = re.compile(r"fsi1_[A-Za-z0-9_-]{40,}")


def fill(programs, path, language):
    text = open(path, encoding="utf-8").read()
    text, end, rest = text.partition("<!-- not played -->")
    stage = Stage(programs, language, isBare=MARK + "sync-hub init" in text)
    ids = {}

    def follow(line):
        return ID.sub(lambda found: ids.get(found[0], found[0]), line)

    lines = text.split("\n")
    out = []
    index = 0
    while index < len(lines):
        line = follow(lines[index])
        out.append(line)
        index += 1
        if not line.startswith(MARK):
            continue
        old = []
        # What it printed last time goes; a blank line belongs to it if more of it follows.
        while index < len(lines) and lines[index].startswith("    ") \
                and not lines[index].startswith(MARK):
            old.append(lines[index])
            index += 1
        printed = stage.run(line[len(MARK):])
        printed = LONG.sub(lambda found: found[0][:60] + "…", printed)
        for before, now in zip(ID.findall("\n".join(old)), ID.findall(printed)):
            ids.setdefault(before, now)
        out += ["    " + text if text else "" for text in printed.split("\n") if printed]
        if printed and index < len(lines) and lines[index].startswith(MARK):
            out.append("")
    stage.close()
    open(path, "w", encoding="utf-8").write("\n".join(out) + end + rest)


if __name__ == "__main__":
    if sys.argv[1] == "--check":
        check(sys.argv[2], sys.argv[3])
    else:
        fill(sys.argv[1], sys.argv[2], sys.argv[3])
