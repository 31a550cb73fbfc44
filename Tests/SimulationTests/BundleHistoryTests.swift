import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import SyncReplica

/// Copies, restored hubs and chance, told by bundles as they are by a sync.
@Suite(.onBothStores) struct BundleHistoryTests {
    private func prepared() async throws -> BundleWorld {
        let world = try await BundleWorld()
        try world.away.openInvite(world.hub)
        try world.roundTrip("join")
        return world
    }

    @Test func replica_copiedAndBothWrite_copyGoesOnUnderItsOwnName() async throws {
        let world = try await prepared()
        try world.away.copy(to: "copy.sqlite")
        try world.away.set(world.key, ["f": "original"])
        try world.roundTrip("original")
        try world.away.restoreCopy("copy.sqlite")
        try world.away.set(world.key(2), ["f": "copy"])
        let taken = try world.roundTrip("copy")
        #expect(taken.isHealing && taken.halt == nil)
        var notices = taken.notices
        for round in 1...4 { notices += try world.roundTrip("copy again \(round)").notices }
        #expect(notices == [.copied(name: "away (2)")])
        #expect(try !world.away.replica.isHealing())
        #expect(try world.isEqual(world.away))
        try await world.carrier.sync(world.hub)
        #expect(try world.carrier.value(world.key(2), "f") == "copy")
        #expect(try world.carrier.value(world.key, "f") == "original")
    }

    @Test func hub_restoredFromAnOlderCopy_workIsBroughtAgain() async throws {
        let world = try await prepared()
        let copy = try world.hub.copyStore()
        try world.away.set(world.key, ["f": "x"])
        try world.roundTrip("1")
        try world.hub.restoreStore(copy)
        try world.away.set(world.key(2), ["f": "y"])
        let taken = try world.roundTrip("2")
        #expect(taken.isHealing && taken.halt == nil)
        var notices = taken.notices
        for round in 3...7 { notices += try world.roundTrip("\(round)").notices }
        #expect(notices == [.hubRestored(held: 3, lost: 4, sentAgain: 1, handedBack: 0)])
        #expect(try world.isEqual(world.away))
        try await world.carrier.sync(world.hub)
        #expect(try world.carrier.value(world.key, "f") == "x")
        #expect(try world.carrier.value(world.key(2), "f") == "y")
    }

    /// A record that was altered on the device shows at the next comparison and is mended by the
    /// one after.
    @Test func record_alteredOnTheDevice_isHealedByTheSecondRound() async throws {
        let world = try await prepared()
        try world.away.set(world.key, ["f": "right"])
        try world.roundTrip("1")
        try world.away.replica.file.write { store in
            let records = RecordTable(store)
            let stored = try #require(try records.record(world.key))
            let stamp = try #require(try stored.state()["f"]).stamp
            let wrong = RecordState(
                world.key, set: [.init("f", CanonicalValue("wrong"))], stamp: stamp)
            try records.put(wrong, position: stored.position)
            try records.finish()
        }
        #expect(try world.roundTrip("2").digest.isDifferent)
        let mended = try world.roundTrip("3")
        #expect(mended.healed == 1)
        #expect(mended.digest == .equal(try world.hub.store.status().digest))
        #expect(try world.away.value(world.key, "f") == "right")
    }

    @Test func device_revoked_isToldWhy() async throws {
        let world = try await prepared()
        try world.away.set(world.key, ["f": "x"])
        _ = try world.hub.store.setRevoked(true, device: world.away.id)
        let taken = try world.roundTrip("1")
        #expect(Set(taken.hubRefusals.map(\.error.code)) == [.deviceRevoked])
        #expect(taken.pages == 0)
        #expect(try world.away.replica.status().pending == 1)
    }

    @Test func hub_clockBehind_takesNothing() async throws {
        let world = try await prepared()
        try world.away.set(world.key, ["f": "x"])
        let there = try world.export(world.away, to: "there.fsb")
        world.hub.clock.set(-ScenarioWorld.day)
        let error = #expect(throws: WireError.self) { try world.bring(there) }
        #expect(error?.code == .hubNotReady)
    }

    /// Bundles made, lost, repeated and brought in any order, syncs and saves between them: in
    /// the end all are equal and each batch is there once.
    @Test(arguments: 0..<6) func exchange_inAnyOrder_endsEqual(_ run: Int) async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let world = try await BundleWorld(pageBytes: run.isMultiple(of: 2) ? 300 : 512 << 10)
        try world.away.openInvite(world.hub)
        var toHub: [String] = []
        var toDevices: [String] = []
        let devices = [world.away, world.carrier]
        for step in 0..<60 {
            world.time.advance(1_000)
            let device = devices[Int.random(in: 0...1, using: &random)]
            switch Int.random(in: 0..<7, using: &random) {
            case 0, 1:
                let key = world.key(UInt64.random(in: 1...4, using: &random))
                try device.set(key, ["f": .text("\(step)")])
            case 2: toHub.append(try world.export(device, to: "\(step).fsb"))
            case 3:
                guard let path = toHub.randomElement(using: &random) else { continue }
                toDevices.append(try world.bring(path, answer: "\(step).answer").answer)
            case 4, 5:
                let all = toDevices + toHub
                guard let path = all.randomElement(using: &random) else { continue }
                let taken = try world.take(path, at: device)
                #expect(taken.halt == nil && taken.refusedCount == 0, "seed \(seed)")
                if case .different = taken.digest { Issue.record("differs, seed \(seed)") }
            default:
                let report = try await world.carrier.sync(world.hub)
                #expect(report.halt == nil, "seed \(seed)")
            }
        }
        for round in 0..<3 {
            world.time.advance(1_000)
            try world.roundTrip("end\(round)")
            try await world.carrier.sync(world.hub)
        }
        #expect(try world.isEqual(world.away), "seed \(seed)")
        #expect(try world.isEqual(world.carrier), "seed \(seed)")
        #expect(try world.away.replica.status().pending == 0, "seed \(seed)")
        #expect(try world.away.states() == world.carrier.states(), "seed \(seed)")
        #expect(try world.away.replica.conflicts().count == world.carrier.replica.conflicts().count)
    }
}
