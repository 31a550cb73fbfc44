// A hub moves to another database: its folder's file, or a space in PostgreSQL.
//
// Problem: the journal is the hub; copied with anything but its own bytes it would be another one.
// Copying a million records takes a while, may be cut, and the hub must not go on meanwhile.
// Idea: both databases have the same tables, so rows are copied as they are: first what is large,
// a thousand rows a transaction, from where an earlier attempt ended; then, with the source
// locked, what is small. The target is no hub until the newest head, the digest and every count
// are those of the source, and from that moment on the source is none any more.

import SyncCore
package import SyncProtocol
package import SyncStore

/// Why a hub could not be moved; nothing is lost, and it can be tried again.
package enum StoreMoveFault: Error, Sendable, Equatable {
    /// The source has moved elsewhere before.
    case movedBefore(to: String)
    /// The target holds a hub, or the beginning of another one's move.
    case targetUsed(path: String)
    /// The source took something while it was copied.
    case sourceWentOn
    /// What arrived is not what was sent: the table.
    case differs(table: String)
}

package struct StoreMove {
    private struct Table {
        let name: String
        let columns: [String]
        let key: [String]
        /// Whether it is copied before the source is locked, from the last key that is there.
        var isLarge = false

        var list: String { columns.joined(separator: ", ") }
        var order: String { key.joined(separator: ", ") }
    }

    private static let tables = [
        Table(
            name: "journal",
            columns: [
                "position", "peer", "number", "hash", "batch", "signature", "leaf", "is_clean",
                "head", "head_id",
            ], key: ["position"], isLarge: true),
        Table(
            name: "records",
            columns: ["row", "collection", "id", "fields", "clock", "position"], key: ["row"],
            isLarge: true),
        Table(name: "merkle", columns: ["level", "place", "hash"], key: ["level", "place"]),
        Table(name: "peers", columns: ["peer", "device"], key: ["peer"]),
        Table(name: "digest", columns: ["node", "children"], key: ["node"]),
        Table(name: "counts", columns: ["collection", "live"], key: ["collection"]),
        Table(
            name: "writers",
            columns: ["peer", "last_number", "last_hash", "last_effective", "last_position"],
            key: ["peer"]),
        Table(
            name: "restamps", columns: ["peer", "claimed", "effective"], key: ["peer", "claimed"]),
        Table(name: "tokens", columns: ["hash", "device", "seal"], key: ["hash"]),
        Table(
            name: "invites",
            columns: ["hash", "name", "role", "expires", "device", "position", "seal"],
            key: ["hash"]),
        Table(
            name: "seen", columns: ["device", "at", "clock", "program", "url"], key: ["device"]),
        Table(name: "renewals", columns: ["device"], key: ["device"]),
        Table(
            name: "quotas",
            columns: ["device", "day", "changes", "bytes", "changes_limit", "bytes_limit"],
            key: ["device"]),
        Table(name: "enrolments", columns: ["device", "position"], key: ["device"]),
        Table(
            name: "aliases", columns: ["peer", "claimed", "effective", "by"],
            key: ["peer", "claimed"]),
        Table(name: "early_closes", columns: ["conflict", "device"], key: ["conflict"]),
        Table(
            name: "beneath",
            columns: ["sequence", "id", "collection", "field", "adopted", "state"],
            key: ["sequence"]),
        Table(
            name: "authored",
            columns: [
                "rowid", "author", "stamp", "collection", "id", "number", "content", "effective",
                "by",
            ], key: ["rowid"]),
        Table(name: "authored_range", columns: ["author", "low", "high"], key: ["author"]),
        Table(
            name: "mentions", columns: ["id", "collection", "position"],
            key: ["id", "collection", "position"]),
        Table(
            name: "accepted", columns: ["position", "change", "accepted_at"],
            key: ["position", "change"]),
        Table(name: "meta", columns: ["key", "value"], key: ["key"]),
    ]

    private static let rowsPerCommit = 1_000

    private let source: any StoreDatabase
    private let target: any StoreDatabase
    private let onProgress: (Int64, Int64) -> Void

    /// - Parameters:
    ///   - target: has the tables, and no hub.
    ///   - onProgress: told of rows, of so many.
    package init(
        from source: any StoreDatabase, to target: any StoreDatabase,
        onProgress: @escaping (Int64, Int64) -> Void = { _, _ in }
    ) {
        self.source = source
        self.target = target
        self.onProgress = onProgress
    }

    /// - Parameters:
    ///   - place: where it goes, as the source will say it.
    ///   - finish: what the target needs before it is a hub, in the transaction that makes it one.
    /// - Returns: the newest head, which is that of both.
    /// - Throws: `StoreMoveFault`, `StoreError`.
    package func run(
        to place: String, finish: (StoreConnection) throws -> Void = { _ in }
    ) throws -> SignedHead {
        let head = try source.read { store in
            if let elsewhere = try MetaTable(store).text(HubKey.moved), elsewhere != place {
                throw StoreMoveFault.movedBefore(to: elsewhere)
            }
            return try Self.newestHead(store)
        }
        try begin(head)
        let total = try source.read { store in
            try Self.tables.filter(\.isLarge).reduce(Int64(0)) {
                $0 + (try store.integer("SELECT count(*) FROM \($1.name)"))
            }
        }
        var done: Int64 = 0
        for table in Self.tables where table.isLarge {
            try copyLarge(table) { rows in
                done += rows
                onProgress(done, total)
            }
        }
        // From here on nobody else writes to the source.
        try source.write { store in
            guard try Self.newestHead(store) == head else { throw StoreMoveFault.sourceWentOn }
            try target.write { copy in
                for table in Self.tables where !table.isLarge {
                    // Nothing of an attempt that ended here stays.
                    if table.name != "meta" { try copy.run("DELETE FROM \(table.name)") }
                    try store.each(
                        "SELECT \(table.list) FROM \(table.name) ORDER BY \(table.order)"
                    ) { try Self.insert($0, table, copy) }
                }
                try MetaTable(copy).set(HubKey.moved, nil)
                try MetaTable(copy).set(HubKey.moving, .blob(head.encoded))
            }
            do { try target.read { try compare(store, $0, head) } } catch {
                // The next attempt begins anew.
                try target.write { copy in
                    for table in Self.tables where table.name != "meta" {
                        try copy.run("DELETE FROM \(table.name)")
                    }
                }
                throw error
            }
            try MetaTable(store).set(HubKey.moved, .text(place))
        }
        try target.write { copy in
            try finish(copy)
            try MetaTable(copy).set(HubKey.moving, nil)
        }
        return head
    }

    /// Copies a hub as it is at one moment into another database.
    ///
    /// - Parameters:
    ///   - source: one snapshot.
    ///   - target: has the tables; what is in them goes.
    package static func copy(_ source: StoreConnection, to target: StoreConnection) throws {
        for table in tables {
            try target.run("DELETE FROM \(table.name)")
            try source.each("SELECT \(table.list) FROM \(table.name) ORDER BY \(table.order)") {
                try insert($0, table, target)
            }
        }
        let meta = MetaTable(target)
        for key in [HubKey.moved, HubKey.moving] { try meta.set(key, nil) }
    }

    private static func newestHead(_ store: StoreConnection) throws -> SignedHead {
        let journal = JournalTable(store)
        return try journal.head(journal.size())
    }

    /// Goes on with an attempt that was cut, if the source is as it was then.
    private func begin(_ head: SignedHead) throws {
        try target.write { store in
            let meta = MetaTable(store)
            guard try meta.blob(HubKey.space) == nil || meta.has(HubKey.moving) else {
                throw StoreMoveFault.targetUsed(path: target.path)
            }
            if let earlier = try meta.blob(HubKey.moving), !earlier.isEmpty,
                earlier != head.encoded
            {
                let before = try SignedHead(encoded: earlier).head
                guard before.hub == head.head.hub, before.space == head.head.space else {
                    throw StoreMoveFault.targetUsed(path: target.path)
                }
                for table in Self.tables { try store.run("DELETE FROM \(table.name)") }
            }
            try meta.set(HubKey.moving, .blob(head.encoded))
        }
    }

    private func copyLarge(_ table: Table, _ onRows: (Int64) -> Void) throws {
        let key = table.key[0]
        var last = try target.read {
            try $0.integer("SELECT coalesce(max(\(key)), 0) FROM \(table.name)")
        }
        onRows(
            try target.read { try $0.integer("SELECT count(*) FROM \(table.name)") })
        while true {
            let from = last
            // Either may be run again: what they say counts once it is committed.
            let (end, count) = try source.read { store in
                try target.write { copy in
                    var (end, count) = (from, Int64(0))
                    try store.each(
                        "SELECT \(table.list) FROM \(table.name) WHERE \(key) > ? "
                            + "ORDER BY \(key) LIMIT \(Self.rowsPerCommit)", .integer(from)
                    ) { row in
                        try Self.insert(row, table, copy)
                        end = row.integer(0)
                        count += 1
                    }
                    return (end, count)
                }
            }
            last = end
            onRows(count)
            if count < Self.rowsPerCommit { return }
        }
    }

    private static func insert(
        _ row: StoreStatement, _ table: Table, _ target: StoreConnection
    ) throws {
        let places = table.columns.map { _ in "?" }.joined(separator: ", ")
        let statement = try target.prepare(
            "INSERT INTO \(table.name)(\(table.list)) VALUES(\(places)) ON CONFLICT DO NOTHING")
        for column in 0..<Int32(table.columns.count) {
            let index = column + 1
            if row.isNull(column) {
                statement.bindNull(index)
            } else if table.name == "meta", column == 1 {
                bindMeta(row, statement, key: row.text(0))
            } else if row.isInteger(column) {
                statement.bind(index, row.integer(column))
            } else if row.isText(column) {
                statement.bind(index, text: row.bytes(column))
            } else {
                statement.bind(index, blob: row.bytes(column))
            }
        }
        try statement.run()
    }

    /// A named value has its own class; a database with one class for all does not tell it.
    private static func bindMeta(_ row: StoreStatement, _ target: StoreStatement, key: String) {
        switch HubKey.classes[key] {
        case .integer: target.bind(2, row.integer(1))
        case .text: target.bind(2, text: row.bytes(1))
        case .blob, nil: target.bind(2, blob: row.bytes(1))
        }
    }

    private func compare(
        _ store: StoreConnection, _ copy: StoreConnection, _ head: SignedHead
    ) throws {
        guard try Self.newestHead(copy) == head else {
            throw StoreMoveFault.differs(table: "journal")
        }
        guard try RecordTable(copy).digestRoot() == head.head.digest else {
            throw StoreMoveFault.differs(table: "digest")
        }
        for table in Self.tables where table.name != "meta" {
            let query = "SELECT count(*) FROM \(table.name)"
            guard try store.integer(query) == copy.integer(query) else {
                throw StoreMoveFault.differs(table: table.name)
            }
        }
        // The digest is counted anew over what arrived: its table alone would only repeat itself.
        var sums = DigestSums()
        try RecordTable(copy).each(collection: nil) { sums.add($0.hash, for: $0.key) }
        guard sums.root == head.head.digest else {
            throw StoreMoveFault.differs(table: "records")
        }
    }
}
