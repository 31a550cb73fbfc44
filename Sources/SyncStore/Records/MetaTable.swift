/// Named single values of a file.
package struct MetaTable {
    private let store: StoreConnection

    package init(_ store: StoreConnection) {
        self.store = store
    }

    package func integer(_ key: String) throws -> Int64? {
        try first(key) { $0.integer(0) }
    }

    package func has(_ key: String) throws -> Bool {
        try first(key) { _ in true } ?? false
    }

    package func text(_ key: String) throws -> String? {
        try first(key) { $0.text(0) }
    }

    package func blob(_ key: String) throws -> [UInt8]? {
        try first(key) { $0.array(0) }
    }

    /// Nil takes the key out.
    package func set(_ key: String, _ value: StoreValue?) throws {
        guard let value else {
            return try store.run("DELETE FROM meta WHERE key = ?", .text(key))
        }
        try store.run(
            "INSERT INTO meta(key, value) VALUES(?, ?) "
                + "ON CONFLICT(key) DO UPDATE SET value = excluded.value",
            .text(key), value)
    }

    private func first<T>(_ key: String, _ read: (StoreStatement) -> T) throws -> T? {
        let statement = try store.prepare("SELECT value FROM meta WHERE key = ?")
        statement.bind(1, text: key)
        defer { statement.reset() }
        return try statement.step() ? read(statement) : nil
    }
}

/// What a value of `meta` must be.
package enum MetaClass: Sendable {
    case integer, text
    /// So many bytes; nil: any number of them.
    case blob(Int?)

    /// SQLite's name for it.
    package var name: String {
        switch self {
        case .integer: "integer"
        case .text: "text"
        case .blob: "blob"
        }
    }
}
