#if PostgreSQL
    // A space's tables in a PostgreSQL database.
    //
    // Each space has a schema of its own, so that its statements cannot meet another space's rows
    // (docs/decisions/0025). A write locks the space's one row first and reads in statements of its
    // own after that: under READ COMMITTED each of them sees what the last holder committed, and
    // positions come out dense and in the order of the commits. A read is one snapshot.

    import SyncCore
    package import SyncStore

    #if canImport(Darwin)
        import Darwin
    #elseif canImport(Musl)
        import Musl
    #else
        import Glibc
    #endif

    /// One space in a database. Safe to use from any thread.
    package final class PostgresDatabase: StoreDatabase {
        private let pool: PostgresPool
        private let schema: String

        /// How long a transaction that another one, or a failing server, ended is begun again.
        private static let patience = Duration.seconds(3)
        private static let pauseMicroseconds: UInt32 = 20_000

        init(_ pool: PostgresPool, schema: String) {
            self.pool = pool
            self.schema = schema
        }

        package var path: String { "\(pool.shownAddress)#\(schema)" }

        package func read<T>(_ body: (StoreConnection) throws -> T) throws -> T {
            try transaction(
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", locksHead: false, body)
        }

        package func write<T>(_ body: (StoreConnection) throws -> T) throws -> T {
            try transaction(
                "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", locksHead: true, body)
        }

        package func close() throws {}

        private func transaction<T>(
            _ begin: String, locksHead: Bool, _ body: (StoreConnection) throws -> T
        ) throws -> T {
            let deadline = ContinuousClock.now + Self.patience
            while true {
                do { return try once(begin, locksHead: locksHead, body) } catch let error
                    as StoreError
                    where error.kind == .locked && ContinuousClock.now < deadline
                {
                    usleep(Self.pauseMicroseconds)
                }
            }
        }

        private func once<T>(
            _ begin: String, locksHead: Bool, _ body: (StoreConnection) throws -> T
        ) throws -> T {
            try pool.lend { connection in
                connection.schema = schema
                let opening =
                    [begin, "SET LOCAL search_path = \(schema)"]
                    + (locksHead ? ["SELECT 1 FROM head FOR NO KEY UPDATE"] : [])
                do {
                    return try connection.transaction(opening) {
                        try body(
                            StoreConnection(foreign: PostgresTransaction(connection), path: path))
                    }
                } catch let error as StoreError where error.path.isEmpty {
                    throw StoreError(error.kind, path: path, detail: error.detail)
                }
            }
        }
    }
#endif
