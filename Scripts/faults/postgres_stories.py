"""Stories of a hub in a PostgreSQL database: moving there and back, and serving from it."""

import glob
import os
import pwd
import subprocess
import tempfile
import threading

from ground import Wrong, until
from net_stories import HubMoment, NetStory
from stories import STORAGE, Story


class PostgresServer:
    """A server of this run's own, on a socket in a temporary folder. It must keep what it commits
    only for as long as it runs, so it does not wait for the disk."""

    def __init__(self):
        self.bin = self.binaries()
        self.folder = tempfile.mkdtemp(prefix="fieldsync-pg-")
        os.chmod(self.folder, 0o777)
        self.data = os.path.join(self.folder, "data")
        self.number = 0
        self.shell(f"'{self.bin}/initdb' -D '{self.data}' -U fieldsync --auth=trust --no-sync "
                   "-E UTF8 --locale=C")
        self.child = subprocess.Popen(
            ["setpriv", "--pdeathsig", "INT", *self.user()[1:], f"{self.bin}/postgres", "-D", self.data, "-k", self.folder,
             "-c", "listen_addresses=", "-c", "fsync=off"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            cwd=self.folder)
        if not until(60, lambda: self.psql("SELECT 1") == 0):
            raise SystemExit("PostgreSQL does not start")

    @staticmethod
    def binaries():
        found = glob.glob("/usr/lib/postgresql/*/bin")
        return max(found, key=lambda path: int(path.split("/")[-2])) if found else None

    @classmethod
    def is_there(cls):
        return cls.binaries() is not None

    @staticmethod
    def user():
        """PostgreSQL does not run as root."""
        if os.getuid():
            return []
        user = pwd.getpwnam("postgres")
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]

    def shell(self, line):
        subprocess.run([*self.user(), "/bin/sh", "-c", line + " >/dev/null 2>&1"], check=True,
                       stdin=subprocess.DEVNULL, cwd=self.folder)

    def psql(self, sql):
        return subprocess.run(
            [f"{self.bin}/psql", "-h", self.folder, "-U", "fieldsync", "-d", "postgres", "-qc", sql],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL).returncode

    def database(self):
        self.number += 1
        if self.psql(f"CREATE DATABASE crash{self.number}") != 0:
            raise Wrong("no database")
        return f"postgresql://fieldsync@/crash{self.number}?host={self.folder}"

    def end(self):
        self.child.terminate()
        try:
            self.child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        subprocess.run(["rm", "-rf", self.folder], check=False)


class Migrate(HubMoment):
    codes = STORAGE | {"arriving", "moved"}
    server = None

    def migrate(self, source, target, **options):
        return self.ground.run(
            "sync-hub", "migrate", "--from", source, "--to", target, "--space", "test",
            "--master-key-file", self.ground.at("master.key"), **options)

    def in_database(self, *arguments):
        return self.ground.run(
            "sync-hub", *arguments, "--database", self.database, "--space", "test",
            "--master-key-file", self.ground.at("master.key"))

    def begin(self):
        super().begin()
        self.database = self.server.database()

    def go_home(self):
        """The hub that arrived is an ordinary one, and the only one."""
        if self.ground.hub("status").status == 0:
            raise Wrong("the hub is in two places")
        self.remove("hub")
        os.rename(self.ground.at("new"), self.ground.at("hub"))

    def look(self, run):
        pass


class MigrateIn(Migrate):
    name = "migrate into a database"

    def act(self, **options):
        return self.migrate(self.ground.at("hub"), self.database, **options)

    def check(self, run):
        if run.status != 0 and self.in_database("status").status != 0:
            self.act().succeeded()
        self.in_database("status").succeeded()
        self.migrate(self.database, self.ground.at("new")).succeeded()
        self.go_home()
        super().check(run)


class MigrateOut(Migrate):
    name = "migrate out of a database"

    def begin(self):
        super().begin()
        self.migrate(self.ground.at("hub"), self.database).succeeded()

    def act(self, **options):
        return self.migrate(self.database, self.ground.at("new"), **options)

    def check(self, run):
        if run.status != 0 and self.ground.hub("status", data="new").status != 0:
            self.act().succeeded()
        self.ground.hub("status", data="new").succeeded()
        if self.in_database("status").status == 0:
            raise Wrong("the hub is in two places")
        self.go_home()
        super().check(run)


class ServePostgres(Migrate):
    """The program is killed while `a` pushes; the database goes on."""
    name = "serve on PostgreSQL"
    statuses = NetStory.statuses

    def set_up(self):
        self.database = self.server.database()
        self.ground.run(
            "sync-hub", "space", "add", "test", "--database", self.database,
            "--master-key-file", self.ground.at("master.key")).succeeded()
        self.listen = None
        self.kept = []
        self.serve_again()
        self.listen = self.serving.listen
        for device in ("a", "b"):
            self.new_device(device)
            invite = self.in_database(
                "invite", "--name", device, "--url", self.serving.url + "/s/test"
            ).succeeded().json["invite"]
            self.ground.field(device, "join", invite).succeeded()

    def serve_again(self):
        self.serve(listen=self.listen, place=[
            "--database", self.database, "--master-key-file", self.ground.at("master.key")])

    def begin(self):
        self.serve_again()
        self.kept.append(self.added("a"))
        self.kept.append(self.added("b"))

    def act(self, faulty=False, kill_after=None, **options):
        if kill_after is not None:
            threading.Timer(kill_after, self.serving.child.kill).start()
        run = self.ground.field("a", "sync", **options)
        self.was_killed = not self.serving.is_alive
        return run

    def hub_status(self):
        return self.in_database("status")

    def check(self, run):
        self.codes = NetStory.codes | {"hub_error", "hub_not_ready"}
        self.check_file(run)
        Story.end(self)
        self.serve_again()
        self.equal("a", "b")
        for device in ("a", "b"):
            self.expect_stops(device, self.kept)
            self.verify(device)
