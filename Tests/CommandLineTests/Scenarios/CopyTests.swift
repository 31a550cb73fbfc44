import SyncCore
import TestSupport
import Testing

/// Replicas that are copied and put back, and two processes on one file.
@Suite struct CopyTests {
    private let folder = TestFolder()
    private let hub: RunningHub

    init() throws { hub = try RunningHub(in: folder) }

    /// Design §12, scenario 4.
    @Test func restoredCopy_nothingToWrite_getsOwnLaterRecordsBack() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        let b = try FieldDevice("b", in: folder, hub: hub)
        let old = try a.addStop("--note", "old")
        try hub.settle(a, b)
        try folder.copyStore("a.sqlite", to: "last_week.sqlite")

        let new = try a.addStop("--note", "new")
        try a.edit(old, "--note", "old, edited")
        try hub.settle(a, b)
        try folder.copyStore("last_week.sqlite", to: "a.sqlite")
        #expect(try a.stopIDs() == [old])

        // It may stop after that, to say that a copy was at work; the records are back already.
        let run = try a.run("sync", "--json")
        #expect(run.status >= 0)
        #expect(try a.stopIDs() == [old, new])
        #expect(try a.note(old) == "old, edited")
        #expect(try a.note(new) == "new")
        #expect(try a.pending == 0)
        #expect(try b.stopIDs() == [old, new])
    }

    /// Design §12, scenario 12.
    @Test func syncs_twoAtOnceOnOneFile_eachBatchOnceAndStatesEqual() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        let b = try FieldDevice("b", in: folder, hub: hub)
        let shared = try b.addStop("--note", "shared")
        try hub.settle(a, b)
        let rounds = 12
        let before = try hub.position

        for round in 1...rounds {
            try b.edit(shared, "--note", "round \(round)")
            try b.sync()
            _ = try a.addStop("--note", "stop \(round)")
            let both = try [a.start(["sync", "--json"]), a.start(["sync", "--json"])]
            for run in try both.map({ try $0.finish() }) {
                #expect([0, 5, 11].contains(run.status), "\(run)")
            }
        }
        try hub.settle(a, b)
        #expect(try hub.position == before + Int64(rounds * 2))
        #expect(try hub.status()["records"]?.number("stops") == Int64(rounds + 1))
        #expect(try a.stopIDs().count == rounds + 1)
        #expect(try a.note(shared) == "round \(rounds)")
        #expect(try a.conflicts().isEmpty)
    }
}
