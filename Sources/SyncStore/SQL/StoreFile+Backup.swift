import CSQLite

extension StoreFile {
    /// Copies what is committed now into a new file, with SQLite's own backup
    /// (https://www.sqlite.org/backup.html): one read transaction, so others go on writing. The
    /// copy has no write-ahead log: it is one file.
    ///
    /// - Parameters:
    ///   - path: an empty file.
    ///   - adding: what to put into the copy besides, within one transaction.
    /// - Throws: `StoreError`.
    package func backUp(
        to path: String, adding: (StoreConnection) throws -> Void
    ) throws {
        let target = try SQLiteConnection(
            path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, path: path, setup: [])
        defer { target.close() }
        // One read transaction: the copy is of one moment, and others go on writing.
        try connections.read { try $0.copy(to: target) }
        try Self.expectOneFile(target, path)
        try target.transaction("BEGIN IMMEDIATE") {
            try adding(StoreConnection(target, path: path))
        }
    }
}

extension StoreFile {
    /// Makes a file of what `filling` puts into it, without a write-ahead log: it is one file.
    ///
    /// - Parameter path: an empty file, or none.
    /// - Throws: `StoreError`; what `filling` throws.
    package static func make(
        at path: String, purpose: Purpose, tables: [[String]],
        filling: (StoreConnection) throws -> Void
    ) throws {
        let file = try StoreFile(path: path, purpose: purpose, tables: tables)
        do {
            try file.write(filling)
        } catch {
            try? file.close()
            throw error
        }
        try file.closeAsOneFile()
    }

    /// Ends all connections, with everything in the file itself: it can be given another name.
    /// `close` alone leaves the log where it is if it cannot be moved.
    ///
    /// - Throws: `StoreError` if it cannot be moved now.
    package func closeAsOneFile() throws {
        defer { try? close() }
        try connections.withoutTransaction { try Self.expectOneFile($0, path) }
    }

    private static func expectOneFile(_ connection: SQLiteConnection, _ path: String) throws {
        let mode = try connection.text("PRAGMA journal_mode = DELETE")
        guard mode == "delete" else { throw StoreError(.locked, path: path) }
    }
}

/// The secrets in a backup: a table that no file in use has.
package enum BackupSecrets {
    package static let table = "backup_secrets"
    /// As a backup's schema says it.
    package static let definition = "CREATE TABLE \(table)(content BLOB NOT NULL)"

    /// - Parameter content: of the key file.
    package static func insert(_ content: [UInt8], _ store: StoreConnection) throws {
        try store.execute(definition)
        try store.run("INSERT INTO \(table) VALUES(?)", .blob(content))
    }

    /// Nil for a file that holds none.
    package static func read(_ store: StoreConnection) throws -> [UInt8]? {
        guard try isThere(store) else { return nil }
        var content: [UInt8]?
        try store.each("SELECT content FROM \(table)") { content = $0.array(0) }
        return content
    }

    /// Takes them out so that not even a freed page holds them.
    package static func remove(_ file: StoreFile) throws {
        try file.write { store in
            guard try isThere(store) else { return }
            try store.each("PRAGMA secure_delete = ON") { _ in }
            try store.execute("DROP TABLE \(table)")
        }
    }

    private static func isThere(_ store: StoreConnection) throws -> Bool {
        try store.integer(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?",
            .text(table)) > 0
    }
}
