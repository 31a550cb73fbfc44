import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import Testing

@testable import SyncReplica

/// A device checks that its own batches are in the log that the hub signs.
@Suite(.onBothStores) struct ProofTests {
    private func unproved(_ device: SimulatedDevice) throws -> Int64 {
        try device.replica.file.read {
            try $0.integer("SELECT count(*) FROM batches WHERE proved IS NULL")
        }
    }

    @Test func sync_oneBatchAndNobodyElse_isProvedWithoutARequest() async throws {
        let world = try await ScenarioWorld()
        try world.a.set(world.key, ["f": "x"])
        let report = try await world.a.sync(world.hub)
        #expect(report.traffic.roundTrips == 3)
        #expect(try unproved(world.a) == 0)
        #expect(try await world.a.sync(world.hub).traffic.roundTrips == 1)
    }

    @Test func sync_anotherDevicePushesInBetween_oneRequestProvesTheBatch() async throws {
        let world = try await ScenarioWorld()
        try world.a.set(world.key, ["f": "x"])
        let (hub, b) = (world.hub, world.b)
        let requests = Counter()
        let report = try await world.a.sync(
            world.hub,
            meanwhile: {
                // After the push and before the pull of the outcome.
                guard requests.next() == 3 else { return }
                try b.set(RecordKey("stops", ID128(high: 5, low: 5)), ["f": "meanwhile"])
                try await b.sync(hub)
            })
        #expect(report.traffic.roundTrips == 4 && report.halt == nil)
        #expect(try unproved(world.a) == 0)
    }

    @Test func sync_batchesReceiptedByAnOlderVersion_areProvedInGroupsOf64() async throws {
        let world = try await ScenarioWorld()
        for number in 1...70 {
            try world.a.set(world.key, ["f": .text("\(number)")])
            let start = try world.a.replica.beginSession()
            let batch = try #require(try world.a.replica.sealNext(upTo: start.mark))
            let answer = world.hub.service.answer(
                WireRequest(
                    .post, "/v1/batches", token: world.a.replica.token,
                    body: try world.a.replica.batch(batch).envelope))
            try world.a.replica.store(try Receipt(encoded: answer.body))
        }
        #expect(try unproved(world.a) == 70)
        let report = try await world.a.sync(world.hub)
        // The pull, and two requests: the last batch is proved by its own receipt.
        #expect(report.traffic.roundTrips == 3)
        #expect(try unproved(world.a) == 0)
    }

    @Test func proof_connectionBreaks_isMadeUpForAtTheNextSync() async throws {
        let world = try await ScenarioWorld()
        try await leaveOneToProve(world)
        await #expect(throws: TransportFault.self) {
            try await world.a.sync(
                world.hub, meanwhile: { throw TransportFault(.timeout, url: "simulated") })
        }
        #expect(try unproved(world.a) == 1)
        try await world.a.sync(world.hub)
        #expect(try unproved(world.a) == 0)
    }

    @Test func proof_hubCannotShowTheBatch_deviceStopsSavesAndLosesNothing() async throws {
        let world = try await ScenarioWorld()
        try await leaveOneToProve(world)
        let key = world.hub.key
        let before = try world.a.states()
        try world.a.set(RecordKey("stops", ID128(high: 1, low: 9)), ["f": "waits"])
        let report = try await world.a.sync(
            world.hub,
            tamper: { request, answer in
                guard request.path == "/v1/proof/inclusion",
                    let proof = try? InclusionAnswer(encoded: answer.body)
                else { return answer }
                let paths = proof.paths.map { $0.map { _ in Hash256.zero } }
                let body = InclusionAnswer(
                    positions: proof.positions, paths: paths, device: proof.part.device,
                    nonce: proof.part.nonce, head: proof.head, key: key
                ).encoded
                return WireAnswer(status: 200, body: body)
            })
        #expect(report.halt == .logRewritten && report.pushed == 0)
        #expect(try world.a.replica.status().halt == .logRewritten)
        #expect(try world.a.replica.status().pending == 1)
        #expect(try world.a.states().filter { before[$0.key] != nil }.count == before.count)
        #expect(try unproved(world.a) == 1)
    }

    @Test func proof_forgedBySomeoneWithoutTheHubsKey_isNotBelieved() async throws {
        let world = try await ScenarioWorld()
        try await leaveOneToProve(world)
        let answer = #expect(throws: ForeignAnswer.self) { try forged(world) }
        #expect(answer?.reason == .notSigned)
    }

    private func forged(_ world: ScenarioWorld) throws {
        let request = try #require(try world.a.replica.nextProofs())
        let token = try #require(world.a.replica.token)
        let honest = try InclusionAnswer(
            encoded: world.hub.service.answer(request.wire(token: token)).body)
        let membership = try #require(try world.a.replica.membership())
        let device = try world.a.id
        let forged = InclusionAnswer(
            positions: honest.positions, paths: honest.paths, device: device,
            nonce: request.nonce, head: honest.head, key: SigningKey())
        try honest.verify(
            positions: request.positions, size: request.head.size, nonce: request.nonce,
            device: device, hub: membership.hub)
        do {
            try forged.verify(
                positions: request.positions, size: request.head.size, nonce: request.nonce,
                device: device, hub: membership.hub)
        } catch { throw ForeignAnswer(.notSigned, status: 200, detail: error.rawValue) }
    }

    /// A has a receipt; B pushed after it; A holds the head of both and has no proof in it yet.
    private func leaveOneToProve(_ world: ScenarioWorld) async throws {
        try world.a.set(world.key, ["f": "mine"])
        let start = try world.a.replica.beginSession()
        let number = try #require(try world.a.replica.sealNext(upTo: start.mark))
        let answer = world.hub.service.answer(
            WireRequest(
                .post, "/v1/batches", token: world.a.replica.token,
                body: try world.a.replica.batch(number).envelope))
        try world.a.replica.store(try Receipt(encoded: answer.body))
        try world.b.set(RecordKey("stops", ID128(high: 5, low: 5)), ["f": "b"])
        try await world.b.sync(world.hub)
        let request = try world.a.replica.pullRequest()
        let token = try #require(world.a.replica.token)
        let page = try PageMessage(
            encoded: world.hub.service.answer(request.wire(token: token)).body)
        _ = try world.a.replica.apply(page, request: request)
    }
}
