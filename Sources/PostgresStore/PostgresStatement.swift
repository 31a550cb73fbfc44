#if PostgreSQL
    import CPostgres
    import SyncStore

    /// A prepared statement and the rows of its last run.
    final class PostgresStatement: ForeignStatement {
        private let connection: PostgresConnection
        private let cache: PostgresCache?
        private let sql: String
        private let shape: PostgresConnection.Shape
        private var values: [StoreValue] = []
        private var result: PostgresResult?
        /// Which of the result's columns are this statement's; nil: all.
        private var columns: [Int32]?
        private var row: Int32 = -1
        private var cursor: String?
        private var hasRun = false

        /// Rows of a long answer that are held at once.
        private static let rowsPerFetch: Int32 = 256

        /// Of the rows that are held.
        var columnCount: Int32 { result.map { PQnfields($0.handle) } ?? 0 }

        /// - Parameter cache: of the transaction; nil: every row is asked for.
        init(_ connection: PostgresConnection, _ sql: String, cache: PostgresCache? = nil) {
            self.connection = connection
            self.sql = sql
            self.cache = cache
            shape = connection.shape(of: sql)
        }

        func bind(_ index: Int32, _ value: StoreValue) {
            let place = Int(index) - 1
            while values.count <= place { values.append(.null) }
            values[place] = value
        }

        func step() throws -> Bool {
            if !hasRun { try run() }
            row += 1
            let count = result?.count ?? 0
            if row < count { return true }
            guard cursor != nil, count == Self.rowsPerFetch else { return false }
            try fetch()
            row = 0
            return (result?.count ?? 0) > 0
        }

        private func run() throws {
            hasRun = true
            connection.knownChange = nil
            guard !shape.isScan else {
                let name = connection.nextCursor()
                try connection.send(
                    connection.prepareCursor(sql, named: name, values), values)
                cursor = name
                return try fetch()
            }
            if let cache, case .asks(let question, let columns) = shape.effect {
                return try ask(question, columns, cache)
            }
            if let cache { noteWrite(cache) }
            try connection.send(connection.prepare(sql, values), values)
            guard shape.returnsRows else { return }
            take(PostgresResult(try connection.wait()))
        }

        private func ask(
            _ question: PostgresCache.Question, _ columns: [Int32]?, _ cache: PostgresCache
        ) throws {
            if question == .meta, !cache.hasAllMeta {
                try connection.send(connection.prepare(PostgresCache.allMeta), [])
                cache.keepAllMeta(PostgresResult(try connection.wait()))
            }
            if let known = cache.row(question, values) {
                self.columns = columns
                return take(known)
            }
            let isRecord = question == .record
            try connection.send(
                connection.prepare(isRecord ? PostgresCache.recordByName : sql, values), values)
            let found = PostgresResult(try connection.wait())
            cache.keep(question, values, found)
            self.columns = columns
            take(found)
        }

        private func noteWrite(_ cache: PostgresCache) {
            if case .makesRecord(let id, let collection) = shape.effect,
                cache.lacksRecord(values[id], values[collection])
            {
                // Nobody else writes here meanwhile: it will be made.
                connection.knownChange = 1
            }
            cache.note(shape.effect, values)
        }

        private func fetch() throws {
            guard let cursor else { return }
            try connection.send("FETCH \(Self.rowsPerFetch) FROM \(cursor)")
            take(PostgresResult(try connection.wait()))
        }

        private func take(_ new: PostgresResult) {
            result = new
            row = -1
        }

        func reset() {
            result = nil
            if let cursor {
                try? connection.send("CLOSE \(cursor)")
                connection.giveBack(cursor)
            }
            cursor = nil
            (row, hasRun) = (-1, false)
        }

        // MARK: Columns

        private func place(_ column: Int32) -> Int32 { columns?[Int(column)] ?? column }

        func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
            let column = place(column)
            guard let handle = result?.handle, let start = PQgetvalue(handle, row, column) else {
                return UnsafeRawBufferPointer(start: nil, count: 0)
            }
            return UnsafeRawBufferPointer(
                start: start, count: Int(PQgetlength(handle, row, column)))
        }

        func integer(_ column: Int32) -> Int64 {
            guard let handle = result?.handle, !isNull(column) else { return 0 }
            return PostgresValue.integer(bytes(column), PQftype(handle, place(column)))
        }

        func isNull(_ column: Int32) -> Bool {
            guard let handle = result?.handle else { return true }
            return PQgetisnull(handle, row, place(column)) == 1
        }

        private func type(_ column: Int32) -> Oid? {
            guard let handle = result?.handle, !isNull(column) else { return nil }
            return PQftype(handle, place(column))
        }

        func isInteger(_ column: Int32) -> Bool {
            guard let type = type(column) else { return false }
            return [PostgresValue.int2, PostgresValue.int4, PostgresValue.int8].contains(type)
        }

        func isText(_ column: Int32) -> Bool { type(column) == PostgresValue.text }
    }

    /// A transaction's connection as the store's tables use it.
    final class PostgresTransaction: ForeignConnection {
        private let connection: PostgresConnection
        private let cache = PostgresCache()

        init(_ connection: PostgresConnection) {
            self.connection = connection
        }

        func prepare(_ sql: String) throws -> any ForeignStatement {
            PostgresStatement(connection, sql, cache: cache)
        }

        func execute(_ sql: String) throws {
            // Savepoints take no row with them but where one is gone back to.
            if !sql.hasPrefix("SAVEPOINT"), !sql.hasPrefix("RELEASE") { cache.clear() }
            connection.knownChange = nil
            try connection.send(connection.prepare(sql), [])
        }

        func prefetch(_ sql: String, _ keys: [[StoreValue]]) throws {
            guard case .asks(let question, _) = connection.shape(of: sql).effect else { return }
            let missing = keys.filter { cache.row(question, $0) == nil }
            guard !missing.isEmpty else { return }
            let asked = question == .record ? PostgresCache.recordByName : sql
            let found = try connection.results(connection.prepare(asked, missing[0]), missing)
            for (key, result) in zip(missing, found) { cache.keep(question, key, result) }
        }

        func changedCount() throws -> Int { try connection.changedCount() }
    }
#endif
