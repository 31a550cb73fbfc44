#!/usr/bin/env python3
"""Sets the line numbers of docs/walk.md right: each place is a path, a line and the words that stand there.

    Scripts/walk.py docs/walk.md             writes them anew
    Scripts/walk.py --check docs/walk.md     exit 1 if one is not so

A place is written  [Sources/A.swift:12](../Sources/A.swift#L12) `words`.
"""
import os
import re
import sys

PLACE = re.compile(r"\[([^\]:]+):(\d+)\]\(([^)#]+)#L\d+\) `([^`]+)`")


def line_of(path, words):
    """The first line of a file that has these words; 0 if none has."""
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if words in line:
                return number
    return 0


def main():
    is_check = sys.argv[1] == "--check"
    page = sys.argv[-1]
    root = os.path.join(os.path.dirname(os.path.abspath(page)), "..")
    problems = []

    def right(match):
        name, number, link, words = match.groups()
        path = os.path.join(root, name)
        found = line_of(path, words) if os.path.exists(path) else 0
        if found == 0:
            problems.append(f"{name}: nothing says `{words}`")
        elif found != int(number) and is_check:
            problems.append(f"{name}: `{words}` is on line {found}, not {number}")
        return f"[{name}:{found or number}]({link}#L{found or number}) `{words}`"

    with open(page, encoding="utf-8") as file:
        text = file.read()
    if not PLACE.search(text):
        problems.append("no place is named")
    fixed = PLACE.sub(right, text)
    if not is_check and fixed != text:
        with open(page, "w", encoding="utf-8") as file:
            file.write(fixed)
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
