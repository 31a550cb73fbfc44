import CSQLite

extension StoreError {
    /// Maps a SQLite result code (https://www.sqlite.org/rescode.html).
    init(sqliteCode: Int32, path: String, detail: String) {
        var kind: Kind =
            switch sqliteCode & 0xFF {
            case SQLITE_BUSY, SQLITE_LOCKED: .locked
            case SQLITE_READONLY, SQLITE_PERM: .readOnly
            case SQLITE_FULL: .diskFull
            case SQLITE_IOERR: .inputOutput
            case SQLITE_CORRUPT: .corrupt
            case SQLITE_NOTADB: .notAReplica
            case SQLITE_CANTOPEN, SQLITE_AUTH: .cannotOpen
            default: .other
            }
        // Where no room is left for the files that it needs beside the database, SQLite speaks of
        // an input or output error.
        if [.inputOutput, .cannotOpen, .other].contains(kind), Self.isUsedUp(path) {
            kind = .diskFull
        }
        self.init(kind, path: path, detail: detail)
    }

    /// What a call to SQLite said just now.
    ///
    /// After an error of the disk the connection leaves the log as it is when it ends. SQLite 3.40
    /// removed a log that it had not moved into the file, and with it all that was committed there:
    /// where the file beside it (`-shm`) could not be written, it took its failing locks for those of
    /// readers.
    init(on handle: OpaquePointer?, _ code: Int32, path: String) {
        self.init(sqliteCode: code, path: path, detail: String(cString: sqlite3_errmsg(handle)))
        if let handle, kind != .locked, kind != .other { csqlite_leave_log(handle) }
    }

    /// With less than this a disk has no room left for a save.
    private static let leastBytes: Int64 = 64 << 10

    private static func isUsedUp(_ path: String) -> Bool {
        PlainFile.freeBytes(at: path).map { $0 < leastBytes } ?? false
    }
}
