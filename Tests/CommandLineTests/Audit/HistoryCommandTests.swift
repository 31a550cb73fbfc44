import Foundation
import SyncCore
import TestSupport
import Testing

/// `sync-audit history` and `conflicts` on a hub and devices of the real programs.
@Suite struct HistoryCommandTests {
    private let folder = TestFolder()
    private let hub: RunningHub
    private let a: FieldDevice
    private let b: FieldDevice
    private let id: String

    /// Two devices write one field without knowing of each other, and one settles it.
    init() throws {
        hub = try RunningHub(in: folder)
        a = try FieldDevice("a", in: folder, hub: hub)
        b = try FieldDevice("b", in: folder, hub: hub)
        id = try a.addStop("--people-helped", "2")
        try a.sync()
        try b.sync()
        try a.edit(id, "--people-helped", "3")
        try b.edit(id, "--people-helped", "4", "--note", "灯坏了")
        try a.sync()
        try b.sync()
        try a.sync()
        let conflict = try #require(try a.conflicts().first).text("id")
        try a.run("conflict", "resolve", conflict, "--use", "lost").succeeded()
        try a.sync()
    }

    private func audit(_ arguments: String...) throws -> ProgramRun {
        try StartedProgram(Programs.audit, arguments).finish()
    }

    private func json(_ arguments: String...) throws -> JSONValue {
        try StartedProgram(Programs.audit, arguments + ["--json"]).finish().succeeded().json
    }

    private var data: String { folder.file("hub") }

    @Test func history_hubInUse_tellsEveryValueByName() throws {
        let history = try json("history", data, String(id.prefix(14)))
        #expect(history.text("source") == "hub")
        #expect(history["agrees"] == true)
        let changes = history.items("changes")
        #expect(changes.map { $0.text("name") } == ["a", "a", "b", "a"])
        #expect(changes.map { $0.text("kind") } == ["created", "edited", "edited", "edited"])
        #expect(changes.map { $0.number("position") }.max() == (try hub.position))
        let helped = changes.compactMap { change in
            change.items("fields").first { $0.text("name") == "people_helped" }
        }
        #expect(helped.map { $0.number("value") } == [2, 3, 4, 3])
        #expect(helped[2]["before"]?.number("value") == 3)
        #expect(helped[2].text("rule") == "later_stamp")
        #expect(helped[2].items("conflicts").map { $0["kept"] } == [true])
        let conflict = try #require(history.items("conflicts").first)
        #expect(conflict["resolved"] == true)
        #expect(conflict["resolved_by"]?.text("name") == "a")
    }

    @Test func history_people_readItInBothLanguages() throws {
        let english = try audit("history", data, "stops/\(id)").succeeded()
        #expect(english.stdout.contains("People helped: 4"))
        #expect(english.stdout.contains("later stamp wins"))
        #expect(english.stdout.contains("this side was kept; settled by a"))
        #expect(english.stderr.contains("serves what its log leads to"))
        let chinese = try audit("history", data, id, "--lang", "zh-Hans").succeeded()
        #expect(chinese.stdout.contains("帮助群众：4"))
        #expect(chinese.stdout.contains("时间戳较晚者优先"))
        #expect(!chinese.stdout.contains("People helped"))
    }

    @Test func history_deviceFile_saysWhatItCannotKnow() throws {
        let history = try json("history", b.replica, id)
        #expect(history.text("source") == "device")
        #expect(history["agrees"] == .null)
        #expect(history.items("changes").map { $0.text("name") } == ["b"])
        let plain = try audit("history", b.replica, id).succeeded()
        #expect(plain.stderr.contains("only the hub's file can tell"))
    }

    @Test func history_unknownOrDoubtfulID_saysWhichAndEndsWith2Or1() throws {
        let other = try a.addStop()
        try a.sync()
        let missing = try audit("history", data, "ffffffff", "--json")
        #expect(missing.status == 1)
        #expect(try missing.error.text("code") == "record_missing")
        let doubtful = try audit("history", data, String(id.prefix(4)), "--json")
        #expect(doubtful.status == 2)
        #expect(try doubtful.error.text("code") == "record_ambiguous")
        let listed = try doubtful.error["details"]?.items("records").compactMap(\.string) ?? []
        #expect(Set(["stops/\(id)", "stops/\(other)"]).isSubset(of: listed))
        for arguments in [["history", data], ["history", data, id, "--backdated"]] {
            let run = try StartedProgram(Programs.audit, arguments + ["--json"]).finish()
            #expect(run.status == 2)
            #expect(try run.error.text("code") == "one_question")
        }
        let conflict = try #require(try json("conflicts", data).array?.first).text("id")
        let about = try audit("history", data, conflict, "--json")
        #expect(about.status == 2)
        #expect(try about.error["details"]?.text("record") == "stops/\(id)")
    }

    @Test func conflicts_listed_namesDevicesAndWhoSettled() throws {
        let all = try #require(try json("conflicts", data).array)
        #expect(all.count == 1)
        #expect(all[0]["kept"]?.text("name") == "b")
        #expect(all[0]["lost"]?.number("value") == 3)
        #expect(all[0]["resolved_by"]?.text("name") == "a")
        #expect(try json("conflicts", data, "--open").array?.isEmpty == true)
        #expect(try json("conflicts", a.replica).array?.count == 1)
        let plain = try audit("conflicts", data).succeeded()
        #expect(plain.stdout.contains("kept 4 (b, "))
        #expect(plain.stderr.contains("1 conflict, 0 open"))
    }

    @Test func backdated_entryAndImport_areListedApart() throws {
        let late = try a.addStop("--arrived-at", "2021-03-01T21:40:00+08:00", "--as-is")
        _ = try a.json("import", Programs.sample("stops.csv"), "--into", "stops")
        try a.sync()
        let found = try json("history", data, "--backdated")
        #expect(found.items("records").map { $0.text("id") } == [late])
        let record = try #require(found.items("records").first)
        #expect(record.text("event") == "2021-03-01T13:40:00Z")
        #expect(record.number("position") > 0)
        let entry = try #require(found.items("imports").first)
        #expect(found.items("imports").count == 1)
        #expect(entry.text("file") == "stops.csv")
        #expect(entry.number("late") == 2_400 && entry.number("new_rows") == 2_400)
        #expect(entry["overfull"] == false && entry.text("name") == "a")
        let bytes = try Data(contentsOf: URL(filePath: Programs.sample("stops.csv")))
        #expect(entry.text("sha256") == Hash256.sha256(Array(bytes)).hex)
        // Far enough off is far, whatever the limit; nothing is that far.
        let none = try json("history", data, "--backdated", "--after", "3660d")
        #expect(none.items("records").isEmpty && none.items("imports").isEmpty)
        let chinese = try audit("history", data, "--backdated", "--lang", "zh-Hans").succeeded()
        #expect(chinese.stdout.contains("导入 stops.csv"))
        #expect(chinese.stdout.contains("到达时间 2021-03-01 21:40"))
    }
}
