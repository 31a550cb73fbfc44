#if PostgreSQL
    import Foundation
    import SyncCore
    import SyncProtocol
    import SyncReplica
    import SyncStore
    import TestSupport
    import Testing

    @testable import PostgresStore
    @testable import SyncAudit
    @testable import SyncHub

    /// The same life on SQLite and on PostgreSQL: the same journal, byte for byte, and the same
    /// answers to everything that is asked.
    struct StoreConformanceTests {
        /// A space of its own in a database of its own.
        static func make() throws -> (VerifyWorld.StoreMaking) {
            let server = try #require(PostgresServer.shared)
            let address = try server.database()
            return { plan, environment in
                let spaces = PostgresSpaces(
                    PostgresPool(address, limit: 3),
                    master: MasterKey(bytes: [UInt8](repeating: 7, count: 32))!,
                    environment: environment)
                _ = try spaces.add("riverside", plan)
                return try spaces.open("riverside")
            }
        }

        private func both(
            _ live: (VerifyWorld) async throws -> Void = { _ in }
        ) async throws -> (sqlite: VerifyWorld, postgres: VerifyWorld) {
            let worlds = (
                try await VerifyWorld.lived(), try await VerifyWorld.lived(store: try Self.make())
            )
            for world in [worlds.0, worlds.1] { try await live(world) }
            return worlds
        }

        private func compare(_ a: VerifyWorld, _ b: VerifyWorld) throws {
            let size = try a.store.facts().position
            #expect(try b.store.facts().position == size)
            #expect(try a.store.newestHead() == b.store.newestHead())
            let (one, two) = (
                try a.store.journal(from: 1, bytes: 8 << 20),
                try b.store.journal(from: 1, bytes: 8 << 20)
            )
            #expect(one.entries == two.entries)
            for node in [nil, 0, 17, 63] {
                #expect(
                    try a.store.digest(node: node).children == b.store.digest(node: node).children)
            }
            let positions = Array(1...size)
            let (p, q) = (
                try a.store.inclusion(positions, size: size),
                try b.store.inclusion(positions, size: size)
            )
            #expect(p.paths == q.paths)
            for first in 1...size {
                #expect(
                    try a.store.consistency(first: first, second: size).consistency
                        == b.store.consistency(first: first, second: size).consistency)
            }
            let state = try b.store.file.read { store in
                var states: [RecordKey: RecordState] = [:]
                try RecordTable(store).each(collection: nil) {
                    states[$0.key] = try $0.state()
                }
                return states
            }
            let expected = try a.store.file.read { store in
                var states: [RecordKey: RecordState] = [:]
                try RecordTable(store).each(collection: nil) {
                    states[$0.key] = try $0.state()
                }
                return states
            }
            #expect(state == expected)
            #expect(try a.store.status().counts == b.store.status().counts)
            #expect(try a.store.claims().map(\.id) == b.store.claims().map(\.id))
            #expect(try a.store.epochs().map(\.id) == b.store.epochs().map(\.id))
            let figures = try [a, b].map { try JournalFigures().look(at: $0.store) }
            for one in figures {
                #expect(one.openConflicts == (try a.store.status().openConflicts))
                #expect(one.claims == (try a.store.claims().count))
                #expect(one.journalSize == size)
                #expect(one.journalBytes == figures[0].journalBytes)
            }
            let last = try a.store.facts().lastReceivedAt
            let moments = [0, last - 1, last]
            let sizes = try [a, b].map { world in
                try world.store.file.read { store in
                    try moments.map { try JournalTable(store).size(at: $0) }
                }
            }
            #expect(sizes[0] == sizes[1])
        }

        @Test func aLife_isTheSameOnBoth() async throws {
            let (sqlite, postgres) = try await both()
            try compare(sqlite, postgres)
        }

        /// Pages of one record, from each device's side, and the answers of an auditor.
        @Test func pagesAndAnswers_areTheSameOnBoth() async throws {
            let (sqlite, postgres) = try await both()
            for name in ["a", "b", "c"] {
                for bytes in [1, 2_000, 1 << 20] {
                    var found: [[[UInt8]]] = []
                    for world in [sqlite, postgres] {
                        var pages: [[UInt8]] = []
                        var cursor: String?
                        while true {
                            let page = try world.store.page(
                                PageQuery(
                                    device: world.device(name), cursor: cursor, have: 1,
                                    nonce: ID128(high: 1, low: 2), head: nil, pageBytes: bytes))
                            pages.append(page.records)
                            guard page.page.more else { break }
                            cursor = page.page.cursor
                        }
                        found.append(pages)
                    }
                    #expect(found[0] == found[1], "\(name) \(bytes)")
                }
                let device = try sqlite.device(name)
                #expect(
                    try sqlite.store.batches(of: device, from: 1, bytes: 1 << 20).entries
                        == postgres.store.batches(of: device, from: 1, bytes: 1 << 20).entries)
            }
            for low in 1...6 {
                let key = VerifyWorld.stop(UInt64(low))
                let (a, b) = (
                    try sqlite.store.history(of: key, from: 1, bytes: 1 << 20),
                    try postgres.store.history(of: key, from: 1, bytes: 1 << 20)
                )
                #expect(a.entries == b.entries && a.next == b.next)
                #expect(
                    try sqlite.store.records(named: [key], bytes: 1 << 20).entries
                        == postgres.store.records(named: [key], bytes: 1 << 20).entries)
            }
            for bucket in 0..<DigestTree.fanout * DigestTree.fanout where bucket % 97 == 0 {
                #expect(
                    try sqlite.store.bucket(bucket).records == postgres.store.bucket(bucket).records
                )
            }
            #expect(
                try sqlite.store.tile(TilePath(level: 0, index: 0, count: 5))
                    == postgres.store.tile(TilePath(level: 0, index: 0, count: 5)))
        }

        /// An auditor over the network, who replays the whole log, finds nothing.
        @Test func auditor_verifiesAHubOnPostgreSQL() async throws {
            let world = try await VerifyWorld.lived(store: try Self.make())
            try await world.join("e", role: .auditor)
            let report = try await Verifier(Verifier.Options()).verify(
                address: "http://127.0.0.1:1", transport: world.transport,
                access: HubAccess(token: try #require(world.replicas["e"]!.token)),
                environment: world.clock.environment(seed: 5))
            #expect(report.isOK, "\(report.problems)")
            #expect(report.batches == (try world.store.facts().position))
        }

        /// A hub that is put back to an older state heals on both alike.
        @Test func anEpochOpened_isTheSameOnBoth() async throws {
            let (sqlite, postgres) = try await both { world in
                _ = try world.store.openEpoch()
                try world.set("a", VerifyWorld.stop(50), ["note": "after"])
                try await world.sync("a", "b", "c")
            }
            try compare(sqlite, postgres)
            #expect(try postgres.store.epochs().count == 2)
        }

        /// A copied device goes on under a new key: what it shares is looked up by its author.
        @Test func aCopiedDevice_healsOnBoth() async throws {
            let (sqlite, postgres) = try await both { world in
                try world.replicas["a"]!.close()
                try world.folder.copyStore("a.sqlite", to: "twin.sqlite")
                try FileManager.default.copyItem(
                    atPath: world.folder.file("a.key"), toPath: world.folder.file("twin.key"))
                try world.open("a")
                try world.open("twin")
                for name in ["a", "twin"] {
                    for round in 0..<2 {
                        try world.set(
                            name, VerifyWorld.stop(UInt64(80 + round)), ["note": .text(name)])
                    }
                }
                try await world.sync("a", "twin", "a", "twin", "b")
                try world.set("twin", VerifyWorld.stop(1), ["note": "twin goes on"])
                try await world.sync("twin", "a", "b", "twin")
            }
            try compare(sqlite, postgres)
            #expect(try postgres.store.devices().count == sqlite.store.devices().count)
        }

        @Test func group_isAsEachAlone() async throws {
            let (sqlite, postgres) = try await both()
            var pushes: [[PushRequest]] = []
            for world in [sqlite, postgres] {
                var own: [PushRequest] = []
                for name in ["a", "b"] {
                    let replica = world.replicas[name]!
                    for low in UInt64(60)...62 {
                        try world.set(name, VerifyWorld.stop(low), ["note": .text(name)])
                        let mark = try replica.beginSession().mark
                        let number = try #require(try replica.sealNext(upTo: mark))
                        own.append(try replica.push(number))
                    }
                }
                own.append(own[0])
                pushes.append(own)
            }
            let alone = pushes[0].map { sqlite.store.append([$0])[0] }
            let together = postgres.store.append(pushes[1])
            for (one, other) in zip(alone, together) {
                #expect(try one.get().encoded == other.get().encoded)
            }
            try compare(sqlite, postgres)
        }

        // MARK: Spaces

        @Test func tokenOfOneSpace_isUnknownInAnother_andKeysAreEncrypted() async throws {
            let server = try #require(PostgresServer.shared)
            let pool = PostgresPool(try server.database(), limit: 3)
            let clock = WorldClock()
            let environment = clock.environment(seed: 9)
            let master = MasterKey(bytes: [UInt8](repeating: 1, count: 32))!
            let spaces = PostgresSpaces(pool, master: master, environment: environment)
            let plan = SQLHubStore.SpacePlan(
                name: "x", timeZone: "Asia/Shanghai", operatorCollections: [], url: "http://h:1")
            let one = try spaces.add("one", plan)
            let two = try spaces.add("two", plan)
            #expect(try one.facts().space != two.facts().space)
            let token = "a token that only the space one knows"
            let key = SigningKey()
            let invite = try one.invite(
                name: "d", role: .lead, expires: clock.now + 1_000, url: nil)
            let request = JoinRequest(
                invite: invite, token: .sha256(Array(token.utf8)), key: key)
            let service = try #require(try spaces.service(named: "one"))
            #expect(
                service.answer(WireRequest(.post, "/v1/devices", body: request.encoded)).status
                    == 200)
            let other = try #require(try spaces.service(named: "two"))
            let ask = WireRequest(
                .get, "/v1/changes",
                query: [("have", "0"), ("nonce", ID128(high: 0, low: 1).hex)], token: token)
            #expect(service.answer(ask).status == 200)
            #expect(other.answer(ask).status == 401)

            #expect(throws: SpaceFault.exists("one")) { try spaces.add("one", plan) }
            #expect(throws: SpaceFault.badName("One")) { try spaces.add("One", plan) }
            #expect(throws: SpaceFault.missing("three")) { try spaces.open("three") }
            try spaces.retire("two")
            #expect(throws: SpaceFault.retired("two")) { try spaces.open("two") }
            #expect(try spaces.service(named: "two") == nil)
            let wrong = PostgresSpaces(
                pool, master: MasterKey(bytes: [UInt8](repeating: 2, count: 32))!,
                environment: environment)
            #expect(throws: SpaceFault.wrongMasterKey("one")) { try wrong.open("one") }
            #expect(try spaces.list().map(\.name) == ["one", "two"])
        }
    }
#endif
