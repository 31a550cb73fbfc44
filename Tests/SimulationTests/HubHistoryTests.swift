import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import TestSupport
import Testing

/// What a hub tells of a record's history counts only if it is of the log that the device saw.
@Suite(.onBothStores) struct HubHistoryTests {
    private func notes(_ device: SimulatedDevice, _ world: ScenarioWorld) async throws -> [String] {
        let hub = world.hub
        let transport = SimulatedTransport(
            seed: 1, faults: NetworkFaults(), hub: { hub.service.answer($0) })
        let entries = try await HubHistory.fetch(
            world.key, for: device.replica, transport: transport)
        return try device.replica.history(world.key, with: entries)
            .filter { $0.field == "note" }.compactMap { $0.value.text }
    }

    private func told() async throws -> ScenarioWorld {
        let world = try await ScenarioWorld()
        for text in ["first", "second", "third"] {
            try world.a.set(world.key, ["note": .text(text)])
            try await world.a.sync(world.hub)
        }
        try await world.b.sync(world.hub)
        return world
    }

    @Test func history_ofTheLogThatTheDeviceSaw_isWhole() async throws {
        let world = try await told()
        #expect(try await notes(world.b, world) == ["first", "second", "third"])
        // Also where the hub has gone on since.
        try world.a.set(world.key, ["note": "fourth"])
        try await world.a.sync(world.hub)
        #expect(try await notes(world.b, world).contains("fourth"))
    }

    /// A hub that was put back, and one that went on from there as far as the device had seen.
    @Test func history_ofAnotherLog_isRefused() async throws {
        let world = try await told()
        let copy = try world.hub.copyStore()
        try world.a.set(world.key, ["note": "fourth"])
        try await world.a.sync(world.hub)
        try await world.b.sync(world.hub)
        try world.hub.restoreStore(copy)
        await #expect(throws: ForeignAnswer.self) { try await notes(world.b, world) }
        for text in ["other", "another"] {
            try world.c.set(world.key, ["note": .text(text)])
            try await world.c.sync(world.hub)
        }
        await #expect(throws: ForeignAnswer.self) { try await notes(world.b, world) }
    }
}
