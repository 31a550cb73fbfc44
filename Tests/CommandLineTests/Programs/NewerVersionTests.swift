import Foundation
import SyncCore
import SyncProtocol
import TestSupport
import Testing

/// What a newer version writes passes through this one unchanged. The newer version is a client
/// made of the protocol's messages alone.
@Suite struct NewerVersionTests {
    private let folder = TestFolder()
    private let hub: RunningHub

    init() throws { hub = try RunningHub(in: folder) }

    @Test func unknownFieldAndCollection_passThroughOldDevice_areShownAndSurviveEdits() throws {
        var newer = try PlainClient(invite: hub.invite("newer"))
        let stop = RecordKey("stops", ID128(high: 1, low: 2))
        let drill = RecordKey("drills_v9", ID128(high: 3, low: 4))
        let drillFields: [String: Value] = [
            "title": "消防演练", "participants": 40, "share": 0.125, "is_done": true,
            "remark": nil,
        ]
        try newer.push([
            stop: ["point": "NDJ-014", "mood_v2": "calm\n\"quoted\" é", "note": "first"],
            drill: drillFields,
        ])
        let pushed = try newer.pull()

        let a = try FieldDevice("a", in: folder, hub: hub)
        try a.sync()
        let shown = try a.stop(stop.id.hex)
        #expect(shown.text("mood_v2") == "calm\n\"quoted\" é")
        let drills = try #require(try a.json("record", "list", "drills_v9").array)
        #expect(drills.map { $0.text("id") } == [drill.id.hex])
        #expect(drills.first?["fields"]?.object == drillFields.mapValues { JSONValue($0) })
        #expect(try a.run("stop", "show", stop.id.hex).succeeded().stdout.contains("mood_v2"))

        try a.edit(stop.id.hex, "--note", "edited by an old version")
        try hub.settle(a)
        let pulled = try newer.pull()
        #expect(pulled[drill] == pushed[drill])
        let state = try #require(pulled[stop])
        #expect(state["fields"]?.text("mood_v2") == "calm\n\"quoted\" é")
        #expect(state["fields"]?.text("note") == "edited by an old version")
        // The register that nobody wrote again still has its author's stamp.
        let stampBefore = try #require(pushed[stop]).text("clock")
        #expect(state["older"]?.text("mood_v2") == stampBefore)
    }

    /// A file with tables that this version does not know.
    @Test func replicaOfNewerVersion_isReadAndNotWritten() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        let id = try a.addStop("--note", "of the newer version")
        func raise(_ file: String) throws {
            try StartedProgram(
                Programs.sqlite(),
                [file, "CREATE TABLE newer(x); PRAGMA user_version = 99"]
            ).finish().succeeded()
        }
        try raise(a.replica)
        for command in [
            ["stop", "list"], ["stop", "show", id], ["status"],
            ["export", "--collection", "stops", "--output", "-"],
        ] {
            let run = try a.run(command).succeeded()
            #expect(run.stderr.contains("it is only read"), "\(command): \(run.stderr)")
        }
        #expect(try a.note(id) == "of the newer version")
        for command in [
            ["stop", "add", "--point", "NDJ-014"], ["stop", "edit", id, "--note", "x"], ["sync"],
            ["undo"], ["bundle", "export", folder.file("x.fsb")], ["doctor"],
        ] {
            let run = try a.run(command + ["--json"])
            #expect(run.status == 1, "\(command)")
            #expect(try run.error.text("code") == "too_new", "\(command)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file("x.fsb")))
        #expect(try a.query("PRAGMA user_version") == "99")
    }

    @Test func hubOfNewerVersion_isRefused() throws {
        let data = folder.file("other")
        try StartedProgram(Programs.hub, ["init", "--data", data]).finish().succeeded()
        try StartedProgram(
            Programs.sqlite(), [data + "/hub.sqlite", "PRAGMA user_version = 99"]
        ).finish().succeeded()
        for command in ["status", "serve"] {
            let run = try StartedProgram(Programs.hub, [command, "--data", data, "--json"]).finish()
            #expect(run.status == 1, "\(command)")
            #expect(try run.error.text("code") == "too_new", "\(command)")
            #expect(try run.error.text("mend").contains("Update"), "\(command)")
        }
    }
}
