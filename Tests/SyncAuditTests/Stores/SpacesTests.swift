#if PostgreSQL
    import Foundation
    import SyncClient
    import SyncCore
    import SyncProtocol
    import SyncReplica
    import SyncStore
    import TestSupport
    import Testing

    @testable import HubKeeping
    @testable import PostgresStore
    @testable import SyncAudit
    @testable import SyncHub

    /// Spaces under other names, of other versions, in several databases, and read from a standby.
    struct SpacesTests {
        private static let master = MasterKey(bytes: [UInt8](repeating: 4, count: 32))!
        private static let plan = SQLHubStore.SpacePlan(
            name: "x", timeZone: "Asia/Shanghai", operatorCollections: [],
            url: "http://h:1/s/riverside")

        private let clock = WorldClock()

        private func spaces(
            _ address: String, versions: [PostgresTables.Version] = PostgresTables.versions
        ) -> PostgresSpaces {
            PostgresSpaces(
                PostgresPool(address, limit: 3), master: Self.master,
                environment: clock.environment(seed: 3), versions: versions)
        }

        private func database() throws -> String { try #require(PostgresServer.shared).database() }

        // MARK: Names

        @Test func renamedSpace_isServedUnderBothNames() throws {
            let spaces = spaces(try database())
            let space = try spaces.add("riverside", Self.plan).facts().space
            try spaces.rename("riverside", to: "old-town")
            for name in ["riverside", "old-town"] {
                #expect(try spaces.service(named: name)?.store.facts().space == space, "\(name)")
            }
            #expect(try spaces.list().map(\.name) == ["old-town"])
            // Invites carry the new name.
            let store = try spaces.open("old-town").store
            let invite = try store.invite(
                name: "d", role: .lead, expires: clock.now + 1_000, url: nil)
            #expect(invite.url == "http://h:1/s/old-town")
            // A name that devices still use is nobody else's; a name that is given up comes back.
            #expect(throws: SpaceFault.exists("riverside")) {
                try spaces.add("riverside", Self.plan)
            }
            #expect(throws: SpaceFault.exists("old-town")) {
                try spaces.rename("old-town", to: "old-town")
            }
            #expect(throws: SpaceFault.missing("nowhere")) {
                try spaces.rename("nowhere", to: "x")
            }
            #expect(throws: SpaceFault.badName("Old")) { try spaces.rename("old-town", to: "Old") }
            try spaces.rename("old-town", to: "riverside")
            #expect(try spaces.list().map(\.name) == ["riverside"])
            #expect(try spaces.service(named: "old-town")?.store.facts().space == space)
        }

        // MARK: Versions

        /// Hubs are upgraded one by one: a step that older programs do not mind lets them run on.
        @Test func newerProgram_upgradesTheTables_whileAnOlderOneServes() throws {
            let address = try database()
            let old = spaces(address)
            let store = try old.add("riverside", Self.plan)
            let step = PostgresTables.Version(
                statements: ["CREATE TABLE later(n bigint)", "ALTER TABLE seen ADD COLUMN x text"],
                needs: 1)
            let count = PostgresTables.versions.count
            let newer = spaces(address, versions: PostgresTables.versions + [step])
            #expect(try newer.open("riverside").store.facts().space == store.facts().space)
            #expect(try newer.list()[0].version == count + 1)
            // Under the hands of one that has its statements prepared, and of one that begins now.
            _ = try store.invite(name: "a", role: .lead, expires: clock.now + 9, url: nil)
            _ = try old.open("riverside").store.invite(
                name: "b", role: .lead, expires: clock.now + 9, url: nil)
            #expect(try old.service(named: "riverside") != nil)
            // One that they would mind shuts them out, in words; nothing of it happens twice.
            let breaking = PostgresTables.Version(
                statements: ["ALTER TABLE later ADD COLUMN m bigint"], needs: count + 2)
            let newest = spaces(address, versions: PostgresTables.versions + [step, breaking])
            for _ in 0..<2 { _ = try newest.open("riverside") }
            for spaces in [old, newer] {
                #expect(throws: SpaceFault.tooNew("riverside")) { try spaces.open("riverside") }
                #expect(throws: WireError.self) { try spaces.service(named: "riverside") }
            }
            let fault = #expect(throws: WireError.self) { try old.service(named: "riverside") }
            #expect(fault?.code.status == 503)
        }

        /// Two programs of the new version begin at once.
        @Test func twoUpgradesAtOnce_areOne() async throws {
            let address = try database()
            _ = try spaces(address).add("riverside", Self.plan)
            let step = PostgresTables.Version(
                statements: ["CREATE TABLE later(n bigint)"], needs: 1)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    let newer = spaces(address, versions: PostgresTables.versions + [step])
                    group.addTask { _ = try newer.open("riverside") }
                }
                try await group.waitForAll()
            }
            #expect(try spaces(address).list()[0].version == PostgresTables.versions.count + 1)
        }

        // MARK: Several databases

        @Test func spacesOverTwoDatabases_areFoundAndMove() async throws {
            let world = try await VerifyWorld.lived()
            let (one, two) = (spaces(try database()), spaces(try database()))
            _ = try one.add("hillside", Self.plan)
            try world.closeHub()
            let head = try two.take(HubFolder(world.hubPath), as: "riverside") { _, _ in }
            let shards = PostgresShards([one, two])
            #expect(try shards.service(named: "hillside") != nil)
            #expect(try shards.service(named: "riverside")?.store.newestHead() == head)
            #expect(try shards.service(named: "nowhere") == nil)
            #expect(try shards.list().map(\.name) == ["hillside", "riverside"])
            #expect(throws: SpaceFault.missing("nowhere")) { try shards.database(of: "nowhere") }

            // From one to the other: whoever served it finds it again.
            #expect(try await one.take("riverside", from: two) { _, _ in } == head)
            #expect(try shards.service(named: "riverside")?.store.newestHead() == head)
            #expect(try shards.database(of: "riverside").shownAddress == one.shownAddress)
            let (store, key) = try one.open("riverside")
            world.take(store, key)
            try world.set("a", VerifyWorld.stop(90), ["note": "moved"])
            let report = try await world.sync("a", "b", "a")
            #expect(report.healed == 0)
            #expect(try two.service(named: "riverside") == nil)

            // One in use in both is served from neither.
            _ = try two.add("hillside", Self.plan)
            #expect(throws: WireError.self) {
                try PostgresShards([one, two]).service(named: "hillside")
            }
            #expect(throws: SpaceFault.twice("hillside")) {
                try shards.database(of: "hillside")
            }
        }

        @Test func databaseThatIsAway_takesOnlyItsOwnSpacesWithIt() throws {
            let here = spaces(try database())
            _ = try here.add("riverside", Self.plan)
            let away = PostgresSpaces(
                PostgresPool(
                    "postgresql://u@127.0.0.1:1/x", limit: 1, patience: .milliseconds(50)),
                master: Self.master, environment: clock.environment(seed: 1))
            for shards in [PostgresShards([away, here]), PostgresShards([here, away])] {
                #expect(try shards.service(named: "riverside") != nil)
                try shards.check()
                // It may be in the one that is away: not "there is none".
                #expect(throws: StoreError.self) { try shards.service(named: "hillside") }
            }
            #expect(throws: StoreError.self) { try PostgresShards([away]).check() }
        }

        // MARK: A standby that lags

        /// Pulls are read from a copy that stays behind: what it gives is older, never wrong, and
        /// whoever has seen more gets it from where all is.
        @Test func pullsFromAStandbyThatLags_areOlderNeverWrong() async throws {
            let server = try #require(PostgresServer.shared)
            let address = try server.database()
            let master = MasterKey(bytes: [UInt8](repeating: 7, count: 32))!
            let world = try await VerifyWorld.lived { plan, environment in
                // Closed again: a database is copied only while nobody is in it.
                let spaces = PostgresSpaces(
                    PostgresPool(address, limit: 1), master: master, environment: environment)
                _ = try spaces.add("riverside", plan)
                return try spaces.open("riverside")
            }
            let old = try world.store.newestHead().head
            try await world.join("late")
            // The connections of the first pool end with it.
            world.take(
                try SQLHubStore(
                    path: world.folder.file("nothing.sqlite"), key: world.hubKey,
                    environment: world.clock.environment(seed: 8)), world.hubKey)
            let copy = try server.copy(of: address)
            let spaces = PostgresSpaces(
                PostgresPool(address, limit: 2), standby: PostgresPool(copy, limit: 2),
                master: master, environment: world.clock.environment(seed: 9))
            let (store, key) = try spaces.open("riverside")
            world.take(store, key)

            try world.set("a", VerifyWorld.stop(70), ["note": "after the copy"])
            try await world.sync("a")
            let new = try world.store.newestHead().head
            #expect(new.size > old.size)
            // Nothing was seen yet: the standby's older head will do.
            let page = try store.page(
                PageQuery(
                    device: try world.device("late"), cursor: nil, have: 0,
                    nonce: ID128(high: 1, low: 1), head: nil, pageBytes: 1))
            #expect(page.page.head.head.size < new.size && page.page.more)
            // A whole sync ends where the primary is, and heals nothing.
            for name in ["late", "b", "c", "a", "late"] {
                let report = try await world.sync(name)
                #expect(report.healed == 0 && report.halt == nil, "\(name)")
            }
            #expect(try world.replicas["late"]!.digestRoot() == world.store.status().digest)
            #expect(try store.epochs().count == world.store.epochs().count)
            // A standby that is away is done without.
            let without = PostgresSpaces(
                PostgresPool(address, limit: 2),
                standby: PostgresPool("postgresql://u@127.0.0.1:1/x", limit: 1), master: master,
                environment: world.clock.environment(seed: 9))
            world.take(try without.open("riverside").store, key)
            try world.set("b", VerifyWorld.stop(71), ["note": "no standby"])
            try await world.sync("b", "a")
            #expect(try world.replicas["a"]!.digestRoot() == world.store.status().digest)
        }

        // MARK: Backups

        @Test func backupOfASpace_isAHubAgain_inAFolderAndInADatabase() async throws {
            let world = try await VerifyWorld.lived(store: StoreConformanceTests.make())
            let file = world.folder.file("space.backup")
            let environment = world.clock.environment(seed: 6)
            let scratch = try TemporaryFolder()
            let report = try HubBackup(
                of: world.store, scratch: scratch.path,
                environment: environment
            ).write(to: file, passphrase: nil)
            let facts = try world.store.facts()
            #expect(report.position == facts.position && report.epoch == facts.epoch)
            #expect(try world.store.status().backedUpPosition == facts.position)
            let findings = try HubDoctor.examine(world.store, environment: environment)
            #expect(findings.map(\.id).contains("database"))
            #expect(findings.allSatisfy { $0.level != .bad }, "\(findings)")

            let folder = world.folder.file("restored")
            let restored = try HubRestore(environment: environment).restore(
                file, to: folder, with: [], passphrase: nil)
            #expect(restored.backupPosition == report.position && restored.isNewEpoch)
            let spaces = spaces(try database())
            let head = try spaces.take(HubFolder(folder), as: "again") { _, _ in }
            let (store, key) = try spaces.open("again")
            #expect(try store.newestHead() == head)
            world.take(store, key)
            try world.set("a", VerifyWorld.stop(95), ["note": "after the restore"])
            try await world.sync("a", "b", "c", "a")
            #expect(try world.replicas["c"]!.digestRoot() == world.store.status().digest)
        }
    }
#endif
