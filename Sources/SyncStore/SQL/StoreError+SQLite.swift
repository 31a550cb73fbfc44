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

    /// With less than this a disk has no room left for a save.
    private static let leastBytes: Int64 = 64 << 10

    private static func isUsedUp(_ path: String) -> Bool {
        PlainFile.freeBytes(at: path).map { $0 < leastBytes } ?? false
    }
}
