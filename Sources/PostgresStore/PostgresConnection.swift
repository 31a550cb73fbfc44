#if PostgreSQL
    // One connection to a PostgreSQL server, through libpq.
    //
    // Statements are prepared once by a connection and run with binary parameters. Those that return
    // nothing are sent ahead (libpq's pipeline mode): the connection waits only where a result is
    // asked for, so that a batch of a thousand records does not cost a thousand round trips.
    // Source: https://www.postgresql.org/docs/15/libpq-pipeline-mode.html

    import CPostgres
    import SyncStore

    #if canImport(Darwin)
        import Darwin
    #elseif canImport(Musl)
        import Musl
    #else
        import Glibc
    #endif

    /// Not safe to share: the pool lends it to one caller at a time.
    final class PostgresConnection {
        /// A statement as the server has it.
        struct Prepared {
            let name: String
            /// Type OIDs of its parameters.
            let parameters: [Oid]
        }

        /// Sent and not waited for: few enough that neither side's buffer can fill up with both waiting.
        private static let pendingLimit = 128

        /// What is told by a statement's text, once for each.
        struct Shape {
            let isScan: Bool
            let returnsRows: Bool
            let effect: PostgresCache.Effect
        }

        private var shapes: [String: Shape] = [:]

        func shape(of sql: String) -> Shape {
            if let known = shapes[sql] { return known }
            let shape = Shape(
                isScan: PostgresText.isScan(sql),
                returnsRows: sql.hasPrefix("SELECT") || sql.firstRange(of: "RETURNING") != nil,
                effect: PostgresCache.effect(of: sql))
            if shapes.count >= Self.statementLimit { shapes.removeAll() }
            shapes[sql] = shape
            return shape
        }

        /// Rows that the last statement is known to change.
        var knownChange: Int?

        /// A statement that hangs must not hold a thread for ever, nor a lock that others wait for.
        private static let settings =
            "SET synchronous_commit = on; SET statement_timeout = '20s'; SET lock_timeout = '10s'; "
            + "SET idle_in_transaction_session_timeout = '60s'"
        /// A server that stands still ends no statement: longer than the one that it would end itself.
        private static let answerPatience = Duration.seconds(25)

        private let handle: OpaquePointer
        /// For tests: told before each statement is sent.
        var beforeSend: ((PostgresConnection) throws -> Void)?
        /// For tests: what is sent next is carried out, and nothing is heard of it.
        var isDeafForTests = false
        /// The same text means other tables in another schema.
        private struct Statement: Hashable {
            let schema: String
            let sql: String
            /// 0: for the server to say.
            let types: [Oid]
        }

        private var prepared: [Statement: Prepared] = [:]
        /// Sent, and not known to have arrived: what follows a failure is not carried out.
        private var unproven: [Statement] = []
        private var statementCount = 0
        private var pending = 0
        /// Names of cursors that are closed: their declarations are prepared already.
        private var freeCursors: [String] = []
        private var cursorCount = 0
        /// Rows that the last statement changed, once it was waited for.
        private var lastChangedCount = 0
        /// The schema of the transaction.
        var schema = ""

        /// - Throws: `StoreError`.
        init(_ address: String) throws {
            let shown = PostgresAddress.shown(address)
            guard let options = PostgresAddress.settings(of: address) else {
                throw StoreError(.cannotOpen, path: shown, detail: "not a database's address")
            }
            let names = options.map { strdup($0.0) }
            let values = options.map { strdup($0.1) }
            defer { for text in names + values { free(text) } }
            let nameList = names.map { UnsafePointer<CChar>($0) } + [nil]
            let valueList = values.map { UnsafePointer<CChar>($0) } + [nil]
            guard let handle = PQconnectdbParams(nameList, valueList, 0) else {
                throw StoreError(.cannotOpen, path: shown, detail: "no memory")
            }
            func fail(_ kind: StoreError.Kind, _ detail: String) -> StoreError {
                PQfinish(handle)
                return StoreError(kind, path: shown, detail: detail)
            }
            guard PQstatus(handle) == CONNECTION_OK else {
                throw fail(.locked, PostgresFailure.line(PQerrorMessage(handle)))
            }
            guard
                PQparameterStatus(handle, "server_encoding").map({ String(cString: $0) }) == "UTF8"
            else { throw fail(.cannotOpen, "the database's encoding is not UTF8") }
            PQsetNoticeReceiver(handle, PostgresNotice.note, notice.pointer)
            let set = PQexec(handle, Self.settings)
            let isSet = PQresultStatus(set) == PGRES_COMMAND_OK
            PQclear(set)
            guard isSet, PQenterPipelineMode(handle) == 1 else {
                throw fail(.locked, "settings")
            }
            self.handle = handle
        }

        /// What the server says beside its answers.
        private let notice = PostgresNotice()

        deinit { PQfinish(handle) }

        var isBroken: Bool { isLost || PQstatus(handle) != CONNECTION_OK }
        /// Whether answers are missing: nothing more can be read in its place.
        private var isLost = false

        /// From so many statements on the server holds more for it than is worth keeping.
        private static let statementLimit = 600

        /// Whether another one should take its place.
        private(set) var isWornOut = false

        // MARK: Statements

        /// Prepares a statement with `?` for its parameters, once: it is sent ahead of its first use.
        ///
        /// - Parameter values: of its first use: they tell the parameters' types.
        func prepare(_ sql: String, _ values: [StoreValue] = []) throws -> Prepared {
            let key = Statement(
                schema: schema, sql: sql, types: PostgresValue.types(of: values, in: sql))
            if let known = prepared[key] { return known }
            // A name is never used again, whatever became of the statement.
            statementCount += 1
            if statementCount > Self.statementLimit { isWornOut = true }
            let name = "s\(statementCount)"
            try check(
                PQsendPrepare(
                    handle, name, PostgresText.numbered(sql), Int32(key.types.count), key.types))
            pending += 1
            let found = Prepared(name: name, parameters: key.types)
            prepared[key] = found
            unproven.append(key)
            return found
        }

        func nextCursor() -> String {
            if let free = freeCursors.popLast() { return free }
            cursorCount += 1
            return "c\(cursorCount)"
        }

        func giveBack(_ cursor: String) { freeCursors.append(cursor) }

        /// Prepares the declaration of a cursor over a query.
        func prepareCursor(
            _ sql: String, named name: String, _ values: [StoreValue]
        ) throws -> Prepared {
            try prepare("DECLARE \(name) NO SCROLL BINARY CURSOR FOR \(sql)", values)
        }

        /// Runs a statement without waiting for it.
        func send(_ statement: Prepared, _ values: [StoreValue]) throws {
            try beforeSend?(self)
            let encoded = zip(values, statement.parameters).map {
                PostgresValue.encoded($0, as: $1)
            }
            let count = Int32(encoded.count)
            let lengths = encoded.map { Int32($0?.count ?? 0) }
            let formats = [Int32](repeating: 1, count: encoded.count)
            // One buffer for all values: pointers into it stay good while it is sent.
            let joined = encoded.reduce(into: [UInt8]()) { $0 += $1 ?? [] } + [0]
            let sent = joined.withUnsafeBufferPointer { buffer -> Int32 in
                var offset = 0
                let pointers = encoded.map { bytes -> UnsafePointer<CChar>? in
                    guard let bytes else { return nil }
                    defer { offset += bytes.count }
                    return UnsafeRawPointer(buffer.baseAddress! + offset)
                        .assumingMemoryBound(to: CChar.self)
                }
                return PQsendQueryPrepared(
                    handle, statement.name, count, pointers, lengths, formats, 1)
            }
            try check(sent)
            pending += 1
            if pending >= Self.pendingLimit { try finish() }
        }

        /// Runs SQL without parameters, without waiting for it.
        func send(_ sql: String) throws {
            try beforeSend?(self)
            try check(PQsendQueryParams(handle, sql, 0, nil, nil, nil, nil, 1))
            pending += 1
        }

        /// Runs a statement with each of these values; their results in this order.
        func results(
            _ statement: Prepared, _ values: [[StoreValue]]
        ) throws -> [PostgresResult] {
            var found: [PostgresResult] = []
            for start in stride(from: 0, to: values.count, by: Self.pendingLimit - 1) {
                let part = values[start..<min(start + Self.pendingLimit - 1, values.count)]
                try finish()
                for one in part { try send(statement, one) }
                let last = try wait { found.append(PostgresResult($0)) }
                found.append(PostgresResult(last))
            }
            return found
        }

        /// Waits for everything that was sent.
        ///
        /// - Throws: `StoreError` for the first that failed.
        func finish() throws {
            guard pending > 0 else { return }
            PQclear(try wait())
        }

        /// Waits for everything that was sent; the caller clears the last result.
        ///
        /// - Parameter onEarlier: takes over each result before the last; nil: they are cleared.
        func wait(onEarlier: ((OpaquePointer) -> Void)? = nil) throws -> OpaquePointer {
            try check(PQpipelineSync(handle))
            if isDeafForTests { cutForTests(after: 50_000) }
            let deadline = ContinuousClock.now + Self.answerPatience
            var last: OpaquePointer?
            var failure: StoreError?
            var isAtEnd = false
            while true {
                guard let result = try nextResult(until: deadline) else {
                    // The end of one statement's results; twice in a row it is that of the connection.
                    if isAtEnd || isBroken {
                        isLost = true
                        failure = failure ?? broken()
                        break
                    }
                    isAtEnd = true
                    continue
                }
                isAtEnd = false
                let status = PQresultStatus(result)
                if status == PGRES_PIPELINE_SYNC {
                    PQclear(result)
                    break
                }
                if status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE {
                    failure = failure ?? PostgresFailure.error(result)
                    if PostgresFailure.endsConnection(result) { isWornOut = true }
                    PQclear(result)
                    if isBroken {
                        isLost = true
                        break
                    }
                    continue
                }
                if status == PGRES_PIPELINE_ABORTED {
                    PQclear(result)
                    continue
                }
                if let last { if let onEarlier { onEarlier(last) } else { PQclear(last) } }
                last = result
                lastChangedCount = Int(String(cString: PQcmdTuples(result))) ?? 0
            }
            pending = 0
            if failure != nil { for key in unproven { prepared[key] = nil } }
            unproven.removeAll()
            if let failure {
                last.map { PQclear($0) }
                // What libpq says of a connection that broke has no code of its own.
                throw isBroken ? StoreError(.locked, path: "", detail: failure.detail) : failure
            }
            guard let last else { throw broken() }
            return last
        }

        /// For tests: the connection ends, as when a host vanishes.
        ///
        /// - Parameter after: microseconds in which the server can go on with what it was sent.
        func cutForTests(after microseconds: UInt32 = 0) {
            isDeafForTests = false
            usleep(microseconds)
            let nothing = open("/dev/null", O_RDWR)
            dup2(nothing, PQsocket(handle))
            close(nothing)
        }

        private func nextResult(until deadline: ContinuousClock.Instant) throws -> OpaquePointer? {
            while PQisBusy(handle) == 1 {
                var socket = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
                let left = (deadline - ContinuousClock.now) / .milliseconds(1)
                let ready = left > 0 ? poll(&socket, 1, Int32(left.rounded(.up))) : 0
                if ready < 0, errno == EINTR { continue }
                guard ready > 0 else {
                    isLost = true
                    throw StoreError(.locked, path: "", detail: "the database does not answer")
                }
                // What broke is told by the result.
                if PQconsumeInput(handle) != 1 { break }
            }
            return PQgetResult(handle)
        }

        /// Runs `body` in a transaction: all of it is committed when this returns, or nothing.
        ///
        /// - Parameters:
        ///   - opening: what begins it, waited for before `body` runs.
        ///   - isRead: nobody waits for the end of a transaction that changed nothing.
        func transaction<T>(
            _ opening: [String], isRead: Bool = false, _ body: () throws -> T
        ) throws -> T {
            do {
                for statement in opening { try send(prepare(statement), []) }
                try finish()
                let result = try body()
                if isRead {
                    try send(prepare("COMMIT"), [])
                    PQflush(handle)
                    return result
                }
                try finish()
                notice.hasWarned = false
                try send(prepare("COMMIT"), [])
                try finish()
                // A commit that was not to wait for its standby any longer is one all the same, with a
                // warning: it may be lost with this server. It is asked for again.
                // Source: SyncRepWaitForLSN in PostgreSQL's syncrep.c.
                guard !notice.hasWarned else {
                    isLost = true
                    throw StoreError(.locked, path: "", detail: "the standby has not answered")
                }
                return result
            } catch {
                if !isBroken {
                    try? finish()
                    try? send("ROLLBACK")
                    try? finish()
                    // One that could not be ended would be the next caller's.
                    if PQtransactionStatus(handle) != PQTRANS_IDLE { isLost = true }
                }
                throw error
            }
        }

        /// Rows that the last statement changed.
        func changedCount() throws -> Int {
            if let knownChange { return knownChange }
            try finish()
            return lastChangedCount
        }

        // MARK: Errors

        private func check(_ code: Int32) throws {
            guard code == 1 else { throw broken() }
        }

        private func broken() -> StoreError {
            StoreError(
                .locked, path: "", detail: PostgresFailure.line(PQerrorMessage(handle)))
        }

    }

#endif
