import Foundation
import SyncCore
import TestSupport
import Testing

/// A device that has delivered as much as it may in a day.
@Suite struct QuotaTests {
    private let folder = TestFolder()

    @Test func deviceOverItsQuota_isToldToWait_andGoesOnOnceItMay() throws {
        let hub = try RunningHub(in: folder)
        let a = try FieldDevice("a", in: folder, hub: hub)
        let given = try hub.run("device", "quota", "a", "--changes", "1", "--json")
            .succeeded().json
        #expect(given["quota"]?.number("changes_limit") == 1)
        for note in ["one", "two"] { _ = try a.addStop("--note", note) }
        for _ in 0..<2 {
            let run = try a.run("sync", "--json")
            #expect(run.status == 5, "\(run)")
            #expect(try run.error.text("code") == "quota_reached")
            #expect(try run.error.text("mend").contains("tomorrow"))
        }
        let taken = try hub.run("device", "quota", "a", "--standard", "--json")
            .succeeded().json
        #expect(taken["quota"]?["own"]?.bool == false)
        #expect(try a.sync().number("pushed") == 2)
    }

    @Test func quota_badNumber_isUsage() throws {
        let hub = try RunningHub(in: folder)
        let a = try FieldDevice("a", in: folder, hub: hub)
        for run in [
            try hub.run("device", "quota", a.name, "--changes=-1"),
            try hub.run("device", "quota", a.name, "--standard", "--bytes", "5"),
        ] {
            #expect(run.status == 2, "\(run)")
            #expect(run.stderr.contains("--standard"), "\(run)")
        }
    }
}
