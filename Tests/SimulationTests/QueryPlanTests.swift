import SyncCore
import SyncProtocol
import SyncStore
import Testing

@testable import SyncHub
@testable import SyncReplica

/// What grows with the file is found by an index in what people wait for most often: a sync of
/// nothing, and one of a single record. An idle sync once read through every batch that the device
/// had ever sealed: 52 ms with 10,000,000 records.
@Suite struct QueryPlanTests {
    /// Tables with a row for each record, batch or entry. `pending` has what waits, and is empty soon.
    private static let large = [
        "records", "batches", "former_batches", "journal", "merkle", "mentions", "authored",
        "conflicts",
    ]

    /// Statements that read through a large table from its beginning, with no index to say where.
    private func scans(_ store: StoreConnection) throws -> [String] {
        var found: [String] = []
        for text in store.preparedTexts where !text.hasPrefix("EXPLAIN") {
            guard ["SELECT", "UPDATE", "DELETE", "INSERT"].contains(where: text.hasPrefix) else {
                continue
            }
            try store.each("EXPLAIN QUERY PLAN " + text) { row in
                let detail = row.text(3)
                for table in Self.large where detail == "SCAN \(table)" {
                    found.append("\(detail): \(text)")
                }
            }
        }
        return found
    }

    @Test func syncs_idleAndOfOneRecord_readThroughNothing() async throws {
        let world = try await ScenarioWorld()
        for _ in 0..<3 {
            try world.a.set(world.key, ["note": "x"])
            try await world.settle()
        }
        try world.a.restart()
        try await world.a.sync(world.hub)
        try world.a.set(world.key, ["note": "y"])
        try await world.a.sync(world.hub)
        try await world.b.sync(world.hub)
        let device = try world.a.replica.file.write { ($0.preparedTexts.count, try scans($0)) }
        #expect(device.0 > 20)
        #expect(device.1 == [])
        let hub = try world.hub.store.file.write { ($0.preparedTexts.count, try scans($0)) }
        #expect(hub.0 > 20)
        #expect(hub.1 == [])
        #expect(try world.hub.store.file.read { try scans($0) } == [])
    }

    @Test func statusConflictsAndOneRecord_readThroughNothing() async throws {
        let world = try await ScenarioWorld()
        try world.a.set(world.key, ["note": "x"])
        try await world.settle()
        try world.a.restart()
        _ = try world.a.replica.status()
        _ = try world.a.replica.conflicts()
        _ = try world.a.replica.record(world.key)
        _ = try world.a.replica.find(
            world.key.collection, idPrefix: String(world.key.id.hex.prefix(20)))
        #expect(try world.a.replica.file.write { try scans($0) } == [])
        _ = try world.hub.store.status()
        _ = try world.hub.store.devices()
        let hub = try world.hub.store.file.read { ($0.preparedTexts.count, try scans($0)) }
        #expect(hub.0 > 5)
        #expect(hub.1 == [])
    }
}
