import SyncClient
import SyncCore
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

    private func cursor(of device: SimulatedDevice) throws -> String? {
        try device.replica.file.read { try MetaTable($0).text(ReplicaKey.cursor) }
    }
}
