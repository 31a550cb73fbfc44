import SyncCore
import TestSupport
import Testing

/// What was done can be taken back: before and after a sync, with and without others' writes.
@Suite struct UndoTests {
    private let folder = TestFolder()
    private let hub: RunningHub
    private let a: FieldDevice
    private let b: FieldDevice
    /// A stop of `a` with two people helped.
    private let id: String

    init() throws {
        hub = try RunningHub(in: folder)
        a = try FieldDevice("a", in: folder, hub: hub)
        b = try FieldDevice("b", in: folder, hub: hub)
        id = try a.addStop("--people-helped", "2", "--note", "first")
    }

    private func helped(_ device: FieldDevice, _ id: String) throws -> Int64? {
        try device.stop(id)["people_helped"] == nil ? nil : device.stop(id).number("people_helped")
    }

    @Test(arguments: [false, true])
    func edit_isSetBack_andSetAgain(_ isSynced: Bool) throws {
        try a.edit(id, "--people-helped", "5", "--mode", "foot")
        if isSynced { try a.sync() }
        let dry = try a.json("undo", "--dry-run")
        #expect(dry["undone"]?.array?.first?["fields"]?.number("people_helped") == 2)
        #expect(try helped(a, id) == 5)
        try a.run("undo").succeeded()
        #expect(try helped(a, id) == 2)
        #expect(try a.stop(id)["mode"] == .null)
        if isSynced { try a.sync() }
        try a.run("undo", "--redo").succeeded()
        #expect(try helped(a, id) == 5)
    }

    @Test(arguments: [false, true])
    func deletionAndRestore_areTakenBack(_ isSynced: Bool) throws {
        try a.run("stop", "delete", id).succeeded()
        if isSynced { try a.sync() }
        try a.run("undo", id).succeeded()
        #expect(try a.stopIDs() == [id])
        try a.run("stop", "delete", id).succeeded()
        try a.run("stop", "restore", "last").succeeded()
        if isSynced { try a.sync() }
        #expect(try a.json("undo")["undone"]?.array?.first?.text("deed") == "restore")
        #expect(try a.stopIDs().isEmpty)
    }

    @Test func secondUndo_goesOnToTheSaveBefore() throws {
        try a.edit(id, "--note", "second")
        try a.edit(id, "--note", "third")
        try a.run("undo").succeeded()
        #expect(try a.note(id) == "second")
        try a.run("undo").succeeded()
        #expect(try a.note(id) == "first")
        try a.run("undo").succeeded()
        #expect(try a.stopIDs().isEmpty)
        let end = try a.run("undo", "--json")
        #expect(end.status == 1)
        #expect(try end.error.text("code") == "nothing_to_undo")
    }

    @Test(arguments: [false, true])
    func import_isTakenBackAsOne(_ isSynced: Bool) throws {
        _ = try a.json("import", Programs.sample("hazards.csv"), "--into", "hazards")
        _ = try a.addStop("--note", "after it")
        if isSynced { try a.sync() }
        let undone = try a.json("undo", "--import", "hazards.csv")
        #expect(undone.text("import") == "hazards.csv")
        #expect(undone["undone"]?.array?.count == 35)
        let records = try a.status()["records"]
        #expect(records?.number("hazards") == 0 && records?.number("stops") == 2)
        try a.run("undo", "--redo").succeeded()
        #expect(try a.status()["records"]?.number("hazards") == 34)
        #expect(try a.stopIDs().contains(id))
    }

    /// The value from before may be another device's; it is kept on this one when it is replaced.
    @Test func edit_ofAnothersValue_isSetBackToIt() throws {
        try a.sync()
        try b.sync()
        try b.edit(id, "--note", "mine")
        try b.sync()
        try b.run("undo").succeeded()
        #expect(try b.note(id) == "first")
        try b.sync()
        try a.sync()
        #expect(try a.note(id) == "first")
        #expect(try a.conflicts().isEmpty)
    }

    @Test func anotherDeviceWroteSince_isSaidAndNeedsForce() throws {
        try a.edit(id, "--note", "by a")
        try a.sync()
        try b.sync()
        try b.edit(id, "--note", "by b")
        try b.sync()
        try a.sync()
        let run = try a.run("undo", id, "--json")
        #expect(run.status == 1)
        #expect(try run.error.text("code") == "written_since")
        #expect(try run.error.text("message").contains("b"))
        #expect(try a.note(id) == "by b")
        try a.run("undo", id, "--force").succeeded()
        #expect(try a.note(id) == "first")
        try a.sync()
        try b.sync()
        #expect(try b.note(id) == "first")
        #expect(try b.conflicts().isEmpty)
    }

    @Test func restoreLast_bringsBackWhatWasDeletedLast() throws {
        let first = id
        let second = try a.addStop("--note", "second")
        try a.run("stop", "delete", second).succeeded()
        try a.run("stop", "delete", first).succeeded()
        try a.run("stop", "restore", "last").succeeded()
        #expect(try a.stopIDs() == [first])
        try a.run("stop", "restore", "last").succeeded()
        #expect(try a.stopIDs() == [first, second])
    }

    @Test func rowNumber_namesTheRecordOfTheLastList() throws {
        let first = id
        let second = try a.addStop("--arrived-at", "2020-01-05 21:40", "--as-is")
        let unknown = try a.run("stop", "show", "1")
        #expect(unknown.status == 2 && unknown.stderr.contains("stop list"))
        let list = try a.run("stop", "list").succeeded()
        #expect(list.stdout.contains("\n1  \(second.prefix(12))"))
        #expect(list.stdout.contains("\n2  \(first.prefix(12))"))
        #expect(try a.json("stop", "show", "２").text("id") == first)
        #expect(try a.json("why", "1").text("id") == second)
        try a.run("stop", "edit", "1", "--note", "by number").succeeded()
        #expect(try a.note(second) == "by number")
        #expect(try a.run("hazard", "show", "1").status == 2)
    }

    /// Both devices' values, with who lost, and an undo as one value more.
    @Test func history_showsBothDevicesValuesAndTheUndo() throws {
        try a.sync()
        try b.sync()
        try a.edit(id, "--note", "by a")
        try b.edit(id, "--note", "by b")
        try a.sync()
        try b.sync()
        try a.sync()
        try a.run("undo", id, "--force").succeeded()
        let notes = try #require(try a.json("history", id).array)
            .filter { $0.text("field") == "note" }
        #expect(notes.map { $0.text("value") } == ["first", "by a", "by b", "first"])
        let conflict = try #require(try a.conflicts().first)
        #expect(notes[1].text("lost_to") == conflict.text("id"))
        #expect(notes[0].number("position") > 0 && !notes[0].text("received_at").isEmpty)
        #expect(notes[3]["position"] == .null && notes[3]["received_at"] == .null)
        let stamps = notes.map { $0.text("stamp") }
        #expect(stamps == stamps.sorted())
        // What another device wrote and this one replaced is told too.
        try b.sync()
        try b.edit(id, "--note", "again by b")
        let seen = try #require(try b.json("history", id).array)
            .filter { $0.text("field") == "note" }.map { $0.text("value") }
        #expect(seen.contains("by a") && seen.contains("by b") && seen.contains("again by b"))
    }

    /// A device that joins late holds what stands; the hub tells what came before.
    @Test func history_fromHub_tellsWhatCameBeforeTheDeviceJoined() throws {
        try a.edit(id, "--note", "second")
        try a.sync()
        try a.edit(id, "--note", "third")
        try a.sync()
        try b.sync()
        func notes(_ arguments: String...) throws -> [JSONValue] {
            try b.run(["history", id] + arguments + ["--json"]).succeeded().json.array?
                .filter { $0.text("field") == "note" } ?? []
        }
        #expect(try notes().map { $0.text("value") } == ["third"])
        let all = try notes("--from-hub")
        #expect(all.map { $0.text("value") } == ["first", "second", "third"])
        #expect(all.allSatisfy { $0.number("position") > 0 && !$0.text("received_at").isEmpty })
        #expect(all.map { $0.number("position") } == all.map { $0.number("position") }.sorted())
        hub.stop()
        #expect(try b.run("history", id, "--from-hub").status == 5)
    }

    /// Another device wrote to what was deleted: the deletion is taken back, its write stands.
    @Test(arguments: [false, true])
    func deletion_whereAnotherWroteSince_isSaidAndTakenBack(_ isSynced: Bool) throws {
        try a.sync()
        try b.sync()
        try a.run("stop", "delete", id).succeeded()
        try b.edit(id, "--note", "by b")
        try b.sync()
        if isSynced { try a.sync() }
        let run = try a.run("undo", id, "--json")
        if run.status != 0 {
            #expect(try run.error.text("code") == "written_since")
            try a.run("undo", id, "--force").succeeded()
        }
        try a.sync()
        try b.sync()
        #expect(try a.stopIDs() == [id] && b.stopIDs() == [id])
        #expect(try a.note(id) == "by b" && b.note(id) == "by b")
    }

    @Test func restore_whereAnotherWroteSince_isTakenBackWithItsWriteKept() throws {
        try a.run("stop", "delete", id).succeeded()
        try a.run("stop", "restore", "last").succeeded()
        try a.sync()
        try b.sync()
        try b.edit(id, "--note", "by b")
        try b.sync()
        try a.sync()
        let run = try a.run("undo", id)
        if run.status != 0 { try a.run("undo", id, "--force").succeeded() }
        #expect(try a.stopIDs().isEmpty)
        try a.sync()
        try b.sync()
        #expect(try b.stopIDs().isEmpty)
        try b.run("stop", "restore", id).succeeded()
        #expect(try b.note(id) == "by b")
    }

    /// An import is taken back; a row that another device has edited since is named, and stands
    /// unless it is forced.
    @Test func import_whereAnotherWroteSince_namesTheRow() throws {
        _ = try a.json("import", Programs.sample("hazards.csv"), "--into", "hazards")
        try a.sync()
        try b.sync()
        let hazard = try #require(try b.json("hazard", "list").array?.first).text("id")
        try b.run("hazard", "edit", hazard, "--note", "by b").succeeded()
        try b.sync()
        try a.sync()
        let run = try a.run("undo", "--import", "hazards.csv", "--json")
        #expect(run.status == 1)
        #expect(try run.error.text("code") == "written_since")
        #expect(try a.status()["records"]?.number("hazards") == 34)
        try a.run("undo", "--import", "hazards.csv", "--force").succeeded()
        #expect(try a.status()["records"]?.number("hazards") == 0)
        try a.sync()
        try b.sync()
        #expect(try b.status()["records"]?.number("hazards") == 0)
        let shown = try b.json("hazard", "show", hazard)["fields"] ?? .null
        #expect(shown.text("note") == "by b")
    }
}
