import CSQLite
import SyncCore

extension StoreFile {
    /// Opens a file that is only read; no tables are made or changed.
    ///
    /// - Parameters:
    ///   - isImmutable: nobody writes the file, and what lies beside it is not looked at.
    ///   - versions: the newest schema that the caller reads, by purpose.
    ///   - cacheKibibytes: pages that are held in memory at most.
    ///   - onceOpen: called while SQLite has the file open and has not read it.
    /// - Throws: `StoreError`; `notAReplica` for a file that is not one of FieldSync.
    package convenience init(
        reading path: String, isImmutable: Bool, versions: [Purpose: Int],
        cacheKibibytes: Int = 4 << 10, onceOpen: () throws -> Void = {}
    ) throws {
        let connections = SQLiteFile(
            try SQLiteConnection(
                isImmutable ? Self.immutableAddress(of: path) : path,
                flags: SQLITE_OPEN_READONLY | (isImmutable ? SQLITE_OPEN_URI : 0), path: path,
                busySeconds: Self.busySeconds,
                setup: [
                    "PRAGMA query_only = 1", "PRAGMA trusted_schema = 0",
                    "PRAGMA cache_size = -\(cacheKibibytes)",
                ]))
        try onceOpen()
        let (version, application) = try connections.read { connection in
            let store = StoreConnection(connection, path: path)
            return (
                try store.integer("PRAGMA user_version"),
                try store.integer("PRAGMA application_id")
            )
        }
        guard let purpose = Purpose(rawValue: Int32(truncatingIfNeeded: application)),
            let newest = versions[purpose]
        else {
            throw StoreError(.notAReplica, path: path, detail: "application id \(application)")
        }
        guard version <= newest else {
            throw StoreError(.tooNew, path: path, detail: "schema \(version)")
        }
        self.init(path: path, purpose: purpose, connections)
    }

    /// A SQLite URI that promises that nobody writes (https://www.sqlite.org/uri.html).
    private static func immutableAddress(of path: String) -> String {
        var escaped = ""
        for byte in path.utf8 {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || [0x2D, 0x2E, 0x2F, 0x5F, 0x7E].contains(byte)
            escaped += isPlain ? String(UnicodeScalar(byte)) : "%" + Hex.text([byte])
        }
        return "file:\(escaped)?immutable=1"
    }
}
