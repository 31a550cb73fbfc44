import Foundation
import SyncCore
import TestSupport
import Testing

/// `sync-audit report` and `sync-field export` on real files.
@Suite struct ReportCommandTests {
    private let folder = TestFolder()

    private static let hostile = "<script>alert(1)</script> \u{202E}turned"

    private func report(_ arguments: String...) throws -> ProgramRun {
        try StartedProgram(Programs.audit, ["report"] + arguments).finish()
    }

    private func html(_ name: String) throws -> String {
        try String(contentsOfFile: folder.file(name), encoding: .utf8)
    }

    /// Two devices with a conflict whose values are hostile, and a change that waits on `a`.
    private func makeLog() throws -> (hub: RunningHub, a: FieldDevice, b: FieldDevice) {
        let hub = try RunningHub(in: folder)
        let a = try FieldDevice("a", in: folder, hub: hub)
        let b = try FieldDevice("b", in: folder, hub: hub)
        let id = try a.addStop("--note", "=1+1")
        try a.sync()
        try b.sync()
        try a.edit(id, "--note", Self.hostile)
        try b.edit(id, "--note", "=2+2")
        for device in [a, b, a, b] { try device.sync() }
        _ = try a.addStop("--note", "waiting")
        return (hub, a, b)
    }

    private func expectHarmless(_ text: String) {
        #expect(!text.contains("<script"))
        #expect(!text.unicodeScalars.contains("\u{202E}"))
        #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt; ⟦U+202E⟧turned"))
    }

    @Test func report_hubWithHostileNotes_isHarmlessAndTheSameTwice() throws {
        let log = try makeLog()
        let first = try report(folder.file("hub"), "--html", folder.file("1.html"))
        #expect(first.status == 0, "\(first)")
        try report(folder.file("hub"), "--html", folder.file("2.html")).succeeded()
        let text = try html("1.html")
        #expect(try text == html("2.html"))
        #expect(text.contains("Everything that was checked is in order"))
        #expect(!text.contains(" ≠ "))
        expectHarmless(text)
        log.hub.stop()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!names.contains { $0.contains("partial") })
    }

    @Test func report_ofADifference_endsWithOneAndNamesTheCause() throws {
        let log = try makeLog()
        let run = try report(
            log.a.replica, "--diff", log.b.replica, "--html", folder.file("d.html"), "--lang", "zh",
            "--json")
        #expect(run.status == 1, "\(run)")
        #expect(try run.json["differences"] == JSONValue(1))
        let text = try html("d.html")
        #expect(text.contains("<html lang=\"zh-Hans\">"))
        #expect(text.contains("两者不一致") && text.contains("pending_a"))
        #expect(!text.contains(" ≠ "))
        expectHarmless(text)
    }

    @Test func report_recordAlteredInTheFile_isAFindingWithItsPlace() throws {
        let log = try makeLog()
        log.hub.stop()
        let file = folder.file("hub/hub.sqlite")
        let sql = "UPDATE records SET fields = replace(fields, '=2+2', '=3+3')"
        try StartedProgram(Programs.sqlite(), [file, sql]).finish().succeeded()
        let run = try report(folder.file("hub"), "--html", folder.file("r.html"))
        #expect(run.status == 1, "\(run)")
        #expect(try html("r.html").contains("record_altered"))
    }

    @Test func report_damagedRow_isShownAndTheRestIsThere() throws {
        let log = try makeLog()
        log.hub.stop()
        let file = folder.file("hub/hub.sqlite")
        let sql = "UPDATE records SET fields = '{\"a\"', clock = x'00' WHERE collection = 'stops'"
        try StartedProgram(Programs.sqlite(), [file, sql]).finish().succeeded()
        let run = try report(folder.file("hub"), "--html", folder.file("r.html"))
        #expect(run.status == 1, "\(run)")
        let text = try html("r.html")
        #expect(text.contains("unreadable_rows") && text.contains("Batches in the journal"))
    }

    @Test(arguments: ["a.sqlite", "./a.sqlite", "a.sqlite-wal", "a.sqlite-shm", "a.sqlite.key"])
    func report_ontoAnInput_isRefusedEvenWithForce(_ name: String) throws {
        let a = try FieldDevice("a", in: folder)
        let before = try Data(contentsOf: URL(filePath: a.replica))
        let run = try report(a.replica, "--html", folder.file(name), "--force", "--json")
        #expect(run.status == 2, "\(run)")
        #expect(try run.error["code"] == "over_input")
        #expect(try Data(contentsOf: URL(filePath: a.replica)) == before)
    }

    @Test func report_ontoAnotherFile_needsForceAndOntoAReportDoesNot() throws {
        let a = try FieldDevice("a", in: folder)
        let target = folder.file("notes.html")
        try Data("my notes".utf8).write(to: URL(filePath: target))
        let run = try report(a.replica, "--html", target, "--json")
        #expect(run.status == 1, "\(run)")
        #expect(try run.error["code"] == "file_exists")
        #expect(try html("notes.html") == "my notes")
        let forced = try report(a.replica, "--html", target, "--force")
        #expect(forced.status == 0, "\(forced)")
        let again = try report(a.replica, "--html", target)
        #expect(again.status == 0, "\(again)")
    }

    @Test func report_ofAnAddressOrText_saysWhatToName() throws {
        let address = try report("http://127.0.0.1:1", "--html", folder.file("r.html"), "--json")
        #expect(address.status == 2)
        #expect(try address.error["code"] == "not_a_file")
        try Data("no replica, but long enough to be read".utf8)
            .write(to: URL(filePath: folder.file("t.sqlite")))
        let text = try report(folder.file("t.sqlite"), "--html", folder.file("r.html"), "--json")
        #expect(text.status == 3)
        #expect(!FileManager.default.fileExists(atPath: folder.file("r.html")))
    }

    @Test func export_riskyNotes_areGuardedAndComeBack() throws {
        let a = try FieldDevice("a", in: folder)
        for note in ["=1+1", Self.hostile, "@x,\"y\""] { _ = try a.addStop("--note", note) }
        let file = folder.file("stops.csv")
        try a.run("export", "--collection", "stops", "--output", file).succeeded()
        let text = try html("stops.csv")
        #expect(text.contains(",'=1+1") && text.contains("\"'@x,\"\"y\"\"\""))
        let b = try FieldDevice("b", in: folder)
        try b.run("import", file, "--into", "stops").succeeded()
        let notes = { (device: FieldDevice) in
            Set(
                try device.json("stop", "list").array?.compactMap { $0["fields"]?["note"]?.string }
                    ?? [])
        }
        #expect(try notes(a) == notes(b))
        let again = try a.run("export", "--collection", "stops", "--output", file)
        #expect(again.status == 1)
        let both = try a.run("export", "--output", "-")
        #expect(both.status == 2)
        let lines = try a.run("export", "--json", "--output", "-").succeeded().stdout
        #expect(lines.split(separator: "\n").count == 3)
    }
}
