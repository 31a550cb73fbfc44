import Foundation
import SyncCore
import TestSupport
import Testing

/// `diff HUB@A HUB@B`, `verify --since` and `--keep`, and witnesses, by the real programs.
@Suite struct MomentProgramTests {
    private let folder = TestFolder()
    private let hub: RunningHub
    private let a: FieldDevice
    private let stop: String

    init() throws {
        hub = try RunningHub(in: folder)
        a = try FieldDevice("a", in: folder, hub: hub)
        stop = try a.addStop("--note", "first light")
        try hub.settle(a)
    }

    private var data: String { folder.file("hub") }

    private func audit(_ arguments: String...) throws -> ProgramRun {
        try StartedProgram(Programs.audit, arguments).finish()
    }

    @Test func diff_twoMoments_tellsWhoChangedWhatAndWhen() throws {
        let then = try hub.position
        let checkpoint = folder.file("then.json")
        try audit("checkpoint", data, "--output", checkpoint).succeeded()
        try a.edit(stop, "--note", "second light")
        try hub.settle(a)
        let now = try hub.position
        for moment in ["\(then)", checkpoint] {
            let run = try audit("diff", "\(data)@\(moment)", data, "--json")
            #expect(run.status == 1, "\(run)")
            #expect(try run.json["counts"]?.number("edited") == 1)
            #expect(try run.json["inputs"]?["b"]?.number("position") == now)
            let record = try #require(try run.json.items("records").first)
            #expect(record.text("id") == stop && record.text("kind") == "edited")
            let field = try #require(record.items("fields").first)
            #expect(field.text("a") == "first light" && field.text("b") == "second light")
            #expect(field.text("device_name") == "a")
            #expect(field.number("position") == now)
        }
        let page = try audit("diff", "\(data)@\(then)", data)
        #expect(page.stdout.hasPrefix("From position \(then) to \(now): 0 made, 1 edited"))
        #expect(page.stdout.contains("[-first-]{+second+} light"))
        #expect(page.stdout.contains("#\(now)"))
        let chinese = try audit("diff", "\(data)@\(then)", data, "--lang", "zh")
        #expect(chinese.stdout.contains("修改 1 条"))
        #expect(try audit("diff", "\(data)@\(then)", "\(data)@\(then)").status == 0)
        // The shift of today ends in the future: the log's end.
        let today = try audit("diff", data, "\(data)@2100-01-01", "--json")
        #expect(today.status == 0)
        #expect(try today.json["identical"] == true)
    }

    @Test func diff_wrongMoments_endAsDocumented() throws {
        let cases: [(a: String, b: String, status: Int32, words: String)] = [
            ("\(data)@9999", data, 3, "ends at position"),
            ("\(data)@soon", data, 2, "is no moment"),
            ("\(data)@2", a.replica, 2, "not of two"),
            ("\(a.replica)@2", a.replica, 3, "is a replica"),
            ("\(data)@-1", data, 3, "ends at position"),
            ("\(folder.file("nobody"))@2", data, 3, "nothing at"),
        ]
        for one in cases {
            let run = try audit("diff", one.a, one.b)
            #expect(run.status == one.status, "\(one.a): \(run)")
            #expect(run.stderr.contains(one.words), "\(one.a): \(run.stderr)")
            #expect(run.stderr.contains("Fix:"))
        }
    }

    @Test func verify_sinceACheckpoint_andKept() throws {
        let file = folder.file("then.json")
        try audit("checkpoint", data, "--output", file).succeeded()
        let then = try hub.position
        try a.edit(stop, "--note", "second light")
        try hub.settle(a)
        let now = try hub.position
        let since = try audit("verify", data, "--since", file, "--json")
        #expect(since.status == 0, "\(since)")
        #expect(try since.json.number("batches") == now - then)
        #expect(try since.json["trusted"]?.number("position") == then)
        let page = try audit("verify", data, "--since", file)
        #expect(page.stdout.hasPrefix("OK after position \(then)"))
        #expect(page.stdout.contains("On trust: everything up to position \(then)"))

        let kept = folder.file("kept")
        #expect(try audit("verify", data, "--keep", kept, "--json").status == 0)
        let again = try audit("verify", data, "--keep", kept, "--json")
        #expect(try again.json["trusted"]?.number("position") == now)
        #expect(try audit("verify", data, "--keep", kept, "--since", file).status == 2)
        let permissions =
            try FileManager.default.attributesOfItem(atPath: kept)[.posixPermissions] as? Int
        #expect(permissions == 0o600)
    }

    /// Ended by a signal in the middle: the next run goes on, and the file is whole.
    @Test func verify_kept_killedAtAnyTime_goesOn() throws {
        for index in 0..<40 { _ = try a.addStop("--note", "light \(index)") }
        try a.sync()
        let kept = folder.file("kept")
        for delay in stride(from: 10, through: 120, by: 20) {
            let started = try StartedProgram(Programs.audit, ["verify", data, "--keep", kept])
            _ = started.kill(after: .milliseconds(delay))
        }
        let run = try audit("verify", data, "--keep", kept, "--json")
        #expect(run.status == 0, "\(run)")
        let now = try hub.position
        #expect(try run.json.number("batches") == now)
    }
}
