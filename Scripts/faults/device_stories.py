"""Stories of a device alone: nothing but its file."""

import os

from ground import Wrong
from stories import Story

ROWS = "point,mode,arrived_at,team_size,note\n" + "".join(
    f"NDJ-{100 + row},foot,2026-11-{1 + row % 27:02}T{18 + row % 5}:10:00+08:00,3,row {row}\n"
    for row in range(60))


class DeviceStory(Story):
    """A replica `a` with two stops, which never met a hub."""

    def set_up(self):
        self.new_device("a")
        self.kept = [self.added("a"), self.added("a")]
        with open(self.ground.at("rows.csv"), "w", encoding="utf-8") as file:
            file.write(ROWS)
        self.prepare()
        self.ground.keep("template")

    def prepare(self):
        pass

    def check(self, run):
        self.expect_stops("a", self.kept)
        self.look(run)
        self.sound("a")

    def look(self, run):
        raise NotImplementedError


class Init(DeviceStory):
    name = "init"

    def set_up(self):
        self.ground.keep("template")

    def act(self, **options):
        return self.ground.field("a", "init", "--name", "a", **options)

    def check(self, run):
        if run.status != 0 and self.ground.field("a", "status").status != 0:
            self.act().succeeded()
        self.sound("a")
        id = self.added("a")
        self.expect_stops("a", [id])


class Save(DeviceStory):
    name = "save"

    def act(self, **options):
        return self.add("a", 7, **options)

    def look(self, run):
        if run.status == 0:
            self.expect_stops("a", [run.json["id"]])
        self.expect_stops("a", [self.act().succeeded().json["id"]])


class Edit(DeviceStory):
    name = "edit"

    def act(self, **options):
        return self.ground.field(
            "a", "stop", "edit", self.kept[0], "--people-helped", "9", **options)

    def look(self, run):
        if run.status == 0 and self.stops("a")[self.kept[0]]["fields"]["people_helped"] != 9:
            raise Wrong(f"acknowledged and not there: {run}")
        self.act().succeeded()
        if self.stops("a")[self.kept[0]]["fields"]["people_helped"] != 9:
            raise Wrong("the edit is not there")


class Import(DeviceStory):
    name = "import"
    statuses = {0, 1, 3}

    def act(self, **options):
        return self.ground.field(
            "a", "import", self.ground.at("rows.csv"), "--into", "stops", **options)

    def look(self, run):
        count = len(self.stops("a"))
        if run.status == 0 and count != 62 or count not in (2, 62):
            raise Wrong(f"{count} stops after: {run}")
        self.act().succeeded()
        count = len(self.stops("a"))
        if count != 62:
            raise Wrong(f"{count} stops after the import was repeated")


class ImportWorkbook(Import):
    name = "import of a workbook"

    def prepare(self):
        self.ground.field("s", "init", "--name", "s").succeeded()
        self.ground.field(
            "s", "import", self.ground.at("rows.csv"), "--into", "stops").succeeded()
        self.ground.field(
            "s", "export", "--collection", "stops", "-o", self.ground.at("rows.xlsx"),
            "--format", "xlsx").succeeded()
        self.remove("s")

    def act(self, **options):
        return self.ground.field(
            "a", "import", self.ground.at("rows.xlsx"), "--into", "stops", **options)


class Export(DeviceStory):
    name = "export"
    ending = "csv"

    def act(self, **options):
        return self.ground.field(
            "a", "export", "--collection", "stops", "-o", self.file, "--format", self.ending,
            **options)

    @property
    def file(self):
        return self.ground.at(f"stops.{self.ending}")

    def look(self, run):
        # A file of that name is whole, or is not there.
        if run.status == 0 or os.path.exists(self.file):
            self.prove()
            os.remove(self.file)
        self.act().succeeded()
        self.prove()

    def prove(self):
        self.remove("r")
        self.ground.field("r", "init", "--name", "r").succeeded()
        self.ground.field("r", "import", self.file, "--into", "stops").succeeded()
        self.expect_stops("r", self.kept)


class ExportWorkbook(Export):
    name = "export of a workbook"
    ending = "xlsx"


class Undo(Import):
    name = "undo"

    def prepare(self):
        super().act().succeeded()

    def act(self, **options):
        return self.ground.field("a", "undo", **options)

    def look(self, run):
        count = len(self.stops("a"))
        if run.status == 0 and count != 2 or count not in (2, 62):
            raise Wrong(f"{count} stops after: {run}")
        if count == 62:
            self.act().succeeded()
        if len(self.stops("a")) != 2:
            raise Wrong("the undo is not done")


class Backup(DeviceStory):
    name = "backup"

    def act(self, **options):
        return self.ground.field("a", "backup", self.ground.at("b.sqlite"), **options)

    def look(self, run):
        if run.status == 0:
            self.prove()
        elif os.path.exists(self.ground.at("b.sqlite")):
            # It got its name before it failed: then it is whole.
            self.prove()
            os.remove(self.ground.at("b.sqlite"))
        left = [name for name in os.listdir(self.ground.disk) if ".part" in name]
        if left and run.status >= 0 and "Input/output" not in run.err and self.kind_name not in (
                "I/O error for good", "read-only for good", "I/O error", "read-only"):
            raise Wrong(f"left behind: {left}")
        if run.status != 0:
            self.act().succeeded()
            self.prove()

    kind_name = ""

    def prove(self):
        self.remove("r")
        self.ground.field("r", "restore", self.ground.at("b.sqlite")).succeeded()
        self.expect_stops("r", self.kept)


class Restore(DeviceStory):
    name = "restore"

    def prepare(self):
        self.ground.field("a", "backup", self.ground.at("b.sqlite")).succeeded()

    def act(self, **options):
        return self.ground.field("r", "restore", self.ground.at("b.sqlite"), **options)

    def look(self, run):
        if run.status != 0 and self.ground.field("r", "status").status != 0:
            self.act().succeeded()
        self.sound("r")
        self.expect_stops("r", self.kept)
        self.added("r")


class BundleExport(DeviceStory):
    name = "bundle export"

    def prepare(self):
        self.new_hub()
        self.serve()
        self.join("a")
        self.kept.append(self.added("a"))
        self.end()

    def act(self, **options):
        return self.ground.field(
            "a", "bundle", "export", self.ground.at("a.fsb"), **options)

    def look(self, run):
        if run.status != 0:
            if os.path.exists(self.ground.at("a.fsb")):
                self.take()
                os.remove(self.ground.at("a.fsb"))
                self.remove("a.answer.fsb")
            self.act().succeeded()
        self.take()
        self.ground.field(
            "a", "bundle", "import", self.ground.at("a.answer.fsb")).succeeded()
        if self.ground.field("a", "status").succeeded().json["pending"]:
            raise Wrong("still pending")

    def take(self):
        self.ground.hub("import", self.ground.at("a.fsb")).succeeded()
        if not set(self.kept) <= self.hub_stops():
            raise Wrong("a stop is missing in the bundle")


class BundleImport(BundleExport):
    name = "bundle import"
    statuses = {0, 1, 3}

    def prepare(self):
        super().prepare()
        super().act().succeeded()
        self.take()

    def act(self, **options):
        return self.ground.field(
            "a", "bundle", "import", self.ground.at("a.answer.fsb"), **options)

    def look(self, run):
        if run.status != 0:
            self.act().succeeded()
        if self.ground.field("a", "status").succeeded().json["pending"]:
            raise Wrong("still pending")


DEVICE_STORIES = [Init, Save, Edit, Import, ImportWorkbook, Undo, Export, ExportWorkbook, Backup,
                  Restore, BundleExport, BundleImport]
