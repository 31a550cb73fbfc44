#if PostgreSQL
    import CPostgres
    import SyncStore

    /// A prepared statement and the rows of its last run.
    final class PostgresStatement: ForeignStatement {
        private let connection: PostgresConnection
        private let sql: String
        private let isScan: Bool
        private let returnsRows: Bool
        private var values: [StoreValue] = []
        private var result: OpaquePointer?
        private var row: Int32 = -1
        private var rowCount: Int32 = 0
        private var cursor: String?
        private var hasRun = false

        /// Rows of a long answer that are held at once.
        private static let rowsPerFetch: Int32 = 256

        /// Of the rows that are held.
        var columnCount: Int32 { result.map { PQnfields($0) } ?? 0 }

        init(_ connection: PostgresConnection, _ sql: String) {
            self.connection = connection
            self.sql = sql
            isScan = PostgresText.isScan(sql)
            returnsRows = sql.hasPrefix("SELECT") || sql.contains("RETURNING")
        }

        deinit { clear() }

        func bind(_ index: Int32, _ value: StoreValue) {
            let place = Int(index) - 1
            while values.count <= place { values.append(.null) }
            values[place] = value
        }

        func step() throws -> Bool {
            if !hasRun { try run() }
            row += 1
            if row < rowCount { return true }
            guard cursor != nil, rowCount == Self.rowsPerFetch else { return false }
            try fetch()
            row = 0
            return rowCount > 0
        }

        private func run() throws {
            hasRun = true
            guard !isScan else {
                let name = connection.nextCursor()
                try connection.send(connection.prepareCursor(sql, named: name), values)
                cursor = name
                return try fetch()
            }
            try connection.send(connection.prepare(sql), values)
            guard returnsRows else { return }
            take(try connection.wait())
        }

        private func fetch() throws {
            guard let cursor else { return }
            try connection.send("FETCH \(Self.rowsPerFetch) FROM \(cursor)")
            take(try connection.wait())
        }

        private func take(_ new: OpaquePointer) {
            clear()
            result = new
            (row, rowCount) = (-1, PQntuples(new))
        }

        private func clear() {
            result.map { PQclear($0) }
            result = nil
            rowCount = 0
        }

        func reset() {
            clear()
            if let cursor {
                try? connection.send("CLOSE \(cursor)")
                connection.giveBack(cursor)
            }
            cursor = nil
            (row, hasRun) = (-1, false)
        }

        // MARK: Columns

        func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
            guard let result, let start = PQgetvalue(result, row, column) else {
                return UnsafeRawBufferPointer(start: nil, count: 0)
            }
            return UnsafeRawBufferPointer(
                start: start, count: Int(PQgetlength(result, row, column)))
        }

        func integer(_ column: Int32) -> Int64 {
            guard let result, !isNull(column) else { return 0 }
            return PostgresValue.integer(bytes(column), PQftype(result, column))
        }

        func isNull(_ column: Int32) -> Bool {
            guard let result else { return true }
            return PQgetisnull(result, row, column) == 1
        }

        func isInteger(_ column: Int32) -> Bool {
            guard let result, !isNull(column) else { return false }
            return [PostgresValue.int2, PostgresValue.int4, PostgresValue.int8]
                .contains(PQftype(result, column))
        }

        func isText(_ column: Int32) -> Bool {
            guard let result, !isNull(column) else { return false }
            return PQftype(result, column) == PostgresValue.text
        }
    }

    /// A transaction's connection as the store's tables use it.
    final class PostgresTransaction: ForeignConnection {
        private let connection: PostgresConnection

        init(_ connection: PostgresConnection) {
            self.connection = connection
        }

        func prepare(_ sql: String) throws -> any ForeignStatement {
            PostgresStatement(connection, sql)
        }

        func execute(_ sql: String) throws {
            try connection.send(sql)
            try connection.finish()
        }

        func changedCount() throws -> Int { try connection.changedCount() }
    }
#endif
