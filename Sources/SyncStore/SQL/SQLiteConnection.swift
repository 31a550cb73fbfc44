import CSQLite

/// One connection to a SQLite file. Used by one thread at a time.
final class SQLiteConnection {
    /// SQLite's own.
    let handle: OpaquePointer
    private let path: String
    private var statements: [String: OpaquePointer] = [:]

    /// Once for the process; false where something else had begun to use SQLite.
    private static let isConfigured = csqlite_leave_memory_uncounted() == SQLITE_OK

    /// - Parameters:
    ///   - name: a path, "" for a file of no name, or a URI if `flags` say so.
    ///   - flags: of `sqlite3_open_v2`.
    ///   - path: what errors name.
    ///   - busySeconds: how long a call waits for another process.
    ///   - setup: statements that each connection begins with.
    /// - Throws: `StoreError`.
    init(
        _ name: String, flags: Int32, path: String, busySeconds: Double = 0, setup: [String]
    ) throws {
        _ = Self.isConfigured
        var opened: OpaquePointer?
        // A connection is used by one thread at a time: SQLite need not see to that.
        let code = sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            let detail = opened.map { String(cString: sqlite3_errmsg($0)) } ?? ""
            sqlite3_close_v2(opened)
            throw StoreError(sqliteCode: code, path: path, detail: detail)
        }
        handle = opened
        self.path = path
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, Int32(busySeconds * 1_000))
        csqlite_refuse_quoted_strings(handle)
        do { for statement in setup { try execute(statement) } } catch {
            close()
            throw error
        }
    }

    deinit { close() }

    private var isClosed = false

    /// Ends the connection. The last one to a file moves its log into it.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        for statement in statements.values { sqlite3_finalize(statement) }
        statements = [:]
        sqlite3_close_v2(handle)
    }

    /// Runs statements that return nothing, or whose rows nobody wants.
    func execute(_ sql: String) throws {
        try expectOpen()
        try check(sqlite3_exec(handle, sql, nil, nil, nil))
    }

    private func run(_ sql: String) throws {
        try StoreStatement(statement(sql), owner: self, path: path).run()
    }

    /// The texts of what was prepared so far.
    var preparedTexts: [String] { Array(statements.keys) }

    /// A prepared statement, kept by the connection: it must not be in use when it is asked for again.
    func statement(_ sql: String) throws -> OpaquePointer? {
        try expectOpen()
        if let kept = statements[sql] { return kept }
        var made: OpaquePointer?
        try check(
            sqlite3_prepare_v3(
                handle, sql, -1, UInt32(bitPattern: SQLITE_PREPARE_PERSISTENT), &made, nil))
        if let made { statements[sql] = made }
        return made
    }

    /// The first column of the first row as a text; nil if there is none.
    func text(_ sql: String) throws -> String? {
        let statement = StoreStatement(try self.statement(sql), owner: self, path: path)
        defer { statement.reset() }
        return try statement.step() && !statement.isNull(0) ? statement.text(0) : nil
    }

    /// Runs `body` in a transaction: all of it or none.
    ///
    /// - Parameter beginning: `BEGIN` or `BEGIN IMMEDIATE`.
    func transaction<T>(_ beginning: String, _ body: () throws -> T) throws -> T {
        try run(beginning)
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            // SQLite ends a transaction itself after some errors, as a full disk.
            if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
            throw error
        }
    }

    /// Copies what is committed now (https://www.sqlite.org/backup.html).
    func copy(to target: SQLiteConnection) throws {
        guard let backup = sqlite3_backup_init(target.handle, "main", handle, "main") else {
            return try target.check(sqlite3_extended_errcode(target.handle))
        }
        var code = SQLITE_OK
        repeat { code = sqlite3_backup_step(backup, -1) } while code == SQLITE_OK
        let end = sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE else {
            throw StoreError(
                sqliteCode: code, path: target.path, detail: String(cString: sqlite3_errstr(code)))
        }
        try target.check(end)
    }

    /// The row that the last statement inserted.
    var insertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Rows that the last statement changed.
    var changedCount: Int { Int(sqlite3_changes(handle)) }

    /// Another thread may have closed the file since its owner looked.
    private func expectOpen() throws {
        guard !isClosed else { throw StoreError(.other, path: path, detail: "closed") }
    }

    private func check(_ code: Int32) throws {
        guard code != SQLITE_OK else { return }
        throw StoreError(on: handle, code, path: path)
    }
}
