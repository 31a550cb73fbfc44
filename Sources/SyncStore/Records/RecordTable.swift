package import SyncCore

/// Reads and writes `records`, and keeps the digest up to date, within one transaction.
///
/// Call `finish` before the transaction ends: until then the digest's rows are in memory.
package final class RecordTable {
    private let store: StoreConnection
    package let peers: PeerTable
    private let digest: DigestTable

    /// Columns in the order that `read` takes them.
    private static let columns = "row, collection, id, fields, clock, position"

    package init(_ store: StoreConnection) {
        self.store = store
        peers = PeerTable(store)
        digest = DigestTable(store)
    }

    package func record(_ key: RecordKey) throws -> StoredRecord? {
        let statement = try store.prepare(
            "SELECT \(Self.columns) FROM records WHERE id = ? AND collection = ?")
        statement.bind(1, blob: key.id.bytes)
        statement.bind(2, text: key.collection)
        defer { statement.reset() }
        return try statement.step() ? try read(statement) : nil
    }

    /// Calls `body` for each record of a collection (nil: of all), in the order they were made.
    package func each(
        collection: String?, _ body: (StoredRecord) throws -> Void
    ) throws {
        let filter = collection == nil ? "" : "WHERE collection = ?"
        let statement = try store.prepare(
            "SELECT \(Self.columns) FROM records \(filter) ORDER BY row")
        if let collection { statement.bind(1, text: collection) }
        defer { statement.reset() }
        while try statement.step() { try body(try read(statement)) }
    }

    /// Records by collection, deleted ones left out.
    package func counts() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        try store.each(
            "SELECT collection, sum(json_extract(fields, '$._deleted') IS NOT 1) "
                + "FROM records GROUP BY collection"
        ) { counts[$0.text(0)] = Int($0.integer(1)) }
        return counts
    }

    /// Reads a row whose columns are `row, collection, id, fields, clock, position`.
    package func read(_ statement: StoreStatement) throws -> StoredRecord {
        guard let id = RecordID(bytes: statement.bytes(2)) else {
            throw StoreError(.corrupt, path: "", detail: "record id")
        }
        return StoredRecord(
            row: statement.integer(0), key: RecordKey(statement.text(1), id),
            fields: statement.array(3),
            clock: try ClockBytes.decode(statement.bytes(4), peers: peers),
            position: statement.integer(5))
    }

    /// Puts a record in place of whatever was there.
    ///
    /// - Parameter hash: the state's hash where the caller has it already.
    package func put(
        _ key: RecordKey, fields: UnsafeRawBufferPointer, clock: RecordClock, position: Int64,
        hash: Hash256? = nil
    ) throws {
        let hash = hash ?? Self.hash(key, fields, clock)
        let clockBytes = try ClockBytes.encode(clock, peers: peers)
        if try insert(key, fields, clockBytes, position) {
            return try digest.replace(nil, with: hash, for: key)
        }
        guard let old = try record(key) else {
            throw StoreError(.corrupt, path: "", detail: "records index")
        }
        try digest.replace(old.hash, with: hash, for: key)
        let statement = try store.prepare(
            "UPDATE records SET fields = ?, clock = ?, position = ? WHERE row = ?")
        statement.bind(1, text: fields)
        statement.bind(2, blob: clockBytes)
        statement.bind(3, position)
        statement.bind(4, old.row)
        try statement.run()
    }

    package func put(_ state: RecordState, position: Int64) throws {
        try state.fieldsJSON.withUnsafeBytes { fields in
            try put(state.key, fields: fields, clock: state.recordClock, position: position)
        }
    }

    /// Takes a record out as if it had never been: only for repairs.
    package func remove(_ record: StoredRecord) throws {
        try digest.replace(record.hash, with: nil, for: record.key)
        try store.run("DELETE FROM records WHERE row = ?", .integer(record.row))
    }

    /// False if the record is there already.
    private func insert(
        _ key: RecordKey, _ fields: UnsafeRawBufferPointer, _ clock: [UInt8], _ position: Int64
    ) throws -> Bool {
        let statement = try store.prepare(
            "INSERT INTO records(collection, id, fields, clock, position) "
                + "VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        statement.bind(1, text: key.collection)
        statement.bind(2, blob: key.id.bytes)
        statement.bind(3, text: fields)
        statement.bind(4, blob: clock)
        statement.bind(5, position)
        try statement.run()
        return store.changedCount > 0
    }

    private static func hash(
        _ key: RecordKey, _ fields: UnsafeRawBufferPointer, _ clock: RecordClock
    ) -> Hash256 {
        MessageKind.record.hash(RecordBytes.state(key: key, fields: fields, clock: clock))
    }

    /// The digest's root with everything written so far.
    package func digestRoot() throws -> Hash256 { try digest.root() }

    /// Writes what is kept in memory. Call once, last.
    package func finish() throws { try digest.flush() }
}
