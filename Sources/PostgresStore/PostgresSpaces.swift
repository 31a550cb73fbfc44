#if PostgreSQL
    package import SyncCore
    package import SyncHub
    package import SyncProtocol
    package import SyncStore

    /// Why a database has no such space.
    package enum SpaceFault: Error, Sendable, Equatable {
        /// Lower-case letters, digits and hyphens, at most 40, a letter first.
        case badName(String)
        case exists(String)
        case missing(String)
        case retired(String)
        /// The master key is not the one under which the space's key was sealed.
        case wrongMasterKey(String)
        /// A newer version of FieldSync made it.
        case tooNew(String)
    }

    /// The spaces of one database.
    package final class PostgresSpaces: SpaceDirectory {
        private let pool: PostgresPool
        private let master: MasterKey
        let environment: Environment

        package init(_ pool: PostgresPool, master: MasterKey, environment: Environment) {
            self.pool = pool
            self.master = master
            self.environment = environment
        }

        /// A number that no other program takes: schema changes wait for each other.
        private static let advisoryLock = 0x4653_5370

        package struct Listed: Sendable {
            package let name: String
            package let version: Int
            /// Milliseconds since 1970; nil: in use.
            package let retiredAt: Int64?
        }

        private static func isName(_ name: String) -> Bool {
            guard let first = name.utf8.first, (0x61...0x7A).contains(first), name.utf8.count <= 40
            else { return false }
            return name.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
            }
        }

        private static func schema(of name: String) -> String {
            "space_" + name.map { $0 == "-" ? "_" : String($0) }.joined()
        }

        private static func address(of name: String, at url: String) -> String {
            "\(url)/s/\(name)"
        }

        /// Notes where every space in use is served: what invites point to if the operator gave no
        /// other address.
        ///
        /// - Parameter url: of the hub, without a space.
        /// - Throws: `SpaceFault`, `StoreError`.
        package func noteServed(at url: String, tls: Hash256?) throws {
            var failure: (any Error)?
            for space in try list() where space.retiredAt == nil {
                do {
                    try open(space.name).store.noteServed(
                        url: Self.address(of: space.name, at: url), tls: tls)
                } catch { failure = error }
            }
            if let failure { throw failure }
        }

        /// Makes a space and its key.
        ///
        /// - Throws: `SpaceFault`, `StoreError`.
        package func add(_ name: String, _ plan: SQLHubStore.SpacePlan) throws -> SQLHubStore {
            guard let key = SigningKey(seed: environment.randomBytes(SigningKey.seedByteCount))
            else {
                preconditionFailure("32 bytes are a key")
            }
            try makeSchema(name, key)
            let store = try store(Self.schema(of: name), key)
            try store.createSpace(plan)
            // Where it is served until somebody says otherwise.
            try store.noteServed(url: Self.address(of: name, at: HubFolder.defaultURL), tls: nil)
            return store
        }

        private func makeSchema(_ name: String, _ key: SigningKey) throws {
            guard Self.isName(name) else { throw SpaceFault.badName(name) }
            let schema = Self.schema(of: name)
            let sealed = try master.seal(key, for: name)
            try change { connection in
                let present = try Self.rows(
                    connection, "SELECT name FROM fieldsync.spaces WHERE name = ? OR schema = ?",
                    [.text(name), .text(schema)])
                guard present.isEmpty else { throw SpaceFault.exists(name) }
                try connection.send("CREATE SCHEMA \(schema)")
                try connection.send("SET LOCAL search_path = \(schema)")
                for statement in PostgresTables.versions.joined() { try connection.send(statement) }
                _ = try Self.rows(
                    connection,
                    "INSERT INTO fieldsync.spaces VALUES(?, ?, ?, ?, NULL) RETURNING name",
                    [
                        .text(name), .text(schema), .integer(Int64(PostgresTables.versions.count)),
                        .blob(sealed),
                    ])
            }
        }

        /// - Throws: `StoreError`.
        package func list() throws -> [Listed] {
            try change { connection in
                try Self.rows(
                    connection,
                    "SELECT name, version, retired_at FROM fieldsync.spaces ORDER BY name", []
                ).map { row in
                    Listed(
                        name: row[0].text, version: Int(row[1].integer), retiredAt: row[2].optional)
                }
            }
        }

        /// Where a hub that moves here goes: a space that is new, or that an earlier attempt made.
        ///
        /// - Throws: `SpaceFault`, `StoreError`.
        func place(for name: String, _ key: SigningKey) throws -> PostgresDatabase {
            if let (store, own) = try openIfThere(name) {
                guard own.publicKey == key.publicKey, try store.isMoving() || store.isEmpty() else {
                    throw SpaceFault.exists(name)
                }
            } else {
                try makeSchema(name, key)
            }
            return PostgresDatabase(pool, schema: Self.schema(of: name))
        }

        /// Rows that come from now on are numbered after those that were copied.
        static func countOn(_ store: StoreConnection) throws {
            for (table, column) in [
                ("records", "row"), ("beneath", "sequence"), ("authored", "rowid"),
            ] {
                try store.execute(
                    "SELECT setval(pg_get_serial_sequence('\(table)', '\(column)'), "
                        + "coalesce((SELECT max(\(column)) FROM \(table)), 0) + 1, false)")
            }
        }

        /// Nil if the database has no such space.
        private func openIfThere(_ name: String) throws -> (store: SQLHubStore, key: SigningKey)? {
            do { return try openToMove(name) } catch SpaceFault.missing { return nil }
        }

        /// Puts a space that was retired back into service.
        func resume(_ name: String) throws {
            _ = try change { connection in
                try Self.rows(
                    connection,
                    "UPDATE fieldsync.spaces SET retired_at = NULL WHERE name = ? RETURNING name",
                    [.text(name)])
            }
        }

        /// Whether the database has no space yet: only then is a master key made.
        package static func isEmpty(_ pool: PostgresPool) throws -> Bool {
            try pool.lend { connection in
                connection.schema = "fieldsync"
                let rows = try rows(
                    connection,
                    "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'fieldsync' "
                        + "AND table_name = 'spaces'", [])
                guard rows.first?.first?.integer == 1 else { return true }
                return try Self.rows(connection, "SELECT name FROM fieldsync.spaces LIMIT 1", [])
                    .isEmpty
            }
        }

        func isInUse(_ name: String) throws -> Bool {
            try list().contains { $0.name == name && $0.retiredAt == nil }
        }

        var shownAddress: String { pool.shownAddress }

        /// - Throws: `SpaceFault`, `HubFolderFault` (moved), `StoreError`.
        package func open(_ name: String) throws -> (store: SQLHubStore, key: SigningKey) {
            let opened = try openAny(name, allowsRetired: false)
            try opened.store.expectHere()
            return opened
        }

        /// Opens a space whether its hub is there or not.
        func openToMove(_ name: String) throws -> (store: SQLHubStore, key: SigningKey) {
            try openAny(name, allowsRetired: true)
        }

        private func openAny(
            _ name: String, allowsRetired: Bool
        ) throws -> (store: SQLHubStore, key: SigningKey) {
            let rows = try change { connection in
                try Self.rows(
                    connection,
                    "SELECT schema, version, sealed_key, retired_at FROM fieldsync.spaces "
                        + "WHERE name = ?", [.text(name)])
            }
            guard let row = rows.first else { throw SpaceFault.missing(name) }
            guard allowsRetired || row[3].optional == nil else { throw SpaceFault.retired(name) }
            guard row[1].integer <= PostgresTables.versions.count else {
                throw SpaceFault.tooNew(name)
            }
            guard let key = master.open(row[2].bytes, for: name) else {
                throw SpaceFault.wrongMasterKey(name)
            }
            return (try store(row[0].text, key), key)
        }

        /// Takes a space out of service; nothing of it is deleted.
        ///
        /// - Throws: `SpaceFault`, `StoreError`.
        package func retire(_ name: String) throws {
            let now = environment.nowMilliseconds()
            let rows = try change { connection in
                try Self.rows(
                    connection,
                    "UPDATE fieldsync.spaces SET retired_at = ? WHERE name = ? RETURNING name",
                    [.integer(now), .text(name)])
            }
            guard !rows.isEmpty else { throw SpaceFault.missing(name) }
        }

        private func store(_ schema: String, _ key: SigningKey) throws -> SQLHubStore {
            try SQLHubStore(
                database: PostgresDatabase(pool, schema: schema), key: key, environment: environment
            )
        }

        package func check() throws {
            _ = try pool.patiently { connection in
                try connection.send("SELECT 1")
                try connection.finish()
            }
        }

        package func service(named name: String) throws -> HubService? {
            do {
                let (store, key) = try open(name)
                return HubService(store: store, key: key, environment: environment)
            } catch SpaceFault.missing, SpaceFault.retired { return nil } catch is HubFolderFault {
                return nil
            }
        }

        // MARK: The directory of spaces

        /// One change at a time, whoever makes it.
        private func change<T>(_ body: (PostgresConnection) throws -> T) throws -> T {
            try pool.patiently { connection in
                connection.schema = "fieldsync"
                return try connection.transaction(
                    [
                        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
                        "SELECT pg_advisory_xact_lock(\(Self.advisoryLock))",
                    ] + PostgresTables.directory
                ) { try body(connection) }
            }
        }

        private struct Cell {
            let text: String
            let integer: Int64
            let bytes: [UInt8]
            let optional: Int64?
        }

        private static func rows(
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
                            text: String(decoding: statement.bytes(column), as: UTF8.self),
                            integer: statement.integer(column),
                            bytes: Array(statement.bytes(column)),
                            optional: statement.isNull(column) ? nil : statement.integer(column))
                    })
            }
            return rows
        }
    }
#endif
