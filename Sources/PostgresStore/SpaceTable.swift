#if PostgreSQL
    import SyncStore

    /// A space as the directory has it.
    struct SpaceRow {
        let name: String
        let schema: String
        /// Of its tables.
        let version: Int
        /// The oldest version of a program's that may go on using them.
        let needs: Int
        let sealedKey: [UInt8]
        /// Milliseconds since 1970; nil: in use.
        let retiredAt: Int64?
    }

    /// The directory of a database's spaces: which there are, each key sealed under the master key.
    struct SpaceTable {
        /// A number that no other program takes: schema changes wait for each other.
        private static let advisoryLock = 0x4653_5370

        private static let definitions = [
            "CREATE SCHEMA IF NOT EXISTS fieldsync",
            """
            CREATE TABLE IF NOT EXISTS fieldsync.spaces(
                name text COLLATE "C" PRIMARY KEY,
                schema text COLLATE "C" NOT NULL UNIQUE,
                version integer NOT NULL,
                needs integer NOT NULL,
                sealed_key bytea NOT NULL,
                retired_at bigint
            )
            """,
            // Devices that joined before a space was renamed go on under its old name.
            """
            CREATE TABLE IF NOT EXISTS fieldsync.former_names(
                former text COLLATE "C" PRIMARY KEY, name text COLLATE "C" NOT NULL
            )
            """,
        ]

        private static let columns = "name, schema, version, needs, sealed_key, retired_at"

        let pool: PostgresPool

        /// One change at a time, whoever makes it.
        func change<T>(_ body: (PostgresConnection) throws -> T) throws -> T {
            try pool.patiently { connection in
                connection.schema = "fieldsync"
                return try connection.transaction(
                    [
                        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
                        "SELECT pg_advisory_xact_lock(\(Self.advisoryLock))",
                    ] + Self.definitions
                ) { try body(connection) }
            }
        }

        /// Nil in a database that never had a space.
        private func look<T>(_ body: (PostgresConnection) throws -> T) throws -> T? {
            try pool.patiently { connection in
                connection.schema = "fieldsync"
                return try connection.transaction(
                    ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"], isRead: true
                ) {
                    let there = try Self.rows(
                        connection,
                        "SELECT count(*) FROM information_schema.tables WHERE table_schema = "
                            + "'fieldsync' AND table_name = 'former_names'", [])
                    guard there.first?.first?.integer == 1 else { return nil }
                    return try body(connection)
                }
            }
        }

        /// Every space by its name, retired ones too.
        func all() throws -> [SpaceRow] {
            try look { connection in
                try Self.rows(
                    connection, "SELECT \(Self.columns) FROM fieldsync.spaces ORDER BY name", []
                ).map(Self.row)
            } ?? []
        }

        /// A space by its name, or by one that it had.
        func find(_ name: String) throws -> SpaceRow? {
            try look { try Self.find(name, $0) } ?? nil
        }

        static func find(_ name: String, _ connection: PostgresConnection) throws -> SpaceRow? {
            for query in [
                "SELECT \(columns) FROM fieldsync.spaces WHERE name = ?",
                "SELECT \(columns) FROM fieldsync.spaces WHERE name = "
                    + "(SELECT name FROM fieldsync.former_names WHERE former = ?)",
            ] {
                if let found = try rows(connection, query, [.text(name)]).first {
                    return row(found)
                }
            }
            return nil
        }

        private static func row(_ cells: [Cell]) -> SpaceRow {
            SpaceRow(
                name: cells[0].text, schema: cells[1].text, version: Int(cells[2].integer),
                needs: Int(cells[3].integer), sealedKey: cells[4].bytes,
                retiredAt: cells[5].optional)
        }

        // MARK: Rows

        struct Cell {
            let bytes: [UInt8]
            let integer: Int64
            let optional: Int64?

            var text: String { String(decoding: bytes, as: UTF8.self) }
        }

        @discardableResult
        static func rows(
            _ connection: PostgresConnection, _ sql: String, _ values: [StoreValue]
        ) throws -> [[Cell]] {
            let statement = PostgresStatement(connection, sql)
            for (index, value) in values.enumerated() { statement.bind(Int32(index + 1), value) }
            defer { statement.reset() }
            var rows: [[Cell]] = []
            while try statement.step() {
                rows.append(
                    (0..<statement.columnCount).map { column in
                        Cell(
                            bytes: Array(statement.bytes(column)),
                            integer: statement.integer(column),
                            optional: statement.isNull(column) ? nil : statement.integer(column))
                    })
            }
            return rows
        }
    }
#endif
