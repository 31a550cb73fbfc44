import SyncStore

/// Whether every named value of a file is one that the programs write, and of its class.
enum MetaCheck {
    static func check(
        _ store: StoreConnection, _ classes: [String: MetaClass], prefixes: [String] = [],
        _ log: ProblemLog
    ) throws {
        try store.each(
            "SELECT key, typeof(value), length(value) FROM meta ORDER BY key"
        ) { row in
            let key = row.text(0)
            let place = ProblemPlace.side(table: "meta", name: key)
            guard let due = classes[key] else {
                if prefixes.contains(where: { key.hasPrefix($0) }) { return }
                return log.add(.rowDiffers, place, .init(.reason, "added"))
            }
            var isOff = row.text(1) != due.name
            if case .blob(let count?) = due, row.integer(2) != count { isOff = true }
            guard isOff else { return }
            log.add(
                .classAltered, place, .init(.column, "value"), .init(.expected, due.name),
                .init(.found, "\(row.text(1)) \(row.integer(2))"))
        }
    }

    /// How many named values nothing vouches for.
    static func settings(
        _ store: StoreConnection, bound: Set<String>
    ) throws -> UnprovedTable {
        var count: Int64 = 0
        try store.each("SELECT key FROM meta") { if !bound.contains($0.text(0)) { count += 1 } }
        return UnprovedTable(name: "settings", rows: count)
    }
}
