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

    /// A server that ends a connection, a statement or a transaction: nothing is half done, nothing
    /// hangs, and the next call is served.
    struct PostgresFailureTests {
        private struct Fixture {
            let pool: PostgresPool
            let other: PostgresPool
            let database: PostgresDatabase

            init() throws {
                let server = try #require(PostgresServer.shared)
                let address = try server.database()
                pool = PostgresPool(address, limit: 2)
                other = PostgresPool(address, limit: 1)
                try other.lend { connection in
                    for statement in [
                        "CREATE SCHEMA s", "SET search_path = s",
                        "CREATE TABLE head(only_row integer)", "INSERT INTO head VALUES(1)",
                        "CREATE TABLE t(n bigint PRIMARY KEY)",
                    ] { try connection.send(statement) }
                    try connection.finish()
                }
                database = PostgresDatabase(pool, schema: "s")
            }

            func count() throws -> Int64 {
                try database.read { try $0.integer("SELECT count(*) FROM t") }
            }

            /// Ends every other connection of the database, as a failover does.
            func endConnections() throws {
                try other.lend { connection in
                    try connection.send(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
                            + "pg_backend_pid() AND datname = current_database()")
                    try connection.finish()
                }
            }
        }

        /// Of a test's own time: the library's limit counts from before it is its turn.
        private static let limit = Duration.seconds(60)

        @Test func connectionEnded_beforeACall_isReplaced() throws {
            let fixture = try Fixture()
            let start = ContinuousClock.now
            #expect(try fixture.count() == 0)
            try fixture.endConnections()
            #expect(try fixture.count() == 0)
            try fixture.endConnections()
            try fixture.database.write { try $0.run("INSERT INTO t VALUES(?)", .integer(1)) }
            #expect(try fixture.count() == 1)
            #expect(ContinuousClock.now - start < Self.limit)
        }

        /// At each statement of a transaction: it is done again as a whole, or not at all.
        @Test(arguments: 0..<6)
        func connectionEnded_withinAWrite_leavesNoHalf(at step: Int) throws {
            let fixture = try Fixture()
            let start = ContinuousClock.now
            var attempt = 0
            try fixture.database.write { store in
                attempt += 1
                for index in 0..<5 {
                    if index == step, attempt == 1 { try fixture.endConnections() }
                    try store.run("INSERT INTO t VALUES(?)", .integer(Int64(index)))
                    _ = try store.integer("SELECT count(*) FROM t")
                }
            }
            #expect(try fixture.count() == 5)
            #expect(attempt == (step < 5 ? 2 : 1))
            #expect(ContinuousClock.now - start < Self.limit)
        }

        @Test func failureOfTheCaller_rollsBack_andTheConnectionGoesOn() throws {
            let fixture = try Fixture()
            struct Stop: Error {}
            #expect(throws: Stop.self) {
                try fixture.database.write { store in
                    try store.run("INSERT INTO t VALUES(?)", .integer(1))
                    throw Stop()
                }
            }
            #expect(throws: StoreError.self) {
                try fixture.database.write { store in
                    try store.run("INSERT INTO t VALUES(?)", .integer(2))
                    try store.run("INSERT INTO t VALUES(?)", .integer(2))
                    _ = try store.integer("SELECT count(*) FROM t")
                }
            }
            #expect(throws: StoreError.self) {
                try fixture.database.read { try $0.integer("SELECT nothing FROM t") }
            }
            #expect(try fixture.count() == 0)
            try fixture.database.write { try $0.run("INSERT INTO t VALUES(?)", .integer(3)) }
            #expect(try fixture.count() == 1)
        }

        @Test func aReadSeesOneMoment_andWritesWaitForEachOther() async throws {
            let fixture = try Fixture()
            try fixture.database.read { store in
                #expect(try store.integer("SELECT count(*) FROM t") == 0)
                let writer = PostgresDatabase(fixture.other, schema: "s")
                try writer.write { try $0.run("INSERT INTO t VALUES(?)", .integer(1)) }
                #expect(try store.integer("SELECT count(*) FROM t") == 0)
            }
            #expect(try fixture.count() == 1)
            // Each takes the largest number and adds one: without the lock some would meet.
            let database = fixture.database
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        for _ in 0..<40 {
                            try database.write { store in
                                let last = try store.integer("SELECT coalesce(max(n), 0) FROM t")
                                try store.run("INSERT INTO t VALUES(?)", .integer(last + 1))
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try fixture.count() == 81)
        }

        @Test func aLongAnswer_isReadThroughACursor_alsoBesideOthers() throws {
            let fixture = try Fixture()
            try fixture.other.lend { connection in
                try connection.send("SET search_path = s")
                try connection.send("CREATE TABLE journal(position bigint PRIMARY KEY)")
                try connection.send("INSERT INTO journal SELECT generate_series(1, 1000)")
                try connection.finish()
            }
            try fixture.database.read { store in
                for start in [Int64(0), 500, 744, 999, 1_000] {
                    var sum: Int64 = 0
                    try store.each(
                        "SELECT position FROM journal WHERE position > ? ORDER BY position",
                        .integer(start)
                    ) { row in
                        sum += row.integer(0)
                        // Another one of the same text, in between.
                        var first: Int64 = 0
                        let inner = try store.prepare(
                            "SELECT position FROM journal WHERE position > ? ORDER BY position")
                        inner.bind(1, row.integer(0) - 1)
                        if try inner.step() { first = inner.integer(0) }
                        inner.reset()
                        #expect(first == row.integer(0))
                    }
                    #expect(sum == (1_000 * 1_001 - start * (start + 1)) / 2)
                }
            }
        }

        @Test func serverThatIsNotThere_isSaidAtOnce_withoutThePassword() {
            let pool = PostgresPool("postgresql://u:secret@127.0.0.1:1/x", limit: 1)
            do {
                try PostgresDatabase(pool, schema: "s").read { _ in }
                Issue.record("a server answered")
            } catch let error as StoreError {
                #expect(error.kind == .locked)
                #expect(!"\(error)".contains("secret") && error.path.contains("u@127.0.0.1"))
            } catch { Issue.record("\(error)") }
        }
    }
#endif
