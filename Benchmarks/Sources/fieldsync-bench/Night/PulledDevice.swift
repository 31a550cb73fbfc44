import CPlainSQLite

/// A device that has pulled the hub's journal before tonight.
///
/// 140 replicas of 1,000,000 records would need 70 GB, so each device takes over only the cursor
/// and the head of one that really pulled them: the hub serves it the night's records and no
/// others. Its digest cannot equal the hub's; see `TimedTransport.isWithoutRepair`.
struct PulledDevice {
    let path: String

    /// Makes the replica at `other` stand where this one stands.
    func lendCursor(to other: String) {
        var handle: OpaquePointer?
        defer { sqlite3_close(handle) }
        run(sqlite3_open(other, &handle), handle)
        run(sqlite3_busy_timeout(handle, 5_000), handle)
        run(sqlite3_exec(handle, "ATTACH '\(path)' AS pulled", nil, nil, nil), handle)
        let copy = """
            INSERT OR REPLACE INTO main.meta SELECT * FROM pulled.meta
            WHERE key IN ('cursor', 'head', 'pulled_size')
            """
        run(sqlite3_exec(handle, copy, nil, nil, nil), handle)
        precondition(sqlite3_changes(handle) == 3, "the lender has pulled")
    }

    private func run(_ code: Int32, _ handle: OpaquePointer?) {
        precondition(code == SQLITE_OK, "SQLite: \(String(cString: sqlite3_errmsg(handle)))")
    }
}
