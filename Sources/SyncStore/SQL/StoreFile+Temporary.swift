import GRDB

extension StoreFile {
    /// Makes a file that nobody else sees and that is gone when it is closed, whatever happens.
    ///
    /// SQLite keeps it in memory up to the cache's size and spills the rest into an unlinked file
    /// of the system's temporary folder (https://www.sqlite.org/inmemorydb.html). Nothing is
    /// synced and nothing is rolled back: after an error throw it away.
    package convenience init(temporaryFor purpose: Purpose, tables: [[String]]) throws {
        let queue = try StoreError.mapping(path: "") {
            var configuration = Configuration()
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA journal_mode = OFF")
                try database.execute(sql: "PRAGMA synchronous = OFF")
                try database.execute(sql: "PRAGMA cache_size = -\(Self.temporaryCacheKibibytes)")
            }
            return try DatabaseQueue(path: "", configuration: configuration)
        }
        self.init(path: "", purpose: purpose, writer: queue)
        try write { store in
            for statement in tables.joined() { try store.execute(statement) }
        }
    }

    /// Small enough for any machine that an auditor has, large enough for a night's log.
    private static let temporaryCacheKibibytes = 32 << 10
}
