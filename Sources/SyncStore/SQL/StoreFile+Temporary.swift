import CSQLite

extension StoreFile {
    /// Makes a file that nobody else sees and that is gone when it is closed, whatever happens.
    ///
    /// SQLite keeps it in memory up to the cache's size and spills the rest into an unlinked file
    /// of the system's temporary folder (https://www.sqlite.org/inmemorydb.html). Nothing is
    /// synced and nothing is rolled back: after an error throw it away.
    package convenience init(temporaryFor purpose: Purpose, tables: [[String]]) throws {
        let connection = try SQLiteConnection(
            "", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, path: "",
            setup: [
                "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF",
                "PRAGMA cache_size = -\(Self.temporaryCacheKibibytes)",
            ])
        self.init(path: "", purpose: purpose, SQLiteFile(connection))
        try write { store in
            for statement in tables.joined() { try store.execute(statement) }
        }
    }

    /// Small enough for any machine that an auditor has, large enough for a night's log.
    private static let temporaryCacheKibibytes = 32 << 10
}
