import GRDB
import SyncCore

extension StoreFile {
    /// Opens a file that is only read; no tables are made or changed.
    ///
    /// - Parameters:
    ///   - isImmutable: nobody writes the file, and what lies beside it is not looked at.
    ///   - versions: the newest schema that the caller reads, by purpose.
    ///   - onceOpen: called while SQLite has the file open and has not read it.
    /// - Throws: `StoreError`; `notAReplica` for a file that is not one of FieldSync.
    package convenience init(
        reading path: String, isImmutable: Bool, versions: [Purpose: Int],
        onceOpen: () throws -> Void = {}
    ) throws {
        let queue = try StoreError.mapping(path: path) {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(Self.busySeconds)
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA query_only = 1")
                try database.execute(sql: "PRAGMA trusted_schema = 0")
                try database.execute(sql: "PRAGMA cache_size = -4096")
            }
            return try DatabaseQueue(
                path: isImmutable ? Self.immutableAddress(of: path) : path,
                configuration: configuration)
        }
        try onceOpen()
        let (version, application) = try StoreError.mapping(path: path) {
            try queue.read { database in
                (
                    try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
                    try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
                )
            }
        }
        guard let purpose = Purpose(rawValue: application), let newest = versions[purpose] else {
            throw StoreError(.notAReplica, path: path, detail: "application id \(application)")
        }
        guard version <= newest else {
            throw StoreError(.tooNew, path: path, detail: "schema \(version)")
        }
        self.init(path: path, purpose: purpose, writer: queue)
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
