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
        /// A replica of the database, which may lag behind.
        private let standby: PostgresPool?
        private let schema: String

        private static let pauseMicroseconds: UInt32 = 20_000
        private static let pauseLimitMicroseconds: UInt32 = 320_000

        init(_ pool: PostgresPool, standby: PostgresPool? = nil, schema: String) {
            self.pool = pool
            self.standby = standby
            self.schema = schema
        }

        package var path: String { "\(pool.shownAddress)#\(schema)" }

        private static let beginReading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

        package func read<T>(_ body: (StoreConnection) throws -> T) throws -> T {
            try transaction(
                [Self.beginReading, PostgresFailure.expectPrimary], locksHead: false, body)
        }

        package func readBehind<T>(_ body: (StoreConnection) throws -> T) throws -> T? {
            guard let standby else { return nil }
            return try once(on: standby, [Self.beginReading], locksHead: false, body)
        }

        package func write<T>(_ body: (StoreConnection) throws -> T) throws -> T {
            try transaction(
                ["BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"], locksHead: true, body)
        }

        package func close() throws {}

        private func transaction<T>(
            _ begin: [String], locksHead: Bool, _ body: (StoreConnection) throws -> T
        ) throws -> T {
            let deadline = ContinuousClock.now + pool.patience
            var pause = Self.pauseMicroseconds
            while true {
                do { return try once(on: pool, begin, locksHead: locksHead, body) } catch let error
                    as StoreError
                    where Self.isPassing(error) && ContinuousClock.now < deadline
                {
                    usleep(pause)
                    pause = min(pause * 2, Self.pauseLimitMicroseconds)
                }
            }
        }

        /// The server failed, or is a standby now: another connection may find the primary.
        private static func isPassing(_ error: StoreError) -> Bool {
            error.kind == .locked || error.kind == .readOnly
        }

        private func once<T>(
            on pool: PostgresPool, _ begin: [String], locksHead: Bool,
            _ body: (StoreConnection) throws -> T
        ) throws -> T {
            try pool.lend { connection in
                connection.schema = schema
                let opening =
                    begin + ["SET LOCAL search_path = \(schema)"]
                    + (locksHead ? ["SELECT 1 FROM head FOR NO KEY UPDATE"] : [])
                do {
                    return try connection.transaction(opening, isRead: !locksHead) {
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
