import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit

/// Each cause, made with the real engine.
@Suite struct DiffCauseTests {
    private func causes(_ result: DiffResult) -> [String] {
        result.records.map { "\($0.key.collection) \($0.side.rawValue) \($0.cause.rawValue)" }
    }

    @Test func diff_afterSyncOfBoth_isIdentical() async throws {
        let world = try await DiffWorld()
        try world.set(world.a, ["note": "夜间巡逻"])
        try await world.sync(world.a, world.b, world.a)
        let replicas = try await world.diff()
        #expect(replicas.isIdentical && replicas.a.records == replicas.b.records)
        #expect(replicas.notChecked.isEmpty)
        let hub = try await world.diff("a.sqlite", "hub")
        #expect(hub.isIdentical)
        #expect(hub.b.kind == .hub && hub.b.position == hub.a.position)
    }

    @Test func diff_savedOnA_isPendingA() async throws {
        let world = try await DiffWorld()
        try world.set(world.a, ["note": "x", "new_field": 3])
        try await world.sync(world.b)
        let result = try await world.diff()
        #expect(causes(result).contains("stops a pending_a"))
        let fields = result.records.first { $0.key.collection == "stops" }?.fields
        #expect(fields?.map(\.name) == ["new_field", "note"])
    }

    @Test func diff_editedOnB_isPendingBInThatFieldOnly() async throws {
        let world = try await DiffWorld()
        try world.set(world.a, ["note": "x", "mode": "foot"])
        try await world.sync(world.a, world.b, world.a)
        try world.set(world.b, ["note": "y"])
        let result = try await world.diff()
        #expect(causes(result) == ["stops both pending_b"])
        #expect(result.records.first?.fields.map(\.name) == ["note"])
        #expect(result.records.first?.fields.first?.kind == .valueAndStamp)
    }

    @Test func diff_pendingOnBoth_isPendingWhereItIsLater() async throws {
        let world = try await DiffWorld()
        try world.set(world.a, ["note": "x"])
        try await world.sync(world.a, world.b, world.a)
        try world.set(world.a, ["note": "y"])
        try world.set(world.b, ["note": "z"])
        #expect(try causes(await world.diff()) == ["stops both pending_b"])
        #expect(try causes(await world.diff("b.sqlite", "a.sqlite")) == ["stops both pending_a"])
    }

    @Test func diff_deletedOnB_showsTheDeletion() async throws {
        let world = try await DiffWorld()
        try world.set(world.a, ["note": "x"])
        try await world.sync(world.a, world.b, world.a)
        try world.b.save([Edit(world.key, .set([FieldName.deleted: true]))])
        let result = try await world.diff()
        #expect(causes(result) == ["stops both pending_b"])
        #expect(result.records.first?.fields.map(\.name) == [FieldName.deleted])
        #expect(result.records.first?.fields.first?.kind == .presence)
    }

    @Test func diff_deliveredByAAndNotPulledByB_isNotPulledB() async throws {
        let world = try await DiffWorld()
        try await world.sync(world.a, world.b, world.a)
        try world.set(world.a, ["note": "x"])
        try await world.sync(world.a)
        #expect(try causes(await world.diff()) == ["stops a not_pulled_b"])
        #expect(try causes(await world.diff("b.sqlite", "hub")) == ["stops b not_pulled_a"])
    }

    @Test func diff_receiptOfLostConflict_isSupersededByConflict() async throws {
        let world = try await DiffWorld()
        try world.set(world.a, ["note": "0"])
        try await world.sync(world.a, world.b, world.a)
        try world.set(world.a, ["note": "of a"])
        try world.set(world.b, ["note": "of b"])
        try world.folder.copyStore("a.sqlite", to: "before.sqlite")
        try await world.sync(world.a)
        try world.folder.copyStore("a.sqlite", to: "delivered.sqlite")
        try await world.sync(world.b)
        let result = try await world.diff("delivered.sqlite", "b.sqlite")
        #expect(causes(result).contains("stops both superseded_by_conflict"))
    }

    @Test func diff_claimOfWrongClockBesideRuling_isSuspect() async throws {
        let world = try await DiffWorld()
        try await world.sync(world.a, world.b)
        world.time.skewA(by: 365 * 86_400_000)
        try world.set(world.a, ["note": "later"])
        try world.folder.copyStore("a.sqlite", to: "claimed.sqlite")
        try await world.sync(world.a)
        try world.altered("claimed.sqlite", as: "sent.sqlite", "DELETE FROM pending")
        let result = try await world.diff("sent.sqlite", "a.sqlite", scope: stops)
        #expect(causes(result) == ["stops both suspect"])
        #expect(result.records.first?.fields.first?.kind == .stamp)
        let hub = try await world.diff("sent.sqlite", "hub", scope: stops)
        #expect(causes(hub) == ["stops both suspect"])
    }

    private var stops: DiffScope { DiffScope(collections: ["stops"]) }

    @Test func diff_changeThatTheRoleMayNotMake_isQuarantined() async throws {
        let world = try await DiffWorld(role: .auditor)
        try await world.sync(world.a)
        try world.set(world.a, ["note": "x"])
        try world.folder.copyStore("a.sqlite", to: "before.sqlite")
        try await world.sync(world.a)
        try world.altered("before.sqlite", as: "sent.sqlite", "DELETE FROM pending")
        let result = try await world.diff("sent.sqlite", "a.sqlite", scope: stops)
        #expect(causes(result) == ["stops a quarantined"])
    }

    @Test func diff_changeKeptAside_isHeld() async throws {
        let world = try await DiffWorld()
        try await world.sync(world.a)
        try world.set(world.a, ["note": "x"])
        try world.altered("a.sqlite", as: "copy.sqlite", "DELETE FROM pending")
        let mark = try world.a.beginSession().mark
        _ = try world.a.sealNext(upTo: mark)
        _ = try world.a.setAside(batch: 1, change: 0, reason: "test")
        let result = try await world.diff("a.sqlite", "copy.sqlite", scope: stops)
        #expect(causes(result) == ["stops b held"])
    }

    @Test func diff_receiptedRecordThatTheHubLacks_isReceiptedButMissing() async throws {
        let world = try await DiffWorld()
        try world.set(world.a, ["note": "x"])
        try await world.sync(world.a, world.b)
        try world.altered(
            "b.sqlite", as: "lost.sqlite", "DELETE FROM records WHERE collection = 'stops'",
            "DELETE FROM digest")
        try Self.recount(world.folder.file("lost.sqlite"))
        let result = try await world.diff("a.sqlite", "lost.sqlite")
        #expect(causes(result) == ["stops a receipted_but_missing"])
    }

    /// Makes the digest fit the rows, as one who knows the format would.
    static func recount(_ path: String) throws {
        let file = try StoreFile(
            path: path, purpose: .replica, tables: ReplicaTables.versions)
        try file.write { store in
            var sums = DigestSums()
            try RecordTable(store).each(collection: nil) { sums.add($0.hash, for: $0.key) }
            try DigestRows(sums).write(to: store)
        }
        try file.close()
    }

    @Test func diff_valueAlteredBySQL_isAlteredThere() async throws {
        let world = try await DiffWorld()
        try world.set(world.a, ["note": "three", "people_helped": 3])
        try await world.sync(world.a, world.b, world.a)
        try world.altered(
            "b.sqlite", as: "bad.sqlite",
            "UPDATE records SET fields = replace(fields, 'three', 'four')")
        #expect(try causes(await world.diff("a.sqlite", "bad.sqlite")) == ["stops both altered_b"])
        #expect(try causes(await world.diff("bad.sqlite", "a.sqlite")) == ["stops both altered_a"])
        let result = try await world.diff("a.sqlite", "bad.sqlite")
        #expect(result.records.first?.fields.first?.kind == .value)
    }

    @Test func diff_recordRemovedBySQL_isAlteredThere() async throws {
        let world = try await DiffWorld()
        try world.set(world.a, ["note": "x"])
        try await world.sync(world.a, world.b, world.a)
        try world.altered(
            "b.sqlite", as: "bad.sqlite", "DELETE FROM records WHERE collection = 'stops'")
        #expect(try causes(await world.diff("a.sqlite", "bad.sqlite")) == ["stops a altered_b"])
    }

    @Test func diff_stampAlteredAndDigestToo_isUnexplained() async throws {
        let world = try await DiffWorld()
        try world.set(world.b, ["note": "x"])
        try await world.sync(world.b, world.a)
        try world.altered(
            "a.sqlite", as: "bad.sqlite",
            "UPDATE records SET fields = replace(fields, '\"x\"', '\"y\"')")
        try Self.recount(world.folder.file("bad.sqlite"))
        let result = try await world.diff("a.sqlite", "bad.sqlite")
        #expect(causes(result) == ["stops both unexplained"])
    }
}
