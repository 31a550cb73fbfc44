#if PostgreSQL
    package import SyncCore
    package import SyncHub
    package import SyncProtocol
    import SyncStore

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
        /// More than one database has it in use.
        case twice(String)
    }

    /// The spaces of one database.
    package final class PostgresSpaces: SpaceDirectory {
        private let pool: PostgresPool
        /// Looked at by those who ask whether the hub is ready: a hub with much to do is.
        private let probe: PostgresPool
        /// A standby that pulls may be read from.
        private let standby: PostgresPool?
        private let master: MasterKey
        private let versions: [PostgresTables.Version]
        private let table: SpaceTable
        let environment: Environment

        /// - Parameter standby: a replica of the same database, for pulls; it may lag behind.
        package convenience init(
            _ pool: PostgresPool, standby: PostgresPool? = nil, master: MasterKey,
            environment: Environment
        ) {
            self.init(
                pool, standby: standby, master: master, environment: environment,
                versions: PostgresTables.versions)
        }

        /// - Parameter versions: those of a newer program, in tests.
        init(
            _ pool: PostgresPool, standby: PostgresPool? = nil, master: MasterKey,
            environment: Environment, versions: [PostgresTables.Version]
        ) {
            self.pool = pool
            probe = pool.alike(limit: 1)
            self.standby = standby
            self.master = master
            self.environment = environment
            self.versions = versions
            table = SpaceTable(pool: pool)
        }

        package struct Listed: Sendable {
            package let name: String
            /// Of its tables.
            package let version: Int
            /// Milliseconds since 1970; nil: in use.
            package let retiredAt: Int64?
            /// Where it is, without a password.
            package let database: String
        }

        private static func isName(_ name: String) -> Bool {
            guard let first = name.utf8.first, (0x61...0x7A).contains(first), name.utf8.count <= 40
            else { return false }
            return name.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
            }
        }

        /// A schema's name outlives a space's: a new space of a name that was given up gets
        /// another one.
        private func schema(for name: String, _ connection: PostgresConnection) throws -> String {
            let plain = "space_" + name.map { $0 == "-" ? "_" : String($0) }.joined()
            let present = try SpaceTable.rows(
                connection,
                "SELECT count(*) FROM information_schema.schemata WHERE schema_name = ?",
                [.text(plain)])
            guard present.first?.first?.integer != 0 else { return plain }
            return "\(plain)_\(environment.randomID().hex.prefix(8))"
        }

        private static func address(of name: String, at url: String) -> String {
            "\(url)/s/\(name)"
        }

        var shownAddress: String { pool.shownAddress }

        // MARK: Making and changing

        /// Makes a space and its key.
        ///
        /// - Throws: `SpaceFault`, `StoreError`.
        package func add(_ name: String, _ plan: SQLHubStore.SpacePlan) throws -> SQLHubStore {
            guard let key = SigningKey(seed: environment.randomBytes(SigningKey.seedByteCount))
            else {
                preconditionFailure("32 bytes are a key")
            }
            let store = try store(makeSchema(name, key), key)
            try store.createSpace(plan)
            // Where it is served until somebody says otherwise.
            try store.noteServed(url: Self.address(of: name, at: HubFolder.defaultURL), tls: nil)
            return store
        }

        /// - Returns: the schema's name.
        private func makeSchema(_ name: String, _ key: SigningKey) throws -> String {
            guard Self.isName(name) else { throw SpaceFault.badName(name) }
            let sealed = try master.seal(key, for: name)
            return try table.change { connection in
                guard try SpaceTable.find(name, connection) == nil else {
                    throw SpaceFault.exists(name)
                }
                let schema = try schema(for: name, connection)
                try connection.send("CREATE SCHEMA \(schema)")
                try connection.send("SET LOCAL search_path = \(schema)")
                for statement in versions.flatMap(\.statements) { try connection.send(statement) }
                try SpaceTable.rows(
                    connection,
                    "INSERT INTO fieldsync.spaces VALUES(?, ?, ?, ?, ?, NULL) RETURNING name",
                    [
                        .text(name), .text(schema), .integer(Int64(versions.count)),
                        .integer(Int64(versions.map(\.needs).max() ?? 1)), .blob(sealed),
                    ])
                return schema
            }
        }

        /// Gives a space another name. Devices that know the old one go on under it.
        ///
        /// - Throws: `SpaceFault`, `StoreError`.
        package func rename(_ name: String, to new: String) throws {
            guard Self.isName(new) else { throw SpaceFault.badName(new) }
            guard name != new else { throw SpaceFault.exists(new) }
            let renamed = try table.change { connection -> SpaceRow in
                // Its key may be replaced meanwhile, and is sealed under the name.
                try SpaceTable.rows(
                    connection, "SELECT name FROM fieldsync.spaces WHERE name = ? FOR UPDATE",
                    [.text(name)])
                guard let row = try SpaceTable.find(name, connection), row.name == name else {
                    throw SpaceFault.missing(name)
                }
                if let other = try SpaceTable.find(new, connection), other.name != name {
                    throw SpaceFault.exists(new)
                }
                guard let key = master.open(row.sealedKey, for: name) else {
                    throw SpaceFault.wrongMasterKey(name)
                }
                let sealed = try master.seal(key, for: new)
                for (sql, values) in [
                    ("DELETE FROM fieldsync.former_names WHERE former = ?", [StoreValue.text(new)]),
                    (
                        "UPDATE fieldsync.former_names SET name = ? WHERE name = ?",
                        [.text(new), .text(name)]
                    ),
                    (
                        "INSERT INTO fieldsync.former_names VALUES(?, ?)",
                        [.text(name), .text(new)]
                    ),
                    (
                        "UPDATE fieldsync.spaces SET name = ?, sealed_key = ? WHERE name = ?",
                        [.text(new), .blob(sealed), .text(name)]
                    ),
                ] { try SpaceTable.rows(connection, sql, values) }
                return row
            }
            guard renamed.retiredAt == nil else { return }
            // New invites carry the new name.
            try open(new).store.moveAddress(from: "/s/" + name, to: "/s/" + new)
        }

        /// Takes a space out of service; nothing of it is deleted.
        ///
        /// - Throws: `SpaceFault`, `StoreError`.
        package func retire(_ name: String) throws {
            try setRetired(name, .integer(environment.nowMilliseconds()))
        }

        /// Puts a space that was retired back into service.
        func resume(_ name: String) throws { try setRetired(name, .null) }

        private func setRetired(_ name: String, _ time: StoreValue) throws {
            let rows = try table.change { connection in
                try SpaceTable.rows(
                    connection,
                    "UPDATE fieldsync.spaces SET retired_at = ? WHERE name = ? RETURNING name",
                    [time, .text(name)])
            }
            guard !rows.isEmpty else { throw SpaceFault.missing(name) }
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

        // MARK: Finding

        /// - Throws: `StoreError`.
        package func list() throws -> [Listed] {
            try table.all().map {
                Listed(
                    name: $0.name, version: $0.version, retiredAt: $0.retiredAt,
                    database: shownAddress)
            }
        }

        /// Whether the database has no space yet: only then is a master key made.
        package static func isEmpty(_ pool: PostgresPool) throws -> Bool {
            try SpaceTable(pool: pool).all().isEmpty
        }

        /// Whether the database has a space of this name, or had.
        package func has(_ name: String) throws -> Bool { try table.find(name) != nil }

        func isInUse(_ name: String) throws -> Bool {
            try list().contains { $0.name == name && $0.retiredAt == nil }
        }

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
            guard var row = try table.find(name) else { throw SpaceFault.missing(name) }
            guard allowsRetired || row.retiredAt == nil else { throw SpaceFault.retired(name) }
            if row.version < versions.count { row = try upgrade(row) }
            guard row.needs <= versions.count else { throw SpaceFault.tooNew(name) }
            guard let key = master.open(row.sealedKey, for: row.name) else {
                throw SpaceFault.wrongMasterKey(name)
            }
            let store = try store(row.schema, key)
            return (store, store.signingKey)
        }

        private func store(_ schema: String, _ key: SigningKey) throws -> SQLHubStore {
            try SQLHubStore(
                database: PostgresDatabase(pool, standby: standby, schema: schema), key: key,
                place: SpaceKeyPlace(schema: schema, master: master), environment: environment)
        }

        /// Brings a space's tables up to this program's version, while other programs go on using
        /// them: a step says which of those may.
        private func upgrade(_ old: SpaceRow) throws -> SpaceRow {
            try table.change { connection in
                // Another program may have done it meanwhile.
                guard let row = try SpaceTable.find(old.name, connection),
                    row.version < versions.count
                else { return old }
                let steps = versions[row.version...]
                try connection.send("SET LOCAL search_path = \(row.schema)")
                try connection.send("SELECT 1 FROM head FOR UPDATE")
                for statement in steps.flatMap(\.statements) { try connection.send(statement) }
                try SpaceTable.rows(
                    connection,
                    "UPDATE fieldsync.spaces SET version = ?, needs = ? WHERE name = ? RETURNING name",
                    [
                        .integer(Int64(versions.count)),
                        .integer(Int64(max(row.needs, steps.map(\.needs).max() ?? 1))),
                        .text(row.name),
                    ])
                return try SpaceTable.find(row.name, connection) ?? row
            }
        }

        /// Where a hub that moves here goes: a space that is new, or that an earlier attempt made.
        ///
        /// - Throws: `SpaceFault`, `StoreError`.
        func place(for name: String, _ key: SigningKey) throws -> PostgresDatabase {
            if let row = try table.find(name) {
                let (store, own) = try openToMove(name)
                guard own.publicKey == key.publicKey, try store.isMoving() || store.isEmpty() else {
                    throw SpaceFault.exists(name)
                }
                return PostgresDatabase(pool, schema: row.schema)
            }
            return PostgresDatabase(pool, schema: try makeSchema(name, key))
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

        // MARK: SpaceDirectory

        package func check() throws {
            _ = try probe.patiently { connection in
                try connection.send(PostgresFailure.expectPrimary)
                try connection.finish()
            }
        }

        package func proveWriting() throws {
            _ = try probe.patiently { connection in
                // A record of the log that no table is touched by; its commit is flushed.
                try connection.send("SELECT pg_logical_emit_message(true, 'fieldsync', '')")
                try connection.finish()
            }
        }

        package func service(named name: String) throws -> HubService? {
            do {
                let store = try open(name).store
                return HubService(store: store, environment: environment)
            } catch let fault as SpaceFault {
                switch fault {
                case .missing, .retired, .badName, .exists: return nil
                case .tooNew, .wrongMasterKey, .twice: throw WireError.notServed
                }
            } catch is HubFolderFault { return nil }
        }
    }

    extension WireError {
        /// The operator's to mend; devices keep what they have.
        static let notServed = WireError(
            .hubNotReady, message: "this hub cannot open the space now",
            mend: "nothing is lost: try again later, or ask the operator")
    }
#endif
