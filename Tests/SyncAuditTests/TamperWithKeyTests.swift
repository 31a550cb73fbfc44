import Foundation
import SyncClient
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit
@testable import SyncHub

/// Someone who has the hub's key, or puts an older file back: only what others hold tells.
@Suite struct TamperWithKeyTests {
    private func keepCheckpoint(_ world: VerifyWorld, _ name: String = "then.json") throws {
        try world.folder.write(Checkpoint.newest(of: world.hubPath).encoded, to: name)
    }

    /// Every record of a device as it shows it.
    private func states(_ replica: Replica) throws -> [RecordKey: [UInt8]] {
        var states: [RecordKey: [UInt8]] = [:]
        for collection in try replica.counts().keys {
            try replica.eachRecord(in: collection) { states[$0.key] = $0.state.canonicalBytes }
        }
        return states
    }

    @Test func forger_rewritesNothing_everyoneIsContent() async throws {
        let world = try await VerifyWorld.lived()
        try keepCheckpoint(world)
        let forger = VerifyForger(world: world)
        try forger.rewrite(forger.entries())
        let report = try world.verify(against: ["a.sqlite", "b.sqlite", "then.json"])
        #expect(report.problems == [])
        #expect(try await world.sync("a").halt == nil)
    }

    @Test func forger_removesADevicesOnlyBatch_heldHeadsAndReceiptsName() async throws {
        let world = try await VerifyWorld.lived()
        try keepCheckpoint(world)
        let forger = VerifyForger(world: world)
        var entries = try forger.entries()
        let device = try world.device("d")
        let index = try #require(entries.firstIndex { $0.batch.device == device })
        entries.remove(at: index)
        try forger.rewrite(entries)
        #expect(try world.verify().problems == [])

        // The log is shorter than the checkpoint's head now.
        #expect(try world.verify(against: ["then.json"]).kinds == [.tailCut])
        let against = try world.verify(against: ["d.sqlite"])
        #expect(against.kinds == [.receiptMissing, .logRewritten])
        #expect(against.fact(.receiptMissing, .position) == "\(index + 1)")
        #expect(against.fact(.logRewritten, .first) == "\(index + 1)")
        let other = try world.verify(against: ["a.sqlite"])
        #expect(Set(other.kinds).isSuperset(of: [.logRewritten, .tailCut]))
    }

    @Test func forger_altersAPoint_everyHolderNames() async throws {
        let world = try await VerifyWorld.lived()
        try keepCheckpoint(world)
        let forger = VerifyForger(world: world)
        try forger.rewrite(forger.resealed(forger.entries(), "NDJ-001", with: "NDJ-777"))
        #expect(try world.verify().problems == [])
        let since = try world.verify(against: ["then.json"])
        #expect(since.kinds == [.logRewritten])
        #expect(since.problems.first?.place == .holder(world.folder.file("then.json")))
        let against = try world.verify(against: ["a.sqlite"])
        #expect(against.problems.contains { $0.kind == .logRewritten })
    }

    /// The rules leave nobody a choice, the holder of the key included.
    @Test func forger_dropsConflictFromVerdict_replayNamesTheVerdict() async throws {
        let world = try await VerifyWorld.lived()
        try keepCheckpoint(world)
        let leaf = try #require(
            try world.journal().first { !$0.leaf.verdict.conflicts.isEmpty }
        ).leaf
        var verdict = leaf.verdict
        verdict.conflicts = []
        try VerifyForger(world: world).resign(
            Leaf(
                batch: leaf.batch, device: leaf.device, number: leaf.number,
                signature: leaf.signature, epoch: leaf.epoch, position: leaf.position,
                verdict: verdict))
        let report = try world.verify()
        #expect(report.lines == ["verdict_differs journal/\(leaf.position)"])
        #expect(report.fact(.verdictDiffers, .fields) == "conflicts")
        #expect(try world.verify(against: ["then.json"]).kinds.contains(.logRewritten))
    }

    @Test func forger_swapsTwoBatches_heldHeadsName() async throws {
        let world = try await VerifyWorld.lived()
        try keepCheckpoint(world)
        let forger = VerifyForger(world: world)
        var entries = try forger.entries()
        let hub = world.hubKey.publicKey.deviceID
        let first = try #require(
            entries.indices.dropLast().first {
                let pair = (entries[$0].batch.device, entries[$0 + 1].batch.device)
                return pair.0 != pair.1 && pair.0 != hub && pair.1 != hub
            })
        entries.swapAt(first, first + 1)
        try forger.rewrite(entries)
        #expect(try world.verify().problems == [])
        #expect(try world.verify(against: ["then.json"]).kinds == [.logRewritten])
    }

    /// A hub that no longer knows the head that a device presents is one that goes on from another
    /// state, for all that the device can tell: what it left out comes back, under a new epoch that
    /// names the head. One that claims to know that head is found out.
    @Test(arguments: [false, true])
    func sync_afterRewrite_deviceLosesNothing(claimsOldHeads: Bool) async throws {
        let world = try await VerifyWorld.lived()
        let forger = VerifyForger(world: world)
        let unsent = try world.set("a", VerifyWorld.stop(50), ["note": "not sent yet"])
        let before = try states(world.replicas["a"]!)
        let ids = try world.headIDs()
        try forger.rewrite(forger.resealed(forger.entries(), "NDJ-001", with: "NDJ-777"))
        if claimsOldHeads {
            try world.tamper { store in
                for (position, id) in ids {
                    try store.run(
                        "UPDATE journal SET head_id = ? WHERE position = ?", .blob(id),
                        .integer(position))
                }
            }
        }
        let report = try await world.sync("a")
        guard claimsOldHeads else {
            #expect(report.halt == nil)
            guard case .hubRestored = try #require(report.notices.first) else {
                Issue.record("the rewrite is not said")
                return
            }
            #expect(try world.replicas["a"]!.pendingCount() == 0)
            #expect(try world.store.epochs().last?.cause == "head_unknown")
            return
        }
        #expect(report.halt == .logRewritten)
        #expect(try states(world.replicas["a"]!) == before)
        #expect(try world.replicas["a"]!.pendingCount() == 1)
        #expect(before[VerifyWorld.stop(50)] == unsent.state.canonicalBytes)
    }

    @Test func oldFilePutBack_tailCutIsNamedBySizes() async throws {
        let world = try await VerifyWorld.lived()
        try world.copyHub(to: "old")
        let size = try world.journal().count
        try world.set("a", VerifyWorld.stop(60), ["note": "later"])
        try await world.sync("a")
        try keepCheckpoint(world)
        try world.putBackHub("old")
        #expect(try world.verify().problems == [])
        for report in [
            try world.verify(against: ["then.json"]), try world.verify(against: ["a.sqlite"]),
        ] {
            #expect(report.kinds == [.tailCut])
            #expect(report.fact(.tailCut, .size) == "\(size + 1)")
            #expect(report.fact(.tailCut, .found) == "\(size)")
        }
        #expect(try world.verify(against: ["b.sqlite"]).problems == [])
    }

    @Test func against_anotherCopyOfTheHub_comparesEveryHead() async throws {
        let world = try await VerifyWorld.lived()
        try world.copyHub(to: "copy")
        #expect(try world.verify(against: ["copy"]).problems == [])
        let forger = VerifyForger(world: world)
        try forger.rewrite(forger.resealed(forger.entries(), "NDJ-001", with: "NDJ-777"))
        let report = try world.verify(against: ["copy"])
        #expect(report.kinds == [.logRewritten])
        // The first of the operator's batches that was altered.
        let changed = try #require(report.fact(.logRewritten, .first))
        #expect(Int(changed) != nil)
    }

    @Test func since_checkpointOfAnotherHub_namesTheKey() async throws {
        let world = try await VerifyWorld.lived()
        let other = try VerifyWorld(seed: 77)
        try world.folder.write(
            Checkpoint.newest(of: other.hubPath).encoded, to: "other.json")
        let report = try world.verify(against: ["other.json"])
        #expect(report.kinds == [.hubKeyDiffers])
    }

    @Test func checkpoint_alteredOrForeign_isRefused() async throws {
        let world = try await VerifyWorld.lived()
        let good = try Checkpoint.newest(of: world.hubPath).encoded
        #expect(try Checkpoint(encoded: good).encoded == good)
        let size = try Checkpoint(encoded: good).head.head.size
        let bad = try #require(good.replacing("\"size\":\(size)", with: "\"size\":\(size - 1)"))
        #expect(throws: CheckpointFault.forged) { try Checkpoint(encoded: bad) }
        #expect(throws: CheckpointFault.notACheckpoint) { try Checkpoint(encoded: [0x7B]) }
        let newer = try #require(good.replacing("\"checkpoint\":1", with: "\"checkpoint\":2"))
        #expect(throws: CheckpointFault.tooNew) { try Checkpoint(encoded: newer) }
        let own = try Checkpoint.newest(of: world.folder.file("a.sqlite"))
        #expect(own.hubKey == world.hubKey.publicKey)
    }

    @Test func checkpoint_journalWithAlteredLeaf_isRefused() async throws {
        let world = try await VerifyWorld.lived()
        try world.tamper { store in
            try store.run(
                "UPDATE journal SET leaf = replace(leaf, '\"number\":', '\"number\":9') "
                    + "WHERE position = 2")
        }
        #expect(throws: CheckpointFileFault.self) { try Checkpoint.newest(of: world.hubPath) }
    }
}
