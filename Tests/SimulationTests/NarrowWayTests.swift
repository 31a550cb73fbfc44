import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import Synchronization
import TestSupport
import Testing

/// What a way to the hub that lets little through does to batches.
@Suite struct NarrowWayTests {
    /// Refuses large batches, or breaks off while the hub may still be at work on them.
    private final class NarrowWay: HubTransport {
        let limit: Int
        let status: Int
        private let hub: SimulatedHub
        private let late = Mutex<[WireRequest]>([])
        /// What the hub holds already it answers at once, and the gateway hands that on.
        private let isQuick = Mutex(false)

        init(_ hub: SimulatedHub, limit: Int, status: Int) {
            self.hub = hub
            self.limit = limit
            self.status = status
        }

        var traffic: Traffic { Traffic() }

        func send(_ request: WireRequest) async throws -> WireAnswer {
            guard request.path == "/v1/batches", request.body.count > limit,
                !isQuick.withLock(\.self)
            else {
                return hub.service.answer(request)
            }
            late.withLock { $0.append(request) }
            throw ForeignAnswer(.notThisProtocol, status: status)
        }

        /// What was under way arrives after all.
        func arrive() {
            for request in late.withLock({ $0 }) { _ = hub.service.answer(request) }
            isQuick.withLock { $0 = true }
        }
    }

    private static let count = 200

    private func world() async throws -> ScenarioWorld {
        let world = try await ScenarioWorld()
        let edits = (0..<Self.count).map {
            Edit(
                RecordKey("stops", ID128(high: 9, low: UInt64($0))),
                .set(["f": Value.text(String(repeating: "f", count: 400))]))
        }
        _ = try world.a.replica.save(edits)
        return world
    }

    private func sync(_ world: ScenarioWorld, _ way: NarrowWay) async throws -> SyncReport {
        try await SyncDriver(replica: world.a.replica, transport: way).run()
    }

    private func fault(_ body: () async throws -> SyncReport) async -> Int? {
        do { _ = try await body() } catch let fault as ForeignAnswer { return fault.status } catch {
        }
        return nil
    }

    private func deviceCount(_ world: ScenarioWorld) throws -> Int {
        Set(try world.hub.journal().map(\.batch.device)).count
    }

    @Test func refusedBatch_isMadeSmallerAtOnce() async throws {
        let world = try await world()
        let report = try await sync(world, NarrowWay(world.hub, limit: 20_000, status: 413))
        #expect(report.pushed == Self.count)
        #expect(try world.hub.journal().filter { $0.batch.count > 1 }.count > 4)
    }

    /// Smaller than the least: it stays as it is, and the sync ends.
    @Test func nothingGetsThrough_endsAndKeepsEverything() async throws {
        let world = try await world()
        let way = NarrowWay(world.hub, limit: 500, status: 413)
        for _ in 0..<2 { #expect(await fault { try await sync(world, way) } == 413) }
        #expect(try world.a.replica.pendingCount() == Self.count)
        #expect(try await world.a.sync(world.hub).pushed == Self.count)
    }

    /// A gateway gave up, the hub did not: the batch arrives long after the device was told no.
    @Test func batchThatArrivesLate_isStillTheDevicesOwn() async throws {
        let world = try await world()
        let way = NarrowWay(world.hub, limit: 20_000, status: 504)
        let id = try world.a.id
        for _ in 0..<3 { #expect(await fault { try await sync(world, way) } == 504) }
        way.arrive()
        #expect(try await sync(world, way).halt == nil)
        #expect(try world.a.id == id)
        #expect(try world.a.replica.pendingCount() == 0)
    }

    @Test func batchThatKeepsBreakingOff_isMadeSmallerAMinuteLater() async throws {
        let world = try await world()
        let way = NarrowWay(world.hub, limit: 20_000, status: 504)
        #expect(await fault { try await sync(world, way) } == 504)
        for _ in 0..<8 {
            world.time.advance(ScenarioWorld.minute)
            _ = await fault { try await sync(world, way) }
        }
        #expect(try world.a.replica.pendingCount() == 0)
        try await world.settle()
        #expect(try world.isEqualEverywhere())
        #expect(try deviceCount(world) == 2)
    }

    /// The hub has it, and its receipt does not come through: the sync ends, and says why.
    @Test func heldBatchWhoseReceiptDoesNotComeThrough_ends() async throws {
        let world = try await world()
        let way = NarrowWay(world.hub, limit: 20_000, status: 413)
        let push = try #require(try world.a.replica.sealNext(upTo: .max))
        let request = WireRequest(
            .post, "/v1/batches", token: world.a.replica.token,
            body: try world.a.replica.push(push).encoded)
        #expect(world.hub.service.answer(request).status == 200)
        #expect(await fault { try await sync(world, way) } == 413)
        #expect(try await world.a.sync(world.hub).pushed == Self.count)
    }

    /// What a bundle may bring to the hub keeps its form, and the way its limit.
    @Test func exportedBatch_isNotSealedAnew() async throws {
        let world = try await world()
        let folder = TestFolder()
        _ = try world.a.replica.exportBundle(to: folder.file("a.fsb"))
        let id = try world.a.id
        let way = NarrowWay(world.hub, limit: 20_000, status: 413)
        #expect(await fault { try await sync(world, way) } == 413)
        way.arrive()
        #expect(try await sync(world, way).halt == nil)
        #expect(try world.a.id == id)
        #expect(try world.a.replica.pendingCount() == 0)
    }

    @Test func wayThatWasNarrow_isTriedAtItsFullWidthADayLater() async throws {
        let world = try await world()
        try world.a.replica.setPageBytes(10_000)
        _ = try world.a.replica.beginSession()
        #expect(try world.a.replica.pageBytes() == 10_000)
        world.time.advance(ScenarioWorld.day + 1)
        _ = try world.a.replica.beginSession()
        #expect(try world.a.replica.pageBytes() == nil)
    }
}
