import GRDB
import GRDBSQLite

extension StoreError {
    /// Maps a SQLite result code (https://www.sqlite.org/rescode.html).
    init(sqliteCode: Int32, path: String, detail: String) {
        let kind: Kind =
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
        self.init(kind, path: path, detail: detail)
    }

    /// Runs `body` and maps what GRDB throws.
    static func mapping<T>(path: String, _ body: () throws -> T) throws -> T {
        do { return try body() } catch let error as DatabaseError {
            throw StoreError(
                sqliteCode: error.extendedResultCode.rawValue, path: path,
                detail: error.message ?? "")
        }
    }
}
