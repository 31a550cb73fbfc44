"""What the programs are told to do while the disk fails, and what must hold after it.

A story sets a disk up once; each attempt puts it back, does one thing while it fails, and checks.
"""

import os
import shutil
import sqlite3

from ground import Serving, Wrong

# What a failed disk may be called (docs/cli-output.md).
STORAGE = {"disk_full", "read_only", "io_failed", "cannot_open", "store_failed", "key_missing",
           "permission_denied", "corrupt"}
# A hub whose own disk is sound is never the cause; one whose disk fails says so.
HUB_AWAY = {"hub_read_only", "hub_error", "hub_busy", "hub_unreachable", "hub_not_ready",
            "hub_timeout"}


class Story:
    name = ""
    # Statuses that the faulty command may end with, and codes of its error.
    statuses = {0, 1}
    codes = STORAGE

    # Statuses that come with an answer instead of an error: what was found, or done in part.
    findings = {3}

    def __init__(self, ground):
        self.ground = ground
        self.serving = None

    def set_up(self):
        """Makes the disk that each attempt begins with."""

    def begin(self):
        self.ground.put_back("template")

    def act(self, **options):
        raise NotImplementedError

    def check(self, run):
        """`run` is what the fault came into; the disk is sound again."""

    def end(self):
        """After each attempt, however it went."""
        if self.serving:
            self.serving.end()
            self.serving = None

    # MARK: What stories share

    def new_device(self, name):
        self.ground.field(name, "init", "--name", name).succeeded()

    def new_hub(self):
        self.ground.hub("init", "--space", "test").succeeded()
        with open(self.ground.at("points.csv"), "w", encoding="utf-8") as file:
            file.write("code,name,grid,category,required_per_shift\n"
                       "NDJ-014,gate,JC14,other,1\nNDJ-015,arch,JC14,other,1\n")
        self.ground.hub("point", "import", self.ground.at("points.csv")).succeeded()

    def serve(self, **options):
        self.serving = Serving(self.ground, **options)
        return self.serving

    def join(self, device):
        invite = self.ground.hub(
            "invite", "--name", device, "--url", self.serving.url).succeeded().json["invite"]
        self.ground.field(device, "join", invite).succeeded()
        self.ground.field(device, "sync").succeeded()

    def add(self, device, people=2, **options):
        return self.ground.field(
            device, "stop", "add", "--point", "NDJ-014", "--people-helped", str(people),
            "--note", "the lamp at the gate is out", **options)

    def added(self, device):
        return self.add(device).succeeded().json["id"]

    def stops(self, device):
        listed = self.ground.field(device, "stop", "list").succeeded().json
        return {stop["id"]: stop for stop in listed}

    def expect_stops(self, device, ids):
        missing = set(ids) - set(self.stops(device))
        if missing:
            raise Wrong(f"acknowledged and missing on {device}: {missing}")

    def verify(self, *names):
        """An audit of replicas and hubs finds nothing."""
        for name in names:
            path = self.ground.at(name)
            replica = os.path.join(path, "replica.sqlite")
            self.ground.run(
                "sync-audit", "verify", replica if os.path.exists(replica) else path).succeeded()

    def sound(self, device):
        """It opens, its digest is that of its records, and it verifies."""
        self.ground.field(device, "check").succeeded()
        self.verify(device)

    def equal(self, *devices):
        """Two rounds of syncing leave all with the hub's digest, and nothing pending."""
        for device in devices:
            self.ground.field(device, "sync").succeeded(1, 3)
        digests = {}
        for device in devices:
            synced = self.ground.field(device, "sync").succeeded().json
            digests[device] = synced["digest"]
            if synced["pushed"]:
                raise Wrong(f"{device} still had pending changes")
        digests["hub"] = self.hub_status().succeeded().json["digest"]
        if len(set(digests.values())) != 1 or None in digests.values():
            raise Wrong(f"digests differ: {digests}")

    def hub_status(self):
        return self.ground.hub("status")

    def hub_stops(self, data="hub"):
        """Ids of the stops on a hub, by SQLite alone."""
        # Not for writing: whoever closes a file last moves its log.
        store = sqlite3.connect(f"file:{self.ground.at(data, 'hub.sqlite')}?mode=ro", uri=True)
        try:
            rows = store.execute("SELECT hex(id) FROM records WHERE collection = 'stops'")
            return {row[0].lower() for row in rows}
        finally:
            store.close()

    def remove(self, name):
        path = self.ground.at(name)
        shutil.rmtree(path, ignore_errors=True)
        if os.path.isfile(path):
            os.remove(path)

    def check_file(self, run):
        """What a device or hub is told of a failed command."""
        if run.status < 0:
            raise Wrong(f"ended by signal {-run.status}: {run}")
        if "Fatal error" in run.err or "Thread 0 crashed" in run.err:
            raise Wrong(f"trapped: {run}")
        if run.status not in self.statuses:
            raise Wrong(f"status {run.status}: {run}")
        if run.status == 0 or (run.status in self.findings and run.out):
            return
        if not run.err.strip():
            raise Wrong(f"says nothing: {run}")
        if run.code not in self.codes:
            raise Wrong(f"code {run.code}: {run}")
