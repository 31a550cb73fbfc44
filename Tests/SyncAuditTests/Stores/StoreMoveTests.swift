#if PostgreSQL
    import Foundation
    import SyncClient
    import SyncCore
    import SyncProtocol
    import SyncStore
    import TestSupport
    import Testing

    @testable import PostgresStore
    @testable import SyncAudit
    @testable import SyncHub

    /// A hub moves to a database and back: the same journal, epoch and digest, and its devices
    /// notice nothing.
    struct StoreMoveTests {
        private func spaces(_ world: VerifyWorld) throws -> PostgresSpaces {
            let server = try #require(PostgresServer.shared)
            return PostgresSpaces(
                PostgresPool(try server.database(), limit: 3),
                master: MasterKey(bytes: [UInt8](repeating: 3, count: 32))!,
                environment: world.clock.environment(seed: 4))
        }

        @Test func thereAndBack_isTheSameHub() async throws {
            let world = try await VerifyWorld.lived()
            let head = try world.store.newestHead()
            let journal = try world.store.journal(from: 1, bytes: 8 << 20).entries
            try world.closeHub()
            let spaces = try spaces(world)
            let moved = try spaces.take(HubFolder(world.hubPath), as: "riverside") { _, _ in }
            #expect(moved == head)
            // The folder is what it was, and no hub any more.
            #expect(throws: HubFolderFault.self) {
                try HubFolder(world.hubPath).open(environment: world.clock.environment(seed: 2))
            }

            let (store, key) = try spaces.open("riverside")
            #expect(try store.newestHead() == head)
            #expect(try store.journal(from: 1, bytes: 8 << 20).entries == journal)
            world.serve(store, key)
            // Idle devices have nothing to do; then they go on as if nothing had happened.
            let idle = try await world.sync("a", "b", "c")
            #expect(idle.pushed == 0 && idle.pulled == 0 && idle.healed == 0)
            try world.set("a", VerifyWorld.stop(90), ["note": "on PostgreSQL"])
            try world.set("b", VerifyWorld.stop(1), ["note": "b on PostgreSQL"])
            try await world.sync("a", "b", "c", "a")

            let back = HubFolder(world.folder.file("back"))
            let end = try store.newestHead()
            #expect(try await spaces.move("riverside", to: back) { _, _ in } == end)
            #expect(throws: SpaceFault.retired("riverside")) { try spaces.open("riverside") }
            let opened = try back.open(environment: world.clock.environment(seed: 6))
            #expect(try opened.store.newestHead() == end)
            #expect(opened.key.publicKey == key.publicKey)
            world.serve(opened.store, opened.key)
            try world.set("c", VerifyWorld.stop(91), ["note": "and back"])
            try await world.sync("c", "a", "b")
            try opened.store.close()
            let report = try world.verify("back", against: ["a.sqlite", "b.sqlite", "c.sqlite"])
            #expect(report.isOK, "\(report.problems)")
        }

        /// Cut after any number of rows; then the whole again.
        @Test func aMoveThatWasCut_goesOn() async throws {
            let world = try await VerifyWorld.lived()
            let head = try world.store.newestHead()
            try world.closeHub()
            let spaces = try spaces(world)
            struct Cut: Error {}
            let source = HubFolder(world.hubPath)
            let (store, key) = try source.openToMove(environment: world.clock.environment(seed: 2))
            let target = try spaces.place(for: "riverside", key)
            // What an attempt that ended after the journal leaves.
            try target.write { copy in
                try MetaTable(copy).set(HubKey.moving, .blob(head.encoded))
                try store.file.read { from in
                    try from.each("SELECT * FROM journal WHERE position <= 7 ORDER BY position") {
                        row in
                        let statement = try copy.prepare(
                            "INSERT INTO journal VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                        for column in Int32(0)..<10 {
                            if row.isInteger(column) {
                                statement.bind(column + 1, row.integer(column))
                            } else if row.isText(column) {
                                statement.bind(column + 1, text: row.bytes(column))
                            } else {
                                statement.bind(column + 1, blob: row.bytes(column))
                            }
                        }
                        try statement.run()
                    }
                }
            }
            try store.close()
            #expect(throws: HubFolderFault.self) { try spaces.open("riverside") }
            #expect(try spaces.take(source, as: "riverside") { _, _ in } == head)
            #expect(try spaces.open("riverside").store.newestHead() == head)
            // Whoever has the old place open can write nothing there any more.
            let stale = try source.openToMove(environment: world.clock.environment(seed: 2)).store
            #expect(throws: WireError.self) {
                try stale.invite(
                    name: "x", role: .lead, expires: world.clock.now + 1_000, url: "http://h:1")
            }
            try stale.close()
            // There is a hub now: nothing else moves on top of it.
            #expect(throws: SpaceFault.exists("riverside")) {
                try spaces.take(source, as: "riverside") { _, _ in }
            }
        }

        @Test func aFolderThatServes_isHeld() async throws {
            let world = try VerifyWorld()
            let folder = HubFolder(world.hubPath)
            let lock = try folder.lock()
            #expect(throws: StoreError.self) { try folder.lock() }
            withExtendedLifetime(lock) {}
        }
    }

    extension VerifyWorld {
        /// Goes on with another store of the same hub.
        func serve(_ store: SQLHubStore, _ key: SigningKey) { take(store, key) }
    }
#endif
