#!/usr/bin/env python3
"""A fault at every write of every command, and what must hold after each.

usage: Scripts/faults/faults.py PROGRAMS [--only NAME,…] [--kinds N,…] [--step N] [--jobs N]
                                         [--minutes N]

PROGRAMS is the folder of sync-field, sync-hub and sync-audit. For each command and kind of fault
the command is run again and again, the fault one write later each time, until a run meets none.
Ends with 1 if anything that must hold did not.
"""

import argparse
import concurrent.futures
import os
import shutil
import subprocess
import sys
import tempfile
import time

from device_stories import DEVICE_STORIES
from ground import KINDS, Ground, Stop, Wrong, built_library
from net_stories import NET_STORIES

STORIES = DEVICE_STORIES + NET_STORIES
# More writes than any command makes.
WRITES_LIMIT = 2_000


class Row:
    """What became of one command under one kind of fault."""

    def __init__(self, story, kind):
        self.story, self.kind = story, kind
        self.runs = self.hits = 0
        self.failures = []

    def failed(self, number, what, why):
        self.failures.append(f"{self.story} | {self.kind} | write {number}: {what}\n  {why}")


def attempt(story, kind, number, row):
    """One run with a fault at one write. Returns whether the fault struck."""
    control = story.ground.control
    story.kind_name = kind.name
    try:
        story.begin()
        control.arm(kind, number)
        row.runs += 1
        run = story.act(faulty=True)
        struck, what = control.failed, control.what
        control.disarm()
        if struck:
            row.hits += 1
            story.check_file(run)
        story.check(run)
        return struck > 0
    except Exception as wrong:
        # What a story did not think of is no reason to leave the others out.
        row.failed(number, control.what, wrong if isinstance(wrong, Wrong) else repr(wrong))
        return control.failed > 0
    finally:
        control.disarm()
        story.end()


def tried(kind_of_story, kind, where, programs, library, step, stop):
    row = Row(kind_of_story.name, kind.name)
    if stop.is_set:
        return row
    folder = tempfile.mkdtemp(prefix="ground-", dir=where)
    try:
        story = kind_of_story(Ground(os.path.join(folder, "g"), programs, library))
        try:
            story.set_up()
        finally:
            story.end()
        for number in range(1, WRITES_LIMIT, step):
            if not attempt(story, kind, number, row) or stop.is_set:
                break
    except Wrong as wrong:
        row.failed(0, "set-up", wrong)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return row


def table(rows, kinds):
    """A line for each command: faults that struck, and failures, by kind."""
    lines = ["| command | runs | " + " | ".join(kind.name for kind in kinds) + " | failures |",
             "|---|---:|" + "---:|" * (len(kinds) + 1)]
    for name in dict.fromkeys(row.story for row in rows):
        own = [row for row in rows if row.story == name]
        hits = [next((row.hits for row in own if row.kind == kind.name), 0) for kind in kinds]
        lines.append(f"| {name} | {sum(row.runs for row in own)} | "
                     + " | ".join(map(str, hits))
                     + f" | {sum(len(row.failures) for row in own)} |")
    lines.append(f"| all | {sum(row.runs for row in rows)} | " + " | ".join(
        str(sum(row.hits for row in rows if row.kind == kind.name)) for kind in kinds)
        + f" | {sum(len(row.failures) for row in rows)} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs")
    parser.add_argument("--only", default="")
    parser.add_argument("--kinds", default="")
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--minutes", type=float, default=100_000)
    options = parser.parse_args()
    names = [name for name in options.only.split(",") if name]
    stories = [one for one in STORIES if not names or one.name in names]
    kinds = [kind for number, kind in enumerate(KINDS, 1)
             if not options.kinds or str(number) in options.kinds.split(",")]
    if not stories or not kinds:
        raise SystemExit("known are: " + ", ".join(one.name for one in STORIES))
    started = time.monotonic()
    stop = Stop(options.minutes)
    where = tempfile.mkdtemp(prefix="fieldsync-faults-")
    try:
        library = built_library(where)
        programs = os.path.abspath(options.programs)
        rows = []
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            tasks = [pool.submit(tried, story, kind, where, programs, library, options.step, stop)
                     for story in stories for kind in kinds]
            for task in tasks:
                row = task.result()
                rows.append(row)
                print(f"{row.story}, {row.kind}: {row.runs} runs, {row.hits} faults, "
                      f"{len(row.failures)} failures", file=sys.stderr, flush=True)
                for failure in row.failures[:4]:
                    print(failure, file=sys.stderr, flush=True)
    finally:
        shutil.rmtree(where, ignore_errors=True)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True,
                            text=True, cwd=os.path.dirname(__file__)).stdout.strip()
    print(f"{time.strftime('%Y-%m-%d')}, {commit or '-'}, "
          f"{time.monotonic() - started:.0f} s\n\n{table(rows, kinds)}")
    return any(row.failures for row in rows) or not any(row.hits for row in rows)


if __name__ == "__main__":
    sys.exit(main())
