"""Stories of devices and a hub that is served: the device's disk fails, or the hub's."""

import os
import shutil

from ground import Wrong
from stories import HUB_AWAY, STORAGE, Story


class NetStory(Story):
    """Devices `a` and `b` joined and in step; `a` has saved since."""
    codes = STORAGE | {"hub_unreachable", "not_signed"}
    statuses = {0, 1, 3, 5}

    def set_up(self):
        self.new_hub()
        self.serve()
        for device in ("a", "b"):
            self.new_device(device)
            self.join(device)
        self.kept = [self.added("a"), self.added("b")]
        for device in ("a", "b", "a"):
            self.ground.field(device, "sync").succeeded()
        self.prepare()
        self.end_serving()
        self.ground.keep("template")

    def prepare(self):
        self.kept.append(self.added("a"))
        self.kept.append(self.added("b"))
        self.ground.field("b", "sync").succeeded()

    def end_serving(self):
        self.listen = self.serving.listen
        super().end()

    def begin(self):
        super().begin()
        self.serve(listen=self.listen)

    def check(self, run):
        self.look(run)
        self.equal(*self.devices)
        for device in self.devices:
            self.expect_stops(device, self.kept)
            self.verify(device)
        if not set(self.kept) <= self.hub_stops():
            raise Wrong("acknowledged and missing on the hub")
        self.verify("hub")

    devices = ("a", "b")

    def look(self, run):
        pass


class Sync(NetStory):
    name = "sync"

    def act(self, **options):
        return self.ground.field("a", "sync", **options)


class Join(NetStory):
    name = "join"
    devices = ("a", "b", "c")

    def prepare(self):
        self.new_device("c")
        self.kept.append(self.added("c"))
        self.invite = self.ground.hub(
            "invite", "--name", "c", "--url", self.serving.url).succeeded().json["invite"]

    def act(self, **options):
        return self.ground.field("c", "join", self.invite, **options)

    def look(self, run):
        if run.status != 0 and not self.ground.field(
                "c", "status").succeeded().json["joined"]:
            self.act().succeeded()


class Heal(NetStory):
    """A copy of `a`, with its key, wrote too, and `a` was quicker."""
    name = "sync of a copy"
    devices = ("a", "b", "copy")

    def prepare(self):
        shutil.copytree(self.ground.at("a"), self.ground.at("copy"))
        self.kept.append(self.added("a"))
        self.kept.append(self.added("copy"))
        self.ground.field("a", "sync").succeeded()

    def act(self, **options):
        return self.ground.field("copy", "sync", **options)


class Serve(NetStory):
    """The hub's disk fails while `a` pushes; it goes on being served."""
    name = "serve a push"
    codes = HUB_AWAY

    def begin(self):
        Story.begin(self)
        self.ground.control.disarm()
        self.serve(listen=self.listen, faulty=True)

    def act(self, faulty=False, **options):
        run = self.ground.field("a", "sync", **options)
        if not self.serving.is_alive:
            raise Wrong(f"the hub ended: {self.serving.tail()}")
        # Reads go on while it fails. Who pulls has nothing to send.
        self.ground.field("b", "sync").succeeded()
        return run


class HubMoment(NetStory):
    """A hub's own command, beside nothing."""
    codes = STORAGE
    statuses = {0, 1}

    def begin(self):
        Story.begin(self)

    def check(self, run):
        self.ground.hub("status").succeeded()
        self.verify("hub")
        self.look(run)
        self.serve(listen=self.listen)
        super().look(run)
        self.equal(*self.devices)
        for device in self.devices:
            self.expect_stops(device, self.kept)
        self.verify("hub")


class Invite(HubMoment):
    name = "hub: invite"

    def act(self, **options):
        return self.ground.hub(
            "invite", "--name", "c", "--url", f"http://{self.listen}", **options)

    def look(self, run):
        done = run if run.status == 0 else self.act().succeeded()
        self.invite = done.json["invite"]

    def check(self, run):
        super().check(run)
        self.remove("c")
        self.new_device("c")
        self.ground.field("c", "join", self.invite).succeeded()


class KeyReplace(HubMoment):
    name = "hub: key replace"
    codes = STORAGE

    def act(self, **options):
        return self.ground.hub("key", "replace", "--yes", **options)

    def look(self, run):
        if run.status != 0:
            self.act().succeeded()
        self.ground.hub("status").succeeded()
        for name in os.listdir(self.ground.at("hub")):
            if name.startswith("hub.key.") and run.status == 0:
                raise Wrong(f"left behind: {name}")


class Revoke(HubMoment):
    name = "hub: device revoke"
    devices = ("a",)

    def prepare(self):
        super().prepare()
        self.device = self.ground.field("b", "status").succeeded().json["device"]

    def act(self, **options):
        return self.ground.hub("device", "revoke", self.device, **options)

    def look(self, run):
        self.act()
        listed = self.ground.hub("device", "list").succeeded().json
        if not any(one["device"] == self.device and one["revoked"] for one in listed):
            raise Wrong(f"{self.device} is not revoked: {listed}")


class Doctor(HubMoment):
    name = "hub: doctor"
    statuses = {0, 1, 3}
    findings = {1, 3}

    def act(self, **options):
        return self.ground.hub("doctor", **options)

    def look(self, run):
        self.act().succeeded(1, 3)


class HubImport(HubMoment):
    name = "hub: import"
    statuses = {0, 1, 3}

    def prepare(self):
        super().prepare()
        self.ground.field("a", "bundle", "export", self.ground.at("a.fsb")).succeeded()

    def act(self, **options):
        return self.ground.hub("import", self.ground.at("a.fsb"), **options)

    def look(self, run):
        if run.status != 0:
            self.remove("a.answer.fsb")
            self.act().succeeded()
        if not set(self.kept) <= self.hub_stops():
            raise Wrong("a stop of the bundle is missing")
        self.ground.field("a", "bundle", "import", self.ground.at("a.answer.fsb")).succeeded()


class HubBackup(HubMoment):
    name = "hub: backup"

    def act(self, **options):
        return self.ground.hub("backup", self.ground.at("hub.backup"), **options)

    def look(self, run):
        if run.status != 0:
            self.remove("hub.backup")
            self.act().succeeded()
        self.remove("again")
        self.ground.hub("restore", self.ground.at("hub.backup"), data="again").succeeded()
        self.remove("again")


class HubRestore(HubMoment):
    name = "hub: restore"

    def prepare(self):
        super().prepare()
        self.ground.hub("backup", self.ground.at("hub.backup")).succeeded()

    def act(self, **options):
        return self.ground.hub("restore", self.ground.at("hub.backup"), data="again", **options)

    def look(self, run):
        if run.status != 0 and self.ground.hub("status", data="again").status != 0:
            self.act().succeeded()
        self.verify("again")
        # It takes the first one's place.
        self.remove("hub")
        os.rename(self.ground.at("again"), self.ground.at("hub"))


class HubInit(Story):
    name = "hub: init"

    def set_up(self):
        self.ground.keep("template")

    def act(self, **options):
        return self.ground.hub("init", "--space", "test", **options)

    def check(self, run):
        if run.status != 0 and self.ground.hub("status").status != 0:
            self.act().succeeded()
        self.verify("hub")
        self.serve()
        self.new_device("a")
        self.join("a")


class Follow(NetStory):
    """A follower catches up with the hub."""
    name = "hub: follow"
    codes = STORAGE | {"hub_unreachable"}

    def prepare(self):
        super().prepare()
        self.ground.field("a", "sync").succeeded()
        self.invite = self.ground.hub(
            "invite", "--name", "f", "--role", "auditor", "--url", self.serving.url
        ).succeeded().json["invite"]
        self.first()

    def first(self):
        self.follow(self.invite).succeeded()
        self.kept.append(self.added("a"))
        self.ground.field("a", "sync").succeeded()

    def follow(self, *arguments, **options):
        return self.ground.run(
            "sync-hub", "follow", *arguments, "--data", self.ground.at("f"), "--once", **options)

    def act(self, **options):
        return self.follow(**options)

    def look(self, run):
        if run.status != 0:
            self.act().succeeded()
        super().look(run)
        self.verify("f")


class FollowFirst(Follow):
    name = "hub: first follow"

    def first(self):
        pass

    def act(self, **options):
        return self.follow(self.invite, **options)

    def look(self, run):
        if run.status != 0 and self.follow().status != 0:
            self.act().succeeded()
        NetStory.look(self, run)
        self.verify("f")


NET_STORIES = [Join, Sync, Heal, Serve, HubInit, Invite, Revoke, KeyReplace, HubImport, HubBackup,
               HubRestore, Follow, FollowFirst, Doctor]
