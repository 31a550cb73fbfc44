#if PostgreSQL
    import SyncCore
    import SyncProtocol
    import SyncStore
    import Testing

    @testable import SyncHub

    /// The same random life with the hub in a folder and in a database: the same journal, byte for
    /// byte, and the same state.
    @Suite struct BothStoresTests {
        private static let steps = 40
        private static let healingSteps = 60

        private func trace(_ hub: SimulatedHub) throws -> (journal: [UInt8], head: SignedHead) {
            let run = try hub.store.journal(from: 1, bytes: 64 << 20)
            return (run.entries, run.head)
        }

        @Test(arguments: UInt64(1)...24)
        func anyLife_isTheSameOnBoth(_ seed: UInt64) async throws {
            let inFolder = try SimulatedWorld(seed: seed)
            try await inFolder.run(steps: Self.steps)
            let inDatabase = try SimulatedHub.$isInDatabase.withValue(true) {
                try SimulatedWorld(seed: seed)
            }
            try await inDatabase.run(steps: Self.steps)
            try inDatabase.checkLaws()
            let (one, other) = (try trace(inFolder.hub), try trace(inDatabase.hub))
            #expect(one.journal == other.journal, "seed \(seed)")
            #expect(one.head == other.head, "seed \(seed)")
        }

        @Test(arguments: UInt64(1)...24)
        func anyLifeOfCopiesAndRestores_healsInADatabase(_ seed: UInt64) async throws {
            let world = try SimulatedHub.$isInDatabase.withValue(true) {
                try HealingWorld(seed: seed)
            }
            try await world.run(steps: Self.healingSteps)
            _ = try world.checkLaws()
        }
    }
#endif
