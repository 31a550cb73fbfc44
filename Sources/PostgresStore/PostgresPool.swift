#if PostgreSQL
    import SyncStore
    import Synchronization

    #if canImport(Darwin)
        import Darwin
    #elseif canImport(Musl)
        import Musl
    #else
        import Glibc
    #endif

    /// Connections to one database, at most so many; who finds none waits.
    package final class PostgresPool: @unchecked Sendable {
        // Guard: `lock` is held wherever what follows it is read or changed.
        private static let patienceSeconds = 10

        private let address: String
        private let limit: Int
        /// How long a transaction that another one, or a failing server, ended is begun again.
        let patience: Duration
        private var lock = pthread_mutex_t()
        private var returned = pthread_cond_t()
        private var idle: [PostgresConnection] = []
        private var count = 0

        /// For tests: told before each statement is sent.
        var beforeSend: ((PostgresConnection) throws -> Void)?

        /// - Parameters:
        ///   - limit: of connections; a PostgreSQL server has 100 by default.
        ///   - patience: how long a transaction that another one, or a failing server, ended is
        ///     begun again.
        package init(_ address: String, limit: Int = 8, patience: Duration = .seconds(3)) {
            self.patience = patience
            self.address = address
            self.limit = limit
            pthread_mutex_init(&lock, nil)
            pthread_cond_init(&returned, nil)
        }

        deinit {
            pthread_mutex_destroy(&lock)
            pthread_cond_destroy(&returned)
        }

        /// Other connections to the same database.
        func alike(limit: Int) -> PostgresPool {
            PostgresPool(address, limit: limit, patience: patience)
        }

        /// Without the password.
        package var shownAddress: String { PostgresAddress.shown(address) }

        /// Lends a connection. One that broke is not lent again.
        ///
        /// - Throws: `StoreError` of kind `locked` if the server is away; what `body` throws.
        func lend<T>(_ body: (PostgresConnection) throws -> T) throws -> T {
            let connection = try take()
            defer { giveBack(connection) }
            connection.beforeSend = beforeSend
            return try body(connection)
        }

        /// The same, begun again for a moment while the server is away: connections that died are found
        /// out by using them.
        func patiently<T>(_ body: (PostgresConnection) throws -> T) throws -> T {
            let deadline = ContinuousClock.now + patience
            while true {
                do { return try lend(body) } catch let error as StoreError
                    where error.kind == .locked && ContinuousClock.now < deadline
                {
                    usleep(20_000)
                }
            }
        }

        private func take() throws -> PostgresConnection {
            pthread_mutex_lock(&lock)
            var deadline = timespec()
            clock_gettime(CLOCK_REALTIME, &deadline)
            deadline.tv_sec += Self.patienceSeconds
            while idle.isEmpty, count >= limit {
                guard pthread_cond_timedwait(&returned, &lock, &deadline) == 0 else {
                    pthread_mutex_unlock(&lock)
                    throw StoreError(
                        .locked, path: shownAddress, detail: "all connections are in use")
                }
            }
            if let connection = idle.popLast() {
                pthread_mutex_unlock(&lock)
                return connection
            }
            count += 1
            pthread_mutex_unlock(&lock)
            do { return try PostgresConnection(address) } catch {
                pthread_mutex_lock(&lock)
                count -= 1
                pthread_cond_signal(&returned)
                pthread_mutex_unlock(&lock)
                throw error
            }
        }

        private func giveBack(_ connection: PostgresConnection) {
            pthread_mutex_lock(&lock)
            if connection.isBroken || connection.isWornOut {
                count -= 1
            } else {
                idle.append(connection)
            }
            pthread_cond_signal(&returned)
            pthread_mutex_unlock(&lock)
        }
    }
#endif
