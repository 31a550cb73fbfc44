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
        private let address: String
        private let limit: Int
        private var lock = pthread_mutex_t()
        private var returned = pthread_cond_t()
        private var idle: [PostgresConnection] = []
        private var count = 0

        /// - Parameter limit: of connections; a PostgreSQL server has 100 by default.
        package init(_ address: String, limit: Int = 8) {
            self.address = address
            self.limit = limit
            // Seconds; what the address or the environment says counts more.
            setenv("PGCONNECT_TIMEOUT", "5", 0)
            pthread_mutex_init(&lock, nil)
            pthread_cond_init(&returned, nil)
        }

        deinit {
            pthread_mutex_destroy(&lock)
            pthread_cond_destroy(&returned)
        }

        /// Without the password.
        package var shownAddress: String { PostgresConnection.shown(address) }

        /// Lends a connection. One that broke is not lent again.
        ///
        /// - Throws: `StoreError` of kind `locked` if the server is away; what `body` throws.
        func lend<T>(_ body: (PostgresConnection) throws -> T) throws -> T {
            let connection = try take()
            defer { giveBack(connection) }
            return try body(connection)
        }

        private func take() throws -> PostgresConnection {
            pthread_mutex_lock(&lock)
            while idle.isEmpty, count >= limit { pthread_cond_wait(&returned, &lock) }
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
            if connection.isBroken { count -= 1 } else { idle.append(connection) }
            pthread_cond_signal(&returned)
            pthread_mutex_unlock(&lock)
        }
    }
#endif
