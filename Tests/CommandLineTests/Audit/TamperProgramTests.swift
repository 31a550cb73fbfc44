import Foundation
import SyncCore
import TestSupport
import Testing

/// `sync-audit verify` and `checkpoint` on a hub that real programs filled and real SQL altered.
@Suite struct TamperProgramTests {
    private let folder = TestFolder()
    private let hub: RunningHub
    private let a: FieldDevice
    private let b: FieldDevice
    private let stop: String

    init() throws {
        hub = try RunningHub(in: folder)
        a = try FieldDevice("a", in: folder, hub: hub)
        b = try FieldDevice("b", in: folder, hub: hub)
        stop = try a.addStop("--note", "first")
        try hub.settle(a, b)
        try a.edit(stop, "--note", "from a")
        try b.edit(stop, "--note", "from b")
        try hub.settle(a, b)
    }

    private var data: String { folder.file("hub") }

    private func audit(_ arguments: String...) throws -> ProgramRun {
        try StartedProgram(Programs.audit, arguments).finish()
    }

    private func sql(_ statement: String) throws {
        try StartedProgram(Programs.sqlite(), [data + "/hub.sqlite", statement]).finish()
            .succeeded()
    }

    /// Kind and place of each problem.
    private func problems(_ run: ProgramRun) throws -> [String] {
        try run.json.items("problems").map { "\($0.text("kind")) \($0.text("where"))" }
    }

    @Test func verify_untouchedHubAndReplicas_endsWithZero() throws {
        let run = try audit("verify", data, "--against", a.replica, b.replica, "--json")
        #expect(run.status == 0, "\(run)")
        #expect(try run.json["ok"] == true)
        #expect(try run.json.number("batches") == hub.position)
        #expect(try run.json.items("not_checked").isEmpty)
        #expect(try run.json["collections"]?.number("stops") == 1)
        for device in [a, b] {
            let run = try audit("verify", device.replica, "--json")
            #expect(run.status == 0, "\(run)")
            #expect(try run.json.text("subject") == "replica")
        }
    }

    @Test func verify_human_saysVerdictAndWhatIsNotChecked_inBothLanguages() throws {
        let english = try audit("verify", data)
        #expect(english.status == 0)
        #expect(english.stdout.hasPrefix("OK: the log holds exactly what devices signed"))
        #expect(english.stdout.contains("Not checked: the hub's key"))
        let chinese = try audit("verify", data, "--lang", "zh")
        #expect(chinese.stdout.hasPrefix("通过：日志恰好只含各设备签署的内容"))
    }

    @Test func verify_recordAltered_isOneLineAndEndsWithOne() throws {
        hub.stop()
        try sql("UPDATE records SET fields = replace(fields, 'from', 'FROM') WHERE id = x'\(stop)'")
        let run = try audit("verify", data, "--json")
        #expect(run.status == 1)
        #expect(try problems(run) == ["record_altered stops/\(stop)"])
        let human = try audit("verify", data)
        #expect(human.status == 1)
        let line = try #require(
            human.stdout.split(separator: "\n").first { $0.contains("record_altered") })
        #expect(line.contains("stops/\(stop)"))
        #expect(line.contains("note"))
        #expect(!human.stdout.contains("FROM"), "record contents are shown")
    }

    @Test func verify_eachTampering_isNamed() throws {
        hub.stop()
        let size = Int(try audit("verify", data, "--json").json.number("batches"))
        try folder.copyStore("hub/hub.sqlite", to: "good.sqlite")
        let cases: [(sql: String, problem: String)] = [
            (
                "UPDATE journal SET batch = substr(batch, 1, 30) || x'ff' || substr(batch, 32) "
                    + "WHERE position = 4", "batch_damaged journal/4"
            ),
            ("DELETE FROM journal WHERE position = 4", "batch_missing journal/4"),
            (
                "UPDATE journal SET position = -1 WHERE position = 4; "
                    + "UPDATE journal SET position = 4 WHERE position = 5; "
                    + "UPDATE journal SET position = 5 WHERE position = -1",
                "batch_moved journal/4"
            ),
            (
                "INSERT INTO journal SELECT position + 1, 99, 1, hash, batch, signature, "
                    + "replace(leaf, '\"position\":\(size)', '\"position\":\(size + 1)'), is_clean, "
                    + "head, x'00' FROM journal WHERE position = \(size)",
                "head_forged journal/\(size + 1)"
            ),
            (
                "UPDATE journal SET leaf = replace(leaf, '\"received_at\":1', "
                    + "'\"received_at\":2') WHERE position = 4", "leaf_altered journal/4"
            ),
            ("DELETE FROM records WHERE collection = 'conflicts'", "conflict_missing"),
        ]
        for one in cases {
            try folder.copyStore("good.sqlite", to: "hub/hub.sqlite")
            try sql(one.sql)
            let run = try audit("verify", data, "--json")
            #expect(run.status == 1, "\(one.sql)")
            let found = try problems(run)
            #expect(found.contains { $0.hasPrefix(one.problem) }, "\(one.sql): \(found)")
            #expect(found.count <= 3, "\(one.sql): \(found)")
        }
    }

    @Test func checkpoint_thenTailCut_isNamedBySinceAndAgainst() throws {
        hub.stop()
        try folder.copyStore("hub/hub.sqlite", to: "old.sqlite")
        try hub.start()
        _ = try a.addStop("--note", "later")
        try a.sync()
        let file = folder.file("then.json")
        let saved = try audit("checkpoint", data, "--output", file)
        #expect(saved.status == 0, "\(saved)")
        #expect(saved.stdout.contains(file))
        #expect(try audit("checkpoint", data, "--output", file).status == 1)
        #expect(try audit("verify", data, "--since", file, "--json").status == 0)

        hub.stop()
        try folder.copyStore("old.sqlite", to: "hub/hub.sqlite")
        #expect(try audit("verify", data).status == 0)
        let since = try audit("verify", data, "--since", file, "--json")
        #expect(since.status == 1)
        #expect(try problems(since) == ["tail_cut \(file)"])
        let against = try audit("verify", data, "--against", a.replica, "--json")
        #expect(try problems(against) == ["tail_cut \(a.replica)"])
        #expect(try audit("verify", data, "--against", b.replica).status == 0)
    }

    @Test func verify_wrongArguments_endAsDocumented() throws {
        #expect(try audit("verify").status == 2)
        #expect(try audit("verify", data, "--hub-key", "12").status == 2)
        let key = String(repeating: "ab", count: 32)
        #expect(try audit("verify", data, "--hub-key", key).status >= 1)
        let text = folder.file("notes.txt")
        try Data("not a replica and not a checkpoint, but long enough".utf8).write(
            to: URL(filePath: text))
        #expect(try audit("verify", text).status == 3)
        #expect(try audit("verify", data, "--since", text).status == 3)
        #expect(try audit("verify", folder.file("nobody.sqlite")).status != 0)
    }
}
