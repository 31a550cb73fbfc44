import CPlainSQLite

/// The same rows in a plain typed table, through SQLite's C API: one prepared statement, bound
/// values, write-ahead log, `synchronous=FULL`.
final class PlainTable {
    private var handle: OpaquePointer?
    private var insert: OpaquePointer?
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(path: String) {
        check(sqlite3_open(path, &handle))
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = FULL")
        run("PRAGMA cache_size = -8192")
        run(
            """
            CREATE TABLE IF NOT EXISTS stops(
                id TEXT PRIMARY KEY, point TEXT, grid TEXT, mode TEXT, arrived_at TEXT,
                left_at TEXT, team_size INTEGER, people_helped INTEGER,
                inquiries_answered INTEGER, weather TEXT, note TEXT)
            """)
        check(
            sqlite3_prepare_v2(
                handle, "INSERT INTO stops VALUES(?,?,?,?,?,?,?,?,?,?,?)", -1, &insert, nil))
    }

    /// - Parameter rowsPerCommit: so many rows are one transaction.
    func insert(_ rows: [StopRow], rowsPerCommit: Int) {
        var done = 0
        while done < rows.count {
            let end = min(done + rowsPerCommit, rows.count)
            run("BEGIN IMMEDIATE")
            for row in rows[done..<end] { insert(row) }
            run("COMMIT")
            done = end
        }
    }

    private func insert(_ row: StopRow) {
        bind(1, row.idText)
        bind(2, row.point)
        bind(3, row.grid)
        bind(4, row.mode)
        bind(5, row.arrivedAt)
        bind(6, row.leftAt)
        sqlite3_bind_int64(insert, 7, Int64(row.teamSize))
        sqlite3_bind_int64(insert, 8, Int64(row.peopleHelped))
        sqlite3_bind_int64(insert, 9, Int64(row.inquiriesAnswered))
        bind(10, row.weather)
        bind(11, row.note)
        let code = sqlite3_step(insert)
        precondition(code == SQLITE_DONE, "insert: \(code)")
        sqlite3_reset(insert)
    }

    private func bind(_ index: Int32, _ text: String) {
        sqlite3_bind_text(insert, index, text, -1, Self.transient)
    }

    func run(_ sql: String) {
        check(sqlite3_exec(handle, sql, nil, nil, nil))
    }

    private func check(_ code: Int32) {
        precondition(code == SQLITE_OK, "SQLite: \(String(cString: sqlite3_errmsg(handle)))")
    }

    /// Moves the log into the file.
    func close() {
        sqlite3_finalize(insert)
        run("PRAGMA wal_checkpoint(TRUNCATE)")
        sqlite3_close(handle)
    }
}
