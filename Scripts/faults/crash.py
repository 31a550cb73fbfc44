#!/usr/bin/env python3
"""Programs that are killed (SIGKILL) in the middle of their work, and what must hold after each.

usage: Scripts/faults/crash.py PROGRAMS [--cycles N] [--seed N] [--minutes N] [--only NAME,…]
                                        [--jobs N]

A third of the kills strike inside an open write, of which half the bytes are written; the others
at a random time of the run. Ends with 1 if anything that must hold did not.
"""

import argparse
import concurrent.futures
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from device_stories import Backup, BundleExport, BundleImport, Import, Init, Restore, Save, Undo
from ground import KILL, Ground, Stop, Wrong, built_library
from net_stories import (
    Follow, FollowFirst, Heal, HubBackup, HubImport, HubInit, HubRestore, Join, KeyReplace,
    Serve, Sync)
from postgres_stories import MigrateIn, MigrateOut, PostgresServer, ServePostgres


class ServeKilled(Serve):
    """The hub is killed while `a` pushes, and started again."""
    name = "serve"

    def act(self, faulty=False, kill_after=None, **options):
        if kill_after is not None:
            threading.Timer(kill_after, self.serving.child.kill).start()
        run = self.ground.field("a", "sync", **options)
        self.was_killed = not self.serving.is_alive
        return run

    def check(self, run):
        self.check_file(run)
        self.end()
        self.serve(listen=self.listen)
        super().check(run)


STORIES = [
    Save, Import, Undo, Sync, Heal, ServeKilled, Backup, Restore, HubBackup, HubRestore, Follow,
    FollowFirst, Init, HubInit, Join, KeyReplace, HubImport, BundleExport, BundleImport]
ON_POSTGRES = [MigrateIn, MigrateOut, ServePostgres]


class Row:
    def __init__(self, name):
        self.name = name
        self.cycles = self.inside = self.timed = self.survived = 0
        self.failures = []


class Cycles:
    """The kills of one story."""

    def __init__(self, story, random_numbers):
        self.story, self.random = story, random_numbers
        self.row = Row(story.name)
        story.set_up()
        story.end()
        # One run that nobody kills tells how long it takes and how much it writes.
        self.story.begin()
        story.ground.control.disarm()
        story.ground.control.arm(KILL, 0)
        started = time.monotonic()
        story.act(faulty=True)
        self.seconds = time.monotonic() - started
        self.writes = story.ground.control.counted
        story.end()

    def once(self):
        story, row, control = self.story, self.row, self.story.ground.control
        is_inside = row.cycles % 3 == 0
        row.cycles += 1
        where = ""
        try:
            story.begin()
            if is_inside:
                number = self.random.randint(1, max(self.writes, 1))
                where = f"inside write {number}"
                control.arm(KILL, number)
                run = story.act(faulty=True)
            else:
                moment = self.random.uniform(0, self.seconds)
                where = f"after {moment:.3f} s"
                run = story.act(kill_after=moment)
            control.disarm()
            killed = getattr(story, "was_killed", run.status == -signal.SIGKILL)
            if killed and is_inside:
                row.inside += 1
                where += f", {control.what}"
            elif killed:
                row.timed += 1
            else:
                row.survived += 1
            story.check(run)
        except Wrong as wrong:
            row.failures.append(f"{story.name}, killed {where}: {wrong}")
        finally:
            control.disarm()
            story.end()


def table(rows):
    lines = ["| command | cycles | killed inside a write | killed at a random time | "
             "ended before | failures |", "|---|---:|---:|---:|---:|---:|"]

    def line(name, rows):
        return (f"| {name} | {sum(row.cycles for row in rows)} | {sum(row.inside for row in rows)} "
                f"| {sum(row.timed for row in rows)} | {sum(row.survived for row in rows)} "
                f"| {sum(len(row.failures) for row in rows)} |")
    return "\n".join(lines + [line(row.name, [row]) for row in rows] + [line("all", rows)])


def lived(kind, count, seed, where, programs, library, server, stop):
    """So many kills of one story."""
    if stop.is_set:
        return Row(kind.name)
    story = kind(Ground(os.path.join(where, kind.name.replace(":", "")), programs, library))
    story.server = server
    try:
        cycles = Cycles(story, random.Random(f"{seed} {kind.name}"))
    except Wrong as wrong:
        row = Row(kind.name)
        row.failures.append(f"{kind.name}, set-up: {wrong}")
        return row
    while cycles.row.cycles < count and not stop.is_set:
        before = len(cycles.row.failures)
        cycles.once()
        for failure in cycles.row.failures[before:]:
            print(failure, file=sys.stderr, flush=True)
    return cycles.row


def share(total, parts, index):
    """As even as it goes."""
    return total * (index + 1) // parts - total * index // parts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs")
    parser.add_argument("--cycles", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    print(f"seed {options.seed}", file=sys.stderr)
    stop = Stop(options.minutes)
    stories = STORIES + (ON_POSTGRES if PostgresServer.is_there() else [])
    if options.only:
        stories = [one for one in stories if one.name in options.only.split(",")]
    where = tempfile.mkdtemp(prefix="fieldsync-crash-")
    server = None
    try:
        library = built_library(where)
        if any(one in ON_POSTGRES for one in stories):
            server = PostgresServer()
        # Not in order: a run that time cuts short is about other stories than the last one.
        order = list(enumerate(stories))
        random.Random(options.seed).shuffle(order)
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            lives = pool.map(
                lambda one: (one[0], lived(
                    one[1], share(options.cycles, len(stories), one[0]), options.seed, where,
                    os.path.abspath(options.programs), library, server, stop)), order)
            rows = [row for _, row in sorted(lives, key=lambda life: life[0])]
    finally:
        if server:
            server.end()
        shutil.rmtree(where, ignore_errors=True)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True,
        cwd=os.path.dirname(os.path.abspath(__file__))).stdout.strip()
    print(f"{time.strftime('%Y-%m-%d')}, {commit or '-'}, seed {options.seed}\n\n{table(rows)}")
    return not any(row.cycles for row in rows) or any(row.failures for row in rows)


if __name__ == "__main__":
    sys.exit(main())
