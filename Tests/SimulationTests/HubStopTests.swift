import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

/// What a device does when the hub is not what it was.
@Suite(.onBothStores) struct HubStopTests {
    @Test func sync_hubRestartedBeforeEachRequest_endsTheSame() async throws {
        let world = try await ScenarioWorld(pageBytes: 1)
        for index in 1...3 {
            try world.b.set(RecordKey("stops", .init(high: 2, low: UInt64(index))), ["f": "b"])
        }
        try await world.b.sync(world.hub)
        try world.a.set(world.key, ["f": "a"])
        let hub = world.hub
        let transport = SimulatedTransport(
            seed: 5, faults: NetworkFaults(), hub: { hub.service.answer($0) },
            meanwhile: { try hub.restart() })
        let report = try await SyncDriver(replica: world.a.replica, transport: transport).run()
        #expect(report.halt == nil)
        try await world.settle()
        #expect(try world.isEqualEverywhere())
    }

    @Test func sync_hubRestoredFromAnOlderCopy_deviceSendsAgainWhatWasLost() async throws {
        let world = try await ScenarioWorld()
        try await world.settle()
        let before = try world.hub.copyStore()
        try world.a.set(world.key, ["f": "after the copy"])
        try await world.a.sync(world.hub)
        try world.hub.restoreStore(before)
        let report = try await world.a.sync(world.hub)
        #expect(report.halt == nil)
        #expect(
            report.notices == [.hubRestored(held: 4, lost: 5, sentAgain: 1, handedBack: 0)])
        try await world.settle()
        #expect(try world.values("f") == Array(repeating: "after the copy", count: 3))
        #expect(try world.isEqualEverywhere())
        #expect(try world.conflicts(world.c).isEmpty)
        // It is said once.
        #expect(try await world.a.sync(world.hub).notices.isEmpty)
    }

    /// An older release of the hub knows no call about heads: the device stops, and saves on.
    @Test func sync_olderHubRestored_deviceStopsSavesAndSaysSo() async throws {
        let world = try await ScenarioWorld()
        try await world.settle()
        let before = try world.hub.copyStore()
        try world.a.set(world.key, ["f": "after the copy"])
        try await world.a.sync(world.hub)
        try world.hub.restoreStore(before)
        let report = try await world.a.sync(
            world.hub,
            tamper: { request, answer in
                guard request.path == "/v1/heads" else { return answer }
                let refusal = WireError(.notServed, message: "no", mend: "update")
                return WireAnswer(status: refusal.code.status, body: refusal.encoded)
            })
        #expect(report.halt == .hubRestored)
        try world.a.set(world.key, ["f": "still saving"])
        #expect(try world.a.replica.status().pending == 1)
        #expect(try world.a.replica.status().halt == .hubRestored)
        // The hub is updated.
        #expect(try await world.a.sync(world.hub).halt == nil)
        #expect(try world.a.replica.status().halt == nil)
        try await world.settle()
        #expect(try world.values("f") == Array(repeating: "still saving", count: 3))
    }

    /// Another history under the hub's key is told apart by its epoch: what it left out comes back.
    @Test func sync_logRewrittenWithTheHubsKey_whatItLeftOutComesBack() async throws {
        let world = try await ScenarioWorld()
        try await world.settle()
        let before = try world.hub.copyStore()
        try world.a.set(world.key, ["f": "true history"])
        try await world.a.sync(world.hub)
        try world.hub.restoreStore(before)
        // Someone with the hub's key lets another history grow past the one that A saw.
        for index in 1...3 {
            try world.b.set(world.key, ["f": .text("false \(index)")])
            try await world.b.sync(world.hub)
        }
        let report = try await world.a.sync(world.hub)
        #expect(
            report.notices == [.hubRestored(held: 4, lost: 5, sentAgain: 1, handedBack: 0)])
        try await world.settle()
        #expect(try world.isEqualEverywhere())
        // Neither writer had seen the other's value.
        let conflicts = try world.conflicts(world.c)
        #expect(conflicts.map(\.lost.value.value).contains("true history"))
        #expect(try world.values("f") == Array(repeating: "false 3", count: 3))
        #expect(try world.hub.store.epochs().count == 2)
    }

    @Test func setAside_refusedChange_restIsDeliveredAndTheChangeIsKept() async throws {
        let world = try await ScenarioWorld()
        let other = RecordKey("stops", ID128(high: 1, low: 2))
        try world.a.set(world.key, ["f": "fine"])
        try world.a.set(other, ["f": "refused"])
        let start = try world.a.replica.beginSession()
        let number = try #require(try world.a.replica.sealNext(upTo: start.mark))
        _ = try world.a.replica.setAside(batch: number, change: 1, reason: "batch_invalid")
        try await world.settle()
        #expect(try world.b.value(world.key, "f") == "fine")
        #expect(try world.b.value(other, "f") == nil)
        #expect(try world.a.replica.heldChanges().map(\.change.key) == [other])
        #expect(try world.a.replica.status().held == 1)
        #expect(try world.isEqualEverywhere())
    }

    @Test func push_forgedRefusal_isNotBelievedAgainstTheSignedPage() async throws {
        let world = try await ScenarioWorld()
        try world.a.set(world.key, ["f": "mine"])
        let hub = world.hub
        // A proxy that passes a push on and then says that it was refused.
        let forged = WireError(
            .batchInvalid, message: "", mend: "", details: ["change": 0])
        let transport = SimulatedTransport(
            seed: 1, faults: NetworkFaults(),
            hub: { request in
                let answer = hub.service.answer(request)
                guard request.method == .post, hub.isLying else { return answer }
                hub.isLying = false
                return WireAnswer(status: 422, body: forged.encoded)
            })
        hub.isLying = true
        let report = try await SyncDriver(replica: world.a.replica, transport: transport).run()
        #expect(report.halt == nil && report.setAside == 0 && report.pushed == 1)
        #expect(try world.a.replica.status().held == 0)
        try await world.settle()
        #expect(try world.values("f") == ["mine", "mine", "mine"])
        #expect(try world.isEqualEverywhere())
    }

    @Test func setAside_editOfADeliveredRecord_leavesTheRecordAsTheHubHasIt() async throws {
        let world = try await ScenarioWorld()
        try world.a.set(world.key, ["f": "delivered"])
        try await world.settle()
        try world.a.set(world.key, ["f": "refused"])
        let start = try world.a.replica.beginSession()
        let number = try #require(try world.a.replica.sealNext(upTo: start.mark))
        _ = try world.a.replica.setAside(batch: number, change: 0, reason: "batch_invalid")
        try await world.settle()
        #expect(try world.values("f") == ["delivered", "delivered", "delivered"])
        #expect(try world.isEqualEverywhere())
    }

    @Test func quarantine_leadWritesAPoint_isToldAndEndsEqual() async throws {
        let world = try await ScenarioWorld()
        let ghost = RecordKey("points", ID128(high: 3, low: 1))
        let point = RecordKey("points", ID128(high: 3, low: 2))
        _ = try world.hub.store.save([Edit(point, .set(["name": "gate"]))])
        try await world.settle()
        try world.a.set(ghost, ["name": "mine"])
        try world.a.set(point, ["name": "renamed"])
        let report = try await world.a.sync(world.hub)
        #expect(report.quarantined == 2)
        #expect(try world.a.value(point, "name") == "gate")
        #expect(try world.a.replica.record(ghost) == nil)
        #expect(try world.a.replica.status().quarantined == 2)
        try await world.settle()
        #expect(try world.isEqualEverywhere())
    }
}
