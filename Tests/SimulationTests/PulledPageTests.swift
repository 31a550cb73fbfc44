import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import SyncReplica

/// A page is applied whole, with the cursor after it, or not at all.
@Suite struct PulledPageTests {
    @Test func pageThatCannotBeWritten_isAskedForAgain() async throws {
        let world = try await ScenarioWorld()
        try await world.settle()
        try world.a.set(world.key, ["f": "from a"])
        try await world.a.sync(world.hub)
        let cursor = try cursor(of: world.b)
        try world.b.replica.file.write {
            try $0.execute(
                """
                CREATE TRIGGER refused BEFORE INSERT ON records WHEN new.collection = 'stops'
                BEGIN SELECT RAISE(ABORT, 'no room'); END
                """)
        }
        await #expect(throws: StoreError.self) { try await world.b.sync(world.hub) }
        #expect(try self.cursor(of: world.b) == cursor)
        try world.b.replica.file.write { try $0.execute("DROP TRIGGER refused") }
        let report = try await world.b.sync(world.hub)
        // It came by the pull, not by a repair afterwards.
        #expect(report.healed == 0)
        #expect(try world.b.value(world.key, "f") == "from a")
    }

    /// While a page is on its way, another process stores the receipt of a change to the same record:
    /// the page does not know of it, and would take it back. Also where everything is pulled anew,
    /// and nothing is said of what the device has.
    @Test(arguments: [false, true])
    func pageFromBeforeAReceipt_isNotApplied(isAfresh: Bool) async throws {
        let world = try await ScenarioWorld()
        try world.b.set(world.key, ["g": "start"])
        try await world.settle()
        try world.b.set(world.key, ["g": "from b"])
        try await world.b.sync(world.hub)
        let replica = world.a.replica
        try world.a.set(world.key, ["f": "from a"])
        if isAfresh { try replica.forgetCursor() }
        let request = try replica.pullRequest()
        let answer = world.hub.service.answer(request.wire(token: replica.token ?? "", visit: []))
        let page = try PageMessage(encoded: answer.body)

        let other = try Replica(path: replica.path, environment: .system)
        let number = try #require(try other.sealNext(upTo: .max))
        let push = try other.push(number)
        let receipt = world.hub.service.answer(
            WireRequest(.post, "/v1/batches", token: other.token, body: push.encoded))
        try other.store(Receipt(encoded: receipt.body))

        guard case .outdated = try replica.apply(page, request: request) else {
            Issue.record("the page was applied")
            return
        }
        #expect(try world.a.value(world.key, "f") == "from a")
        try await world.settle()
        #expect(try world.isEqualEverywhere())
        #expect(try world.values("f") == ["from a", "from a", "from a"])
    }

    /// The hub has a change of this device, whose receipt was lost, and what another wrote after it:
    /// that stands, though the change still waits here.
    @Test func changeThatTheHubHasRuled_isNotLaidOverItsAnswer() async throws {
        let world = try await ScenarioWorld()
        try await world.settle()
        let replica = world.a.replica
        try world.a.set(world.key, ["f": "from a"])
        let number = try #require(try replica.sealNext(upTo: .max))
        let lost = world.hub.service.answer(
            WireRequest(
                .post, "/v1/batches", token: replica.token, body: try replica.push(number).encoded))
        #expect(lost.status == 200)
        world.time.advance(ScenarioWorld.minute)
        try await world.b.sync(world.hub)
        try world.b.set(world.key, ["f": "from b"])
        try await world.b.sync(world.hub)

        let request = try replica.pullRequest()
        let answer = world.hub.service.answer(request.wire(token: replica.token ?? "", visit: []))
        _ = try replica.apply(PageMessage(encoded: answer.body), request: request)
        #expect(try world.a.value(world.key, "f") == "from b")
        // What is saved now is saved by somebody who has seen it.
        try world.a.set(world.key, ["f": "from a again"])
        try await world.settle()
        #expect(try world.values("f") == ["from a again", "from a again", "from a again"])
        #expect(try world.conflicts(world.c).isEmpty)
    }

    private func cursor(of device: SimulatedDevice) throws -> String? {
        try device.replica.file.read { try MetaTable($0).text(ReplicaKey.cursor) }
    }
}
