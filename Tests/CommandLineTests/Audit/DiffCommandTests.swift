import Foundation
import SyncCore
import TestSupport
import Testing

/// `sync-audit diff` as a person and a script meet it.
@Suite struct DiffCommandTests {
    private let folder = TestFolder()

    private func audit(_ arguments: [String]) throws -> ProgramRun {
        try StartedProgram(
            Programs.audit, arguments, environment: ["HOME": folder.path]
        ).finish()
    }

    private func devices() throws -> (hub: RunningHub, a: FieldDevice, b: FieldDevice, id: String) {
        let hub = try RunningHub(in: folder)
        let a = try FieldDevice("a", in: folder, hub: hub)
        let b = try FieldDevice("b", in: folder, hub: hub)
        let id = try a.addStop("--note", "南大街安静 two shops open")
        for device in [a, b, a] { try device.sync() }
        return (hub, a, b, id)
    }

    @Test func diff_sameState_endsWithZero() throws {
        let (_, a, b, _) = try devices()
        let run = try audit(["diff", a.replica, b.replica, "--json"]).succeeded()
        #expect(try run.json["identical"] == true)
        let hub = try audit(["diff", a.replica, folder.file("hub"), "--json"]).succeeded()
        #expect(try hub.json["inputs"]?["b"]?.text("kind") == "hub")
        #expect(run.stderr.isEmpty)
    }

    @Test func diff_pendingEdit_endsWithOneAndMarksTheWords() throws {
        let (_, a, b, id) = try devices()
        try b.edit(id, "--note", "北大街安静 three shops open")
        let json = try audit(["diff", a.replica, b.replica, "--json"])
        #expect(json.status == 1)
        let record = try #require(try json.json.items("records").first)
        #expect(record.text("id") == id && record.text("cause") == "pending_b")
        let field = try #require(record.items("fields").first)
        #expect(field.text("a") == "南大街安静 two shops open")
        #expect(field.text("b_stamp").utf8.count == 49)
        let page = try audit(["diff", a.replica, b.replica])
        #expect(page.status == 1)
        #expect(page.stdout.contains("[-南-]{+北+}大街安静 [-two-]{+three+} shops open"))
        #expect(page.stdout.hasPrefix("1 record differs"))
        #expect(!page.stdout.contains("Unicode"))
        let chinese = try audit(["diff", a.replica, b.replica, "--lang", "zh-Hans"])
        #expect(chinese.stdout.contains("尚无签收"))
        let summary = try audit(["diff", a.replica, b.replica, "--view", "summary"])
        #expect(!summary.stdout.contains(id))
        let records = try audit(["diff", a.replica, b.replica, "--view", "records"])
        #expect(records.stdout.contains(id) && !records.stdout.contains("[-"))
    }

    @Test func diff_otherUnicodeForm_showsTheCodePoints() throws {
        let (_, a, b, id) = try devices()
        try a.edit(id, "--note", "the caf\u{E9} is open")
        try b.edit(id, "--note", "the cafe\u{301} is open")
        let page = try audit(["diff", a.replica, b.replica]).stdout
        #expect(page.contains("A U+00E9, B U+0065 U+0301"))
    }

    @Test func diff_scopeOptions_leaveOthersOut() throws {
        let (_, a, b, id) = try devices()
        try b.edit(id, "--note", "x")
        for scope in [
            ["--collection", "hazards"], ["--since", "2999-01-01"], ["--shift", "2001-01-01"],
        ] {
            let run = try audit(["diff", a.replica, b.replica] + scope)
            #expect(run.status == 0, "\(run)")
        }
        for wrong in [
            ["--shift", "soon"], ["--since", "x"], ["--hub-key", "12"], ["--view", "y"],
        ] {
            #expect(try audit(["diff", a.replica, b.replica] + wrong).status == 2)
        }
    }

    @Test func diff_hubAddress_movesLittleAndFindsTheRecord() throws {
        let (hub, a, b, id) = try devices()
        try b.edit(id, "--note", "x")
        try b.sync()
        let without = try audit(["diff", a.replica, hub.url, "--json"])
        #expect(without.status == 2)
        #expect(try without.error.text("code") == "token_missing")
        let run = try audit(
            ["diff", a.replica, hub.url, "--token-file", folder.file("a.key"), "--json"])
        #expect(run.status == 1, "\(run)")
        let record = try #require(try run.json.items("records").first { $0.text("id") == id })
        #expect(record.text("cause") == "not_pulled_a")
        let input = try #require(try run.json["inputs"]?["b"])
        #expect(1...65_536 ~= input.number("bytes_received"))
        #expect(input.text("kind") == "address")
        hub.stop()
        let gone = try audit(
            ["diff", a.replica, hub.url, "--token-file", folder.file("a.key"), "--json"])
        #expect(gone.status == 3)
    }

    @Test func diff_whatIsNoReplica_endsWithAReason() throws {
        let (_, a, _, _) = try devices()
        let text = folder.file("text.sqlite")
        try "no replica, but long enough to be looked at".write(
            toFile: text, atomically: true, encoding: .utf8)
        #expect(try audit(["diff", a.replica, text]).status == 3)
        #expect(try audit(["diff", a.replica, folder.file("none")]).status == 3)
    }
}
