import SyncCore
import SyncStore

/// Which records the last pages moved: what a history that broke is healed by, without reading
/// every record for its position. Within one transaction.
///
/// Everything with a position above `ReplicaKey.movedFrom` is named; where that is absent, or
/// larger than what is asked, nobody knows but the records themselves.
struct MovedTable {
    /// A page that holds more is no news of an evening: what came before it is not kept.
    private static let pageLimit = 1_024
    private static let pageCount: Int64 = 1_024
    private static let idByteCount = 16

    private let store: StoreConnection

    init(_ store: StoreConnection) {
        self.store = store
    }

    /// Takes note of what a page moved.
    ///
    /// - Parameter head: the size of the head that the page is of, if it is the last.
    func note(_ moved: [(key: RecordKey, position: Int64)], head: Int64?) throws {
        let meta = MetaTable(store)
        let last = moved.map(\.position).max()
        if moved.count > Self.pageLimit { try forget(above: last ?? 0) }
        if try meta.integer(ReplicaKey.movedFrom) == nil {
            return try begin(max(try meta.integer(ReplicaKey.movedSeen) ?? 0, last ?? 0), head)
        }
        guard let last else { return }
        let names = moved.flatMap { moved in
            moved.key.id.bytes + [UInt8(moved.key.collection.utf8.count)]
                + Array(moved.key.collection.utf8)
        }
        try store.run("INSERT INTO moved(last, names) VALUES(?, ?)", .integer(last), .blob(names))
        try shorten()
    }

    /// Keys of everything above a position; nil if that is not known.
    func keys(above position: Int64) throws -> Set<RecordKey>? {
        guard let from = try MetaTable(store).integer(ReplicaKey.movedFrom), from <= position
        else { return nil }
        var keys: Set<RecordKey> = []
        try store.each("SELECT names FROM moved WHERE last > ?", .integer(position)) { row in
            try Self.eachName(row.bytes(0)) { keys.insert($0) }
        }
        return keys
    }

    /// For each record that is named: the largest position of a page that names it.
    func lastPositions() throws -> [RecordKey: Int64] {
        var last: [RecordKey: Int64] = [:]
        try store.each("SELECT names, last FROM moved") { row in
            let position = row.integer(1)
            try Self.eachName(row.bytes(0)) { last[$0] = max(last[$0] ?? 0, position) }
        }
        return last
    }

    private static func eachName(
        _ names: UnsafeRawBufferPointer, _ body: (RecordKey) -> Void
    ) throws {
        var at = 0
        while at < names.count {
            let start = at + idByteCount + 1
            guard start <= names.count,
                let id = RecordID(
                    bytes: UnsafeRawBufferPointer(rebasing: names[at..<start - 1])),
                case let end = start + Int(names[start - 1]), end <= names.count
            else { throw StoreError(.corrupt, path: "", detail: "moved") }
            body(RecordKey(String(decoding: names[start..<end], as: UTF8.self), id))
            at = end
        }
    }

    /// Begins anew with the next head.
    ///
    /// - Parameter position: no record has a larger one.
    func forget(above position: Int64) throws {
        try store.run("DELETE FROM moved")
        let meta = MetaTable(store)
        try meta.set(ReplicaKey.movedFrom, nil)
        try meta.set(ReplicaKey.movedSeen, .integer(position))
    }

    /// Names begin above the last head, or above a position that came out of a later one.
    private func begin(_ seen: Int64, _ head: Int64?) throws {
        let meta = MetaTable(store)
        try meta.set(ReplicaKey.movedSeen, head == nil ? .integer(seen) : nil)
        if let head { try meta.set(ReplicaKey.movedFrom, .integer(max(head, seen))) }
    }

    /// Drops what is older than the last pages.
    private func shorten() throws {
        let oldest = try store.integer("SELECT max(sequence) FROM moved") - Self.pageCount
        guard oldest > 0 else { return }
        let dropped = try store.integer(
            "SELECT coalesce(max(last), 0) FROM moved WHERE sequence <= ?", .integer(oldest))
        guard dropped > 0 else { return }
        let meta = MetaTable(store)
        let from = try meta.integer(ReplicaKey.movedFrom) ?? 0
        try meta.set(ReplicaKey.movedFrom, .integer(max(from, dropped)))
        try store.run("DELETE FROM moved WHERE sequence <= ?", .integer(oldest))
    }
}
