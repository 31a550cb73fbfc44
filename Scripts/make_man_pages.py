#!/usr/bin/env python3
"""Writes manual pages of the three programs in both languages, from what they say of themselves.

One page a program: its commands, their examples, arguments and options, in the roff of man(7).

Usage: make_man_pages.py FOLDER-WITH-PROGRAMS FOLDER
"""
import json, os, subprocess, sys

WORDS = {
    "en": {"name": "NAME", "commands": "COMMANDS", "examples": "EXAMPLES", "exit": "EXIT STATUS"},
    "zh-Hans": {"name": "名称", "commands": "命令", "examples": "示例", "exit": "退出码"},
}


def run(program, *arguments):
    return subprocess.run(
        [program, *arguments], capture_output=True, text=True, check=True,
        stdin=subprocess.DEVNULL).stdout


def escaped(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in ".'" else line for line in text.split("\n"))


def names(argument):
    out = []
    for name in argument.get("names") or []:
        out.append(("--" if name["kind"] == "long" else "-") + name["name"])
    value = argument.get("valueName", "")
    if argument["kind"] == "positional":
        return f"<{value}>"
    return ", ".join(out) + (f" <{value}>" if argument["kind"] == "option" else "")


def examples(program, words, language):
    """The examples that stand in the help of a command."""
    lines = run(program, *words, "--help", "--lang", language).split("\n")
    heading = {"en": "EXAMPLES:", "zh-Hans": "示例："}[language]
    if heading not in lines:
        return []
    start = lines.index(heading) + 1
    end = next(index for index in range(start, len(lines)) if not lines[index])
    return [line.strip() for line in lines[start:end]]


def command(program, language, node, words, out):
    title = " ".join([os.path.basename(program), *words])
    out.append(f".SS {escaped(title)}")
    out.append(escaped(node.get("abstract", "")))
    shown = examples(program, words, language)
    if shown:
        out += [".PP", ".nf"] + ["    " + escaped(line) for line in shown] + [".fi"]
    for argument in node.get("arguments", []):
        if argument.get("shouldDisplay", True):
            out += [".TP", f"\\fB{escaped(names(argument))}\\fR",
                    escaped(argument.get("abstract", "") or "\\&")]
    for child in node.get("subcommands", []):
        if child["commandName"] != "help":
            command(program, language, child, words + [child["commandName"]], out)


def page(program, language):
    node = json.loads(run(program, "--experimental-dump-help", "--lang", language))["command"]
    name, labels = os.path.basename(program), WORDS[language]
    version = run(program, "--version").strip()
    out = [f'.TH {name.upper()} 1 "" "{version}"', f".SH {labels['name']}",
           f"{escaped(name)} \\- {escaped(node.get('abstract', ''))}", f".SH {labels['commands']}"]
    command(program, language, node, [], out)
    if name == "sync-field":
        for topic, title in [("exit-codes", labels["exit"]), ("times", None), ("files", None)]:
            text = run(program, "help", topic, "--lang", language).rstrip("\n")
            out += [f".SH {title or topic.upper()}", ".nf", escaped(text), ".fi"]
    return "\n".join(out) + "\n"


def main():
    programs, folder = sys.argv[1:3]
    for language, place in [("en", "man1"), ("zh-Hans", "zh_CN/man1")]:
        target = os.path.join(folder, place)
        os.makedirs(target, exist_ok=True)
        for name in ["sync-field", "sync-hub", "sync-audit"]:
            text = page(os.path.join(programs, name), language)
            path = os.path.join(target, name + ".1")
            open(path, "w", encoding="utf-8").write(text)
            print(path)


if __name__ == "__main__":
    main()
