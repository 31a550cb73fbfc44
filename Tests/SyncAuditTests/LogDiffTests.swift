import SyncCore
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit
@testable import SyncHub
@testable import SyncReplica

/// Two moments of one log: what the later one has that the earlier one had not.
struct LogDiffTests {
    private func diff(
        _ world: VerifyWorld, _ a: LogMoment, _ b: LogMoment, _ scope: DiffScope = DiffScope()
    ) throws -> LogDiff {
        try LogDiff.run(AuditFile(world.hubPath), from: a, to: b, scope: scope)
    }

    /// Every pair of positions of a log with conflicts, a quarantine, a deletion and a revocation:
    /// the states are those of hubs that stopped there.
    @Test func anyTwoPositions_differAsTheRecordsOfBothDo() async throws {
        let world = try await VerifyWorld.lived()
        let journal = try world.journal()
        let size = Int64(journal.count)
        // What the records were after each position, by a reader's own replay of the verdicts.
        var states: [[RecordKey: RecordState]] = [[:]]
        for position in 1...size {
            let entry = try diff(world, .position(position - 1), .position(position))
            var state = states.last!
            for found in entry.entries {
                #expect(found.record.a?.state == state[found.record.key.recordKey!])
                state[found.record.key.recordKey!] = found.record.b?.state
            }
            states.append(state)
        }
        let served = try await world.served()
        #expect(states.last == served)
        for low in stride(from: Int64(0), to: size, by: 3) {
            for high in stride(from: low, through: size, by: 4) {
                let whole = try diff(world, .position(low), .position(high))
                let (a, b) = (states[Int(low)], states[Int(high)])
                let keys = Set(a.keys).union(b.keys).filter { a[$0] != b[$0] }
                #expect(Set(whole.entries.map { $0.record.key.recordKey! }) == keys)
                #expect(whole.problems.isEmpty)
                let back = try diff(world, .position(high), .position(low))
                #expect(back.total == whole.total)
                #expect(
                    back.entries.map { $0.record.a?.state }
                        == whole.entries.map { $0.record.b?.state })
            }
        }
    }

    @Test func entry_namesWhoWroteAndWhenItCame() async throws {
        let world = try await VerifyWorld.lived()
        let size = Int64(try world.journal().count)
        try world.set("a", VerifyWorld.stop(1), ["note": "later"])
        try world.set("a", VerifyWorld.stop(77), ["note": "new"])
        try await world.sync("a")
        let found = try diff(world, .position(size), .end)
        #expect((found.created, found.edited, found.deleted) == (1, 1, 0))
        #expect((found.batches, found.changes) == (1, 2))
        let edited = try #require(found.entries.first { $0.kind == .edited })
        #expect(edited.record.fields.map(\.name) == ["note"])
        #expect(edited.origins["note"]?.position == size + 1)
        let receipt = try #require(try world.journal().last).leaf.verdict
        #expect(edited.origins["note"]?.receivedAt == receipt.receivedAt)
        #expect(found.devices[try world.device("a")] == "a")
        // By time: everything came before the future, nothing before the past.
        #expect(try diff(world, .receivedBefore(0), .end).a.position == 0)
        #expect(
            try diff(world, .receivedBefore(receipt.receivedAt), .end).a.position == size)
        #expect(try diff(world, .receivedBefore(.max), .end).isIdentical)
    }

    @Test func checkpointOfAnotherLog_isNamed() async throws {
        let world = try await VerifyWorld.lived()
        let kept = try Checkpoint.newest(of: world.hubPath)
        try world.copyHub(to: "kept")
        try world.set("a", VerifyWorld.stop(1), ["note": "one"])
        try await world.sync("a")
        let size = kept.head.head.size
        let same = try diff(world, .checkpoint(name: "kept", kept), .end)
        #expect(same.a.position == size && same.edited == 1)
        let newer = try Checkpoint.newest(of: world.hubPath)
        try world.putBackHub("kept")
        #expect(throws: MomentFault(.beyondTheEnd(size: size), name: world.hubPath)) {
            try diff(world, .checkpoint(name: "newer", newer), .end)
        }
        try world.set("b", VerifyWorld.stop(1), ["note": "two"])
        try await world.sync("b")
        #expect(throws: MomentFault(.notOfThisLog(checkpoint: "newer"), name: world.hubPath)) {
            try diff(world, .checkpoint(name: "newer", newer), .end)
        }
        #expect(throws: MomentFault(.beyondTheEnd(size: size + 1), name: world.hubPath)) {
            try diff(world, .position(-1), .end)
        }
        #expect(throws: MomentFault(.notALog, name: world.folder.file("a.sqlite"))) {
            try LogDiff.run(
                AuditFile(world.folder.file("a.sqlite")), from: .position(0), to: .end,
                scope: DiffScope())
        }
    }

    @Test func brokenLog_isNotCompared_andAnAlteredOneIsSaid() async throws {
        let world = try await VerifyWorld.lived()
        let size = Int64(try world.journal().count)
        try world.tamper { try $0.execute("DELETE FROM journal WHERE position = 5") }
        #expect(throws: MomentFault(.notReplayable(after: 4), name: world.hubPath)) {
            try diff(world, .position(3), .position(size))
        }
        #expect(try diff(world, .position(3), .position(4)).problems.isEmpty)
    }

    @Test func overTheNetwork_asInTheFile() async throws {
        let world = try await VerifyWorld.lived()
        try await world.join("e", role: .auditor)
        let size = Int64(try world.journal().count)
        let access = HubAccess(
            token: try #require(world.replicas["e"]!.token))
        let remote = try await LogDiff.run(
            address: "http://127.0.0.1:1", transport: world.transport, access: access,
            from: .position(6), to: .position(size - 2), scope: DiffScope(),
            environment: world.clock.environment(seed: 3))
        let local = try diff(world, .position(6), .position(size - 2))
        #expect(remote.entries.map(\.record.key) == local.entries.map(\.record.key))
        #expect(remote.entries.map(\.origins) == local.entries.map(\.origins))
        #expect(remote.problems.isEmpty && local.problems.isEmpty)
    }
}

extension VerifyWorld {
    /// The records that the hub serves, by key.
    func served() async throws -> [RecordKey: RecordState] {
        try store.file.read { connection in
            var states: [RecordKey: RecordState] = [:]
            try RecordTable(connection).each(collection: nil) {
                states[$0.key] = try $0.state()
            }
            return states
        }
    }
}
