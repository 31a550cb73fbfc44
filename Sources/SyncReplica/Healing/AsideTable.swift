import SyncCore
import SyncProtocol
import SyncStore

/// Records that are held aside while a history that broke is healed, or whose hub's state is still
/// to be had. Within one transaction. Source: Protocol/README.md §11.2.
struct AsideTable {
    struct Row {
        let key: RecordKey
        /// Its place in the table; nil of a row that is not in it yet.
        var sequence: Int64?
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

    private static let columns = "collection, id, held, hub, got, batch, sequence"

    func row(_ key: RecordKey) throws -> Row? {
        var row: Row?
        try store.each(
            "SELECT \(Self.columns) FROM aside WHERE id = ? AND collection = ?",
            .blob(key.id.bytes), .text(key.collection)
        ) { row = try Self.read($0) }
        return row
    }

    /// Rows in no batch, in the order in which they were held.
    ///
    /// - Parameter sequence: those after this one.
    func unsealed(after sequence: Int64, limit: Int) throws -> [Row] {
        var rows: [Row] = []
        try store.each(
            "SELECT \(Self.columns) FROM aside WHERE batch IS NULL AND sequence > ? "
                + "ORDER BY sequence LIMIT ?", .integer(sequence), .integer(Int64(limit))
        ) { rows.append(try Self.read($0)) }
        return rows
    }

    private static func read(_ row: StoreStatement) throws -> Row {
        guard let id = RecordID(bytes: row.bytes(1)) else {
            throw StoreError(.corrupt, path: "", detail: "aside")
        }
        return Row(
            key: RecordKey(row.text(0), id), sequence: row.integer(6), held: try state(row, 2),
            hub: try state(row, 3), isKnown: row.integer(4) == 1,
            batch: row.isNull(5) ? nil : row.integer(5))
    }

    private static func state(_ row: StoreStatement, _ column: Int32) throws -> RecordState? {
        row.isNull(column) ? nil : try RecordState(canonical: row.array(column))
    }

    private static func value(_ state: RecordState?) -> StoreValue {
        guard let state, !state.fields.isEmpty else { return .null }
        return .blob(state.canonicalBytes)
    }

    func put(_ row: Row) throws {
        try store.run(
            "INSERT INTO aside(collection, id, held, hub, got, batch) VALUES(?, ?, ?, ?, ?, ?) "
                + "ON CONFLICT(id, collection) DO UPDATE SET held = excluded.held, "
                + "hub = excluded.hub, got = excluded.got, batch = excluded.batch",
            .text(row.key.collection), .blob(row.key.id.bytes), Self.value(row.held),
            Self.value(row.hub),
            .integer(row.isKnown ? 1 : 0), row.batch.map { .integer($0) } ?? .null)
    }

    /// Holds what is shown of a record aside, but what pending changes put there, merged over what
    /// is held already; its hub's state is to be had anew.
    func hold(_ key: RecordKey, _ shown: StoredRecord?, but overlay: Overlay) throws {
        let bytes: [UInt8]?
        if let shown, overlay.names(key) {
            bytes = try overlay.without(shown.state())?.canonicalBytes
        } else {
            bytes = shown?.stateBytes
        }
        guard try !begin(key, bytes) else { return }
        var held = try row(key)?.held
        if let bytes {
            let state = try RecordState(canonical: bytes)
            if held == nil { held = state } else { held?.merge(state) }
        }
        try put(Row(key: key, held: held, hub: nil, isKnown: false, batch: nil))
    }

    /// Notes that a record's hub's state is to be had.
    func ask(_ key: RecordKey) throws {
        guard try !begin(key, nil) else { return }
        let held = try row(key)?.held
        try put(Row(key: key, held: held, hub: nil, isKnown: false, batch: nil))
    }

    /// - Returns: false if there is a row already; nothing is written then.
    private func begin(_ key: RecordKey, _ held: [UInt8]?) throws -> Bool {
        try store.run(
            "INSERT INTO aside(collection, id, held, got) VALUES(?, ?, ?, 0) "
                + "ON CONFLICT DO NOTHING",
            .text(key.collection), .blob(key.id.bytes), held.map { .blob($0) } ?? .null)
        return try store.changedCount == 1
    }

    /// Notes that the hub lacks a record, where what is held is what is shown: then nothing is to
    /// be shown anew.
    ///
    /// - Returns: false if something else is held; nothing is written then.
    func noteLacking(_ shown: StoredRecord) throws -> Bool {
        try store.run(
            "UPDATE aside SET got = 1, hub = NULL "
                + "WHERE id = ? AND collection = ? AND got = 0 AND held = ?",
            .blob(shown.key.id.bytes), .text(shown.key.collection), .blob(shown.stateBytes))
        return try store.changedCount == 1
    }

    /// Ends a question for a record that the hub lacks and of which nothing is held.
    ///
    /// - Returns: false if there is no such question; nothing is written then.
    func removeAsked(_ key: RecordKey) throws -> Bool {
        try store.run(
            "DELETE FROM aside WHERE id = ? AND collection = ? AND got = 0 AND held IS NULL",
            .blob(key.id.bytes), .text(key.collection))
        return try store.changedCount == 1
    }

    /// Notes the hub's state of what is held.
    func know(_ row: Row) throws {
        try store.run(
            "UPDATE aside SET got = 1, hub = ? WHERE id = ? AND collection = ?",
            Self.value(row.hub), .blob(row.key.id.bytes), .text(row.key.collection))
    }

    /// Notes the batch that hands a row back.
    func seal(_ sequence: Int64, in batch: Int64) throws {
        try store.run(
            "UPDATE aside SET batch = ? WHERE sequence = ?", .integer(batch), .integer(sequence))
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

    /// Ends what is held of a record, where it is just this.
    ///
    /// - Parameter state: the canonical state.
    /// - Returns: false if something else is held, or the hub's state is not known; nothing is
    ///   written then.
    func remove(_ key: RecordKey, holding state: [UInt8]) throws -> Bool {
        try store.run(
            "DELETE FROM aside WHERE id = ? AND collection = ? AND got = 1 AND held = ?",
            .blob(key.id.bytes), .text(key.collection), .blob(state))
        return try store.changedCount == 1
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

    /// Keys in a batch.
    func keys(inBatch batch: Int64) throws -> [RecordKey] {
        var keys: [RecordKey] = []
        try store.each(
            "SELECT collection, id FROM aside WHERE batch = ? ORDER BY sequence", .integer(batch)
        ) { row in
            guard let id = RecordID(bytes: row.bytes(1)) else { return }
            keys.append(RecordKey(row.text(0), id))
        }
        return keys
    }
}
