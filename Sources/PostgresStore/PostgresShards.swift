#if PostgreSQL
    // Spaces over several databases.
    //
    // Problem: one primary has a bound; past it spaces are spread over several, and a space may move
    // from one to another.
    // Idea: a space lies whole in one database, and each database lists its own: there is no table of
    // routes that could be lost or lag. A hub remembers where it found a space, looks there first, and
    // asks the others when it is not there any more. A database that is away takes only its own spaces
    // with it.

    package import SyncCore
    package import SyncHub
    import SyncProtocol
    import Synchronization
    import SyncStore

    /// The spaces of several databases, as one directory.
    package final class PostgresShards: SpaceDirectory {
        package let databases: [PostgresSpaces]
        /// Which database a space was found in last.
        private let routes = Mutex<[String: Int]>([:])

        /// - Parameter databases: at least one.
        package init(_ databases: [PostgresSpaces]) {
            precondition(!databases.isEmpty)
            self.databases = databases
        }

        package func service(named name: String) throws -> HubService? {
            let known = routes.withLock { $0[name] }
            if let known, let service = try databases[known].service(named: name) { return service }
            var found: [(index: Int, service: HubService)] = []
            var failure: (any Error)?
            for (index, database) in databases.enumerated() where index != known {
                do {
                    if let service = try database.service(named: name) {
                        found.append((index, service))
                    }
                } catch { failure = error }
            }
            // Two hubs of one name: which of them a device meant cannot be told.
            guard found.count <= 1 else { throw WireError.notServed }
            guard let one = found.first else {
                // It may be in the one that is away.
                if let failure { throw failure }
                return nil
            }
            routes.withLock { $0[name] = one.index }
            return one.service
        }

        /// Answers as long as one of them does: the others' spaces are answered 503, not all.
        package func check() throws { try any { try $0.check() } }

        package func proveWriting() throws { try any { try $0.proveWriting() } }

        private func any(_ body: (PostgresSpaces) throws -> Void) throws {
            var failure: (any Error)?
            for database in databases {
                do { return try body(database) } catch { failure = error }
            }
            if let failure { throw failure }
        }

        /// - Throws: `StoreError`.
        package func list() throws -> [PostgresSpaces.Listed] {
            try databases.flatMap { try $0.list() }
        }

        /// The database that has a space.
        ///
        /// - Throws: `SpaceFault` (missing, twice), `StoreError`.
        package func database(of name: String) throws -> PostgresSpaces {
            guard databases.count > 1 else { return databases[0] }
            let found = try databases.filter { try $0.has(name) }
            let used = found.count > 1 ? try found.filter { try $0.isInUse(name) } : found
            guard used.count <= 1 else { throw SpaceFault.twice(name) }
            guard let one = used.first ?? found.first else { throw SpaceFault.missing(name) }
            return one
        }

        /// - Throws: `SpaceFault`, `StoreError`.
        package func noteServed(at url: String, tls: Hash256?) throws {
            for database in databases { try database.noteServed(at: url, tls: tls) }
        }
    }
#endif
