#!/usr/bin/env python3
"""Saves and merges the bench's rows with other engines: a JSON object a line, for `bench-peers`.

usage: peers.py ROWS RUNS ROWS_A_SAVE

ROWS has a JSON object a line. An engine that is not here is left out with a word on standard error.
Loro and Yjs keep everything in memory. cr-sqlite and sqlite-sync are loadable extensions of SQLite,
on disk, with `synchronous=FULL`; where theirs are is said by CRSQLITE and CLOUDSYNC.
"""

import contextlib
import itertools
import json
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from importlib import metadata

COLUMNS = (
    "id point grid mode arrived_at left_at team_size people_helped inquiries_answered weather note"
).split()
TABLE = f"CREATE TABLE stops({', '.join(f'{name} NOT NULL DEFAULT 0' for name in COLUMNS)}, PRIMARY KEY(id))"


@contextlib.contextmanager
def timed(into, name):
    start = time.perf_counter()
    yield
    into.setdefault(name, []).append((time.perf_counter() - start) * 1000)


def yjs(saves):
    """A map of maps; each save is a transaction whose update goes to the reader."""
    from pycrdt import Doc, Map

    times = {}
    writer, reader, updates = Doc(), Doc(), []
    stops = writer.get("stops", type=Map)
    writer.observe(lambda event: updates.append(event.update))
    with timed(times, "save"):
        for rows in saves:
            with writer.transaction():
                for row in rows:
                    stops[row["id"]] = Map(row)
    for name in ["merge", "again"]:
        with timed(times, name):
            for update in updates:
                reader.apply_update(update)
    assert len(reader.get("stops", type=Map)) == sum(map(len, saves))
    return times, sum(map(len, updates))


def loro(saves):
    """A map of maps; each save is a commit whose update goes to the reader."""
    from loro import ExportMode, LoroDoc, LoroMap

    times = {}
    writer, reader, updates = LoroDoc(), LoroDoc(), []
    stops = writer.get_map("stops")
    with timed(times, "save"):
        for rows in saves:
            before = writer.oplog_vv
            for row in rows:
                record = stops.insert_container(row["id"], LoroMap())
                for name, value in row.items():
                    record.insert(name, value)
            writer.commit()
            updates.append(writer.export(ExportMode.Updates(before)))
    for name in ["merge", "again"]:
        with timed(times, name):
            for update in updates:
                reader.import_(update)
    assert len(reader.get_map("stops")) == sum(map(len, saves))
    return times, sum(map(len, updates))


class Extension:
    """A loadable extension whose changes are rows of a virtual table."""

    def __init__(self, path, enable, changes, columns):
        self.path, self.enable, self.changes, self.columns = path, enable, changes, columns

    def open(self, path):
        store = sqlite3.connect(path, isolation_level=None)
        store.enable_load_extension(True)
        store.load_extension(self.path)
        # sqlite-sync asks for it when a table is set up; SQLite has it from 3.44 on.
        store.create_function("concat", -1, lambda *parts: "".join(str(part) for part in parts))
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA synchronous = FULL")
        store.execute(TABLE)
        store.execute(self.enable).fetchall()
        return store

    def __call__(self, saves):
        times = {}
        folder = tempfile.mkdtemp(dir=os.environ.get("BENCH_FOLDER", ".build"))
        try:
            writer, reader = (self.open(f"{folder}/{name}") for name in ["writer", "reader"])
            insert = f"INSERT INTO stops VALUES({','.join('?' * len(COLUMNS))})"
            prepared = [[[row[name] for name in COLUMNS] for row in rows] for rows in saves]
            with timed(times, "save"):
                for rows in prepared:
                    writer.execute("BEGIN IMMEDIATE")
                    writer.executemany(insert, rows)
                    writer.execute("COMMIT")
            names = ",".join(self.columns)
            sent = writer.execute(f"SELECT {names} FROM {self.changes}").fetchall()
            marks = ",".join("?" * len(self.columns))
            take = f"INSERT INTO {self.changes}({names}) VALUES({marks})"
            step = max(1, len(sent) // len(saves))
            for name in ["merge", "again"]:
                with timed(times, name):
                    for start in range(0, len(sent), step):
                        reader.execute("BEGIN IMMEDIATE")
                        reader.executemany(take, sent[start : start + step])
                        reader.execute("COMMIT")
            found = reader.execute("SELECT count(*) FROM stops").fetchone()[0]
            assert found == sum(map(len, saves)), found
            writer.close()
            size = os.path.getsize(f"{folder}/writer")
            return times, size
        finally:
            shutil.rmtree(folder)


def extensions():
    changes = ["pk", "cid", "val", "col_version", "db_version", "site_id", "cl", "seq"]
    known = {
        "cr-sqlite": (
            "CRSQLITE", "SELECT crsql_as_crr('stops')", "crsql_changes", ['"table"', *changes],
            "SELECT hex(crsql_sha())",
        ),
        "sqlite-sync": (
            "CLOUDSYNC", "SELECT cloudsync_init('stops')", "cloudsync_changes",
            ["tbl", "pk", "col_name", "col_value", *changes[3:]], "SELECT cloudsync_version()",
        ),
    }
    for name, (variable, enable, table, columns, version) in known.items():
        path = os.environ.get(variable)
        if not path:
            print(f"{name}: left out; {variable}=FILE names its extension", file=sys.stderr)
            continue
        if not hasattr(sqlite3.Connection, "enable_load_extension"):
            print(f"{name}: left out; this Python's SQLite loads no extensions", file=sys.stderr)
            continue
        engine = Extension(os.path.splitext(os.path.abspath(path))[0], enable, table, columns)
        with contextlib.closing(engine.open(":memory:")) as store:
            yield name, store.execute(version).fetchone()[0], "on disk", engine


def packages():
    for name, package, engine in [("Yjs, by pycrdt", "pycrdt", yjs), ("Loro", "loro", loro)]:
        try:
            yield name, metadata.version(package), "in memory", engine
        except metadata.PackageNotFoundError:
            print(f"{name}: left out; `pip install {package}` brings it", file=sys.stderr)


def main():
    path, runs, rows_a_save = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    saves = [rows[at : at + rows_a_save] for at in range(0, len(rows), rows_a_save)]
    for name, version, place, engine in itertools.chain(packages(), extensions()):
        every = {}
        for _ in range(runs):
            times, size = engine(saves)
            for work, taken in times.items():
                every.setdefault(work, []).extend(taken)
        middle = {work: statistics.median(taken) for work, taken in every.items()}
        print(json.dumps({"name": name, "version": version, "place": place, "bytes": size, **middle}))


if __name__ == "__main__":
    main()
