import SyncCore
import SyncProtocol
import SyncStore

/// Records that are held aside while a history that broke is healed, or whose hub's state is still
/// to be had. Within one transaction. Source: Protocol/README.md §11.2.
struct AsideTable {
    struct Row {
        let key: RecordKey
        /// What was held of others' and own work when the history broke; nil: nothing is.
        var held: RecordState?
        /// The hub's state; nil if it has none, or that is not known yet.
        var hub: RecordState?
        /// Whether the hub's state is known.
        var isKnown: Bool
        /// The adopting batch that hands it back.
        var batch: Int64?
    }

    private let store: StoreConnection

    init(_ store: StoreConnection) {
        self.store = store
    }

    func isEmpty() throws -> Bool {
        try store.integer("SELECT EXISTS(SELECT 1 FROM aside)") == 0
    }

    func hasStale() throws -> Bool {
        try store.integer("SELECT EXISTS(SELECT 1 FROM aside WHERE got = 0)") == 1
    }

    /// Whether something waits to be handed back that no batch holds yet.
    func hasUnsealed() throws -> Bool {
        try store.integer("SELECT EXISTS(SELECT 1 FROM aside WHERE batch IS NULL)") == 1
    }

    func row(_ key: RecordKey) throws -> Row? {
        var row: Row?
        try store.each(
            "SELECT collection, id, held, hub, got, batch FROM aside "
                + "WHERE id = ? AND collection = ?", .blob(key.id.bytes), .text(key.collection)
        ) { row = try Self.read($0) }
        return row
    }

    private static func read(_ row: StoreStatement) throws -> Row {
        guard let id = RecordID(bytes: row.bytes(1)) else {
            throw StoreError(.corrupt, path: "", detail: "aside")
        }
        return Row(
            key: RecordKey(row.text(0), id), held: try state(row, 2), hub: try state(row, 3),
            isKnown: row.integer(4) == 1, batch: row.isNull(5) ? nil : row.integer(5))
    }

    private static func state(_ row: StoreStatement, _ column: Int32) throws -> RecordState? {
        row.isNull(column) ? nil : try RecordState(canonical: row.array(column))
    }

    func put(_ row: Row) throws {
        func value(_ state: RecordState?) -> StoreValue {
            guard let state, !state.fields.isEmpty else { return .null }
            return .blob(state.canonicalBytes)
        }
        try store.run(
            "INSERT INTO aside(collection, id, held, hub, got, batch) VALUES(?, ?, ?, ?, ?, ?) "
                + "ON CONFLICT(id, collection) DO UPDATE SET held = excluded.held, "
                + "hub = excluded.hub, got = excluded.got, batch = excluded.batch",
            .text(row.key.collection), .blob(row.key.id.bytes), value(row.held), value(row.hub),
            .integer(row.isKnown ? 1 : 0), row.batch.map { .integer($0) } ?? .null)
    }

    /// Holds a state aside, merged over what is held already; its hub's state is to be had anew.
    func hold(_ key: RecordKey, _ state: RecordState?) throws {
        var held = try row(key)?.held ?? state
        if let state, held != nil { held?.merge(state) }
        try put(Row(key: key, held: held, hub: nil, isKnown: false, batch: nil))
    }

    /// Everything that is held is to be looked at anew: the history broke again.
    func reset() throws {
        try store.run("UPDATE aside SET hub = NULL, got = 0, batch = NULL")
    }

    func remove(_ key: RecordKey) throws {
        try store.run(
            "DELETE FROM aside WHERE id = ? AND collection = ?", .blob(key.id.bytes),
            .text(key.collection))
    }

    /// Ends what a batch handed back.
    func remove(inBatch batch: Int64) throws {
        try store.run("DELETE FROM aside WHERE batch = ?", .integer(batch))
    }

    /// Names of records whose hub's state is to be had.
    func staleKeys(limit: Int) throws -> [RecordKey] {
        var keys: [RecordKey] = []
        try store.each(
            "SELECT collection, id FROM aside WHERE got = 0 ORDER BY sequence LIMIT ?",
            .integer(Int64(limit))
        ) { row in
            guard let id = RecordID(bytes: row.bytes(1)) else { return }
            keys.append(RecordKey(row.text(0), id))
        }
        return keys
    }

    /// Keys in a batch (nil: in none yet).
    func keys(inBatch batch: Int64?) throws -> [RecordKey] {
        var keys: [RecordKey] = []
        try store.each(
            "SELECT collection, id FROM aside WHERE batch IS ? ORDER BY sequence",
            batch.map { .integer($0) } ?? .null
        ) { row in
            guard let id = RecordID(bytes: row.bytes(1)) else { return }
            keys.append(RecordKey(row.text(0), id))
        }
        return keys
    }
}
