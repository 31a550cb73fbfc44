import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import SyncReplica

/// What the hub takes of an adopting batch, and from whom.
@Suite(.onBothStores) struct ForgedAdoptionTests {
    private struct Forge {
        let world: ScenarioWorld
        let lost: SignedHead

        /// Pushes, as device b, an adopting batch of one change.
        func push(
            head: SignedHead? = nil, set: [String: Value], stamp: Stamp
        ) throws -> WireAnswer {
            let b = world.b.replica
            let key = try b.signingKey()
            let (next, previous) = try b.file.read { store in
                let batches = BatchTable(store)
                let last = try batches.lastNumber()
                return (last + 1, try batches.hash(of: last) ?? .zero)
            }
            let now = world.time.milliseconds
            let change = Change(
                world.key, set: set.map { .init($0.key, CanonicalValue($0.value)) },
                stamp: StampTime(milliseconds: now),
                stamps: set.mapValues { _ in stamp }
            ).canonicalBytes
            var header = BatchBuilder.Header(
                space: try #require(try b.membership()).hub.space, number: next,
                previous: previous, sealedAt: now)
            header.adopts = head ?? lost
            let batch = try BatchBuilder.seal(changes: change, header: header, key: key)
            let push = PushRequest(batch, common: .some(nil))
            return world.hub.service.answer(
                WireRequest(.post, "/v1/batches", token: b.token, body: push.encoded))
        }

        func quarantined(_ answer: WireAnswer) throws -> [String] {
            try #require(answer.status == 200)
            return try Receipt(encoded: answer.body).leaf.verdict.quarantined.map(\.reason)
        }
    }

    private func forge() async throws -> Forge {
        let world = try await ScenarioWorld()
        try await world.settle()
        let backup = try world.hub.copyStore()
        try world.a.set(world.key, ["f": "true"])
        try await world.settle()
        let lost = try #require(try world.b.replica.historyHeads().presented.first)
        try world.hub.restoreStore(backup)
        return Forge(world: world, lost: lost)
    }

    /// An author may have joined after the backup, so its id says nothing; the log says who vouches.
    @Test func scenario18_stampOfADeviceThatIsNotIn_namesItsAdopter() async throws {
        let forge = try await forge()
        let stranger = Stamp(
            time: StampTime(milliseconds: 5), device: ID128(high: 77, low: 77))
        let answer = try forge.push(set: ["g": "forged"], stamp: stranger)
        #expect(try forge.quarantined(answer).isEmpty)
        let last = try #require(try forge.world.hub.journal().last)
        #expect(try last.batch.adopts == forge.lost && last.batch.device == forge.world.b.id)
        try await forge.world.a.sync(forge.world.hub)
        #expect(try forge.world.a.replica.record(forge.world.key)?.state["g"]?.stamp == stranger)
    }

    /// It would stand over everything that is written later.
    @Test func scenario18_stampAfterTheLostHead_entersAsTheAdoptersOwn() async throws {
        let forge = try await forge()
        let world = forge.world
        let future = Stamp(
            time: StampTime(milliseconds: forge.lost.head.time + ScenarioWorld.day),
            device: try world.a.id)
        let answer = try forge.push(set: ["g": "forged"], stamp: future)
        #expect(try forge.quarantined(answer).isEmpty)
        try await world.a.sync(world.hub)
        let stamp = try #require(try world.a.replica.record(world.key)?.state["g"]?.stamp)
        #expect(try stamp.device == world.b.id)
        world.time.advance(1_000)
        try world.a.set(world.key, ["g": "a later edit"])
        try await world.settle([world.a, world.c])
        #expect(try world.c.value(world.key, "g") == "a later edit")
    }

    @Test func scenario18_headUnderAnotherKey_isRefused() async throws {
        let forge = try await forge()
        let other = try SimulatedHub(
            forge.world.time, seed: 4_711, folder: TestFolder(), pageBytes: 1 << 16)
        let head = SignedHead(forge.lost.head, key: other.key)
        let stamp = Stamp(time: StampTime(milliseconds: 5), device: try forge.world.a.id)
        let size = try forge.world.hub.journal().count
        let answer = try forge.push(head: head, set: ["f": "forged"], stamp: stamp)
        #expect(WireError(encoded: answer.body, status: answer.status)?.code == .signatureInvalid)
        #expect(try forge.world.hub.journal().count == size)
    }

    /// What only an adopter vouches for is taken, and yields to the author's own word.
    @Test func scenario18_forgedValue_authorsOwnWordStands() async throws {
        let forge = try await forge()
        let world = forge.world
        let stamp = try #require(try world.a.replica.record(world.key)?.state["f"]?.stamp)
        let answer = try forge.push(set: ["f": "forged"], stamp: stamp)
        #expect(try forge.quarantined(answer).isEmpty)
        try await world.c.sync(world.hub)
        try await world.settle([world.a, world.c])
        #expect(try world.a.value(world.key, "f") == "true")
        #expect(try world.c.value(world.key, "f") == "true")
        #expect(try world.conflicts(world.c).map(\.lost.value.value).contains("forged"))
    }
}
