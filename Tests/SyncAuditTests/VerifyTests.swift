import SyncCore
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit

/// A log that nobody touched is proved, and what is not proved is said.
@Suite struct VerifyTests {
    @Test func verify_hubThatLived_isOKAndCountsAddUp() async throws {
        let world = try await VerifyWorld.lived()
        let journal = try world.journal()
        let report = try world.verify()
        #expect(report.problems == [])
        #expect(report.isOK)
        #expect(report.batches == Int64(journal.count))
        #expect(report.changes == Int64(journal.reduce(0) { $0 + $1.batch.count }))
        #expect(report.heads == report.batches)
        #expect(report.quarantined == 1)
        #expect(report.suspect == 1)
        #expect(report.recordsByCollection["conflicts", default: 0] >= 1)
        #expect(report.recordsByCollection["stops"] == 6)
        #expect(report.recordsByCollection["devices"] == 5)
        #expect(report.head?.head.size == report.batches)
        #expect(report.hubKey == world.hubKey.publicKey)
        #expect(
            report.notChecked == [
                UncheckedPart(.hubKey, .keyFromFile), UncheckedPart(.history, .nothingHeld),
            ])
    }

    @Test func verify_hubInUse_writesNothing() async throws {
        let world = try await VerifyWorld.lived()
        let before = try world.folder.fingerprints()
        _ = try world.verify()
        #expect(try world.folder.fingerprints() == before)
    }

    @Test func verify_againstEveryReplica_isOKAndHistoryIsChecked() async throws {
        let world = try await VerifyWorld.lived()
        let names = ["a.sqlite", "b.sqlite", "c.sqlite", "d.sqlite"]
        let report = try world.verify(against: names)
        #expect(report.problems == [])
        #expect(report.checked.contains(.history))
        #expect(report.checked.contains(.hubKey))
        #expect(report.notChecked == [])
    }
}
