package import SyncCore

/// Reads and writes `records`, and keeps the digest up to date, within one transaction.
///
/// Call `finish` before the transaction ends: until then the digest's rows are in memory.
package final class RecordTable {
    private let store: StoreConnection
    package let peers: PeerTable
    private let digest: DigestTable
    private let counter: CountTable
    /// Whether the last record put was there before: then the next one likely is too, and is
    /// looked for first.
    private var expectsPresent = false
    private var preparedInsertion: StoreStatement?
    private var preparedLookup: StoreStatement?
    private var preparedPresence: StoreStatement?
    /// What was looked up ahead: ids within `range` that are not among `ids` are not here.
    private var ahead: (range: ClosedRange<RecordID>, ids: Set<RecordID>)?

    /// Hex digits of an id.
    private static let idDigits = 32

    /// Columns in the order that `read` takes them.
    private static let columns = "row, collection, id, fields, clock, position"

    package init(_ store: StoreConnection) {
        self.store = store
        peers = PeerTable(store)
        digest = DigestTable(store)
        counter = CountTable(store)
    }

    package func record(_ key: RecordKey) throws -> StoredRecord? {
        if let ahead, ahead.range.contains(key.id), !ahead.ids.contains(key.id) { return nil }
        let statement = try prepared(&preparedLookup, Self.lookupText)
        statement.bind(1, id: key.id)
        statement.bind(2, text: key.collection)
        defer { statement.reset() }
        return try statement.step() ? try read(statement) : nil
    }

    /// Calls `body` for each record of a collection (nil: of all), in the order they were made.
    package func each(
        collection: String?, _ body: (StoredRecord) throws -> Void
    ) throws {
        let statement = try store.prepare(Self.selection(of: collection))
        if let collection { statement.bind(1, text: collection) }
        defer { statement.reset() }
        while try statement.step() { try body(try read(statement)) }
    }

    package static func selection(of collection: String?) -> String {
        "SELECT \(columns) FROM records \(collection.map(filter) ?? "") ORDER BY row"
    }

    /// The hub's own collections are few records among many: they have an index, which SQLite uses
    /// when the condition is that of the index.
    private static func filter(_ collection: String) -> String {
        let isHubs = RolePolicy.hubCollections.contains(collection)
        return "WHERE collection = ?" + (isHubs ? " AND \(SharedTables.isHubCollection)" : "")
    }

    /// Records by collection, deleted ones left out, as they were counted with each write.
    package func counts() throws -> [String: Int] { try counter.all() }

    /// Names of records whose id begins with these hex digits, at most `limit`.
    ///
    /// - Parameter collection: nil for any.
    package func keys(
        idPrefix: String, collection: String?, limit: Int
    ) throws -> [RecordKey] {
        func bound(_ digit: Character) -> RecordID? {
            let rest = Self.idDigits - idPrefix.count
            return rest < 0
                ? nil : RecordID(hex: idPrefix + String(repeating: digit, count: rest))
        }
        guard let first = bound("0"), let last = bound("f") else { return [] }
        let filter = collection == nil ? "" : "AND collection = ? "
        let statement = try store.prepare(
            "SELECT collection, id FROM records WHERE id BETWEEN ? AND ? \(filter)LIMIT \(limit)")
        statement.bind(1, blob: first.bytes)
        statement.bind(2, blob: last.bytes)
        if let collection { statement.bind(3, text: collection) }
        defer { statement.reset() }
        var keys: [RecordKey] = []
        while try statement.step() {
            guard let id = RecordID(bytes: statement.bytes(1)) else { continue }
            keys.append(RecordKey(statement.text(0), id))
        }
        return keys
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
    /// - Parameter state: the canonical state where the caller has it: it need not be made again.
    package func put(
        _ key: RecordKey, fields: UnsafeRawBufferPointer, clock: RecordClock, position: Int64,
        state: UnsafeRawBufferPointer? = nil
    ) throws {
        let clockBytes = try ClockBytes.encode(clock, peers: peers)
        if expectsPresent, try replace(key, fields, clock, clockBytes, position, state) { return }
        expectsPresent = try !insert(key, fields, clockBytes, position)
        guard expectsPresent else {
            counter.replace(nil, with: fields, in: key.collection)
            return try digest.replace(nil, with: Self.hash(key, fields, clock, state), for: key)
        }
        guard try replace(key, fields, clock, clockBytes, position, state) else {
            throw StoreError(.corrupt, path: "", detail: "records index")
        }
    }

    /// Writes over the row that is there, as far as it differs; false if there is none.
    private func replace(
        _ key: RecordKey, _ fields: UnsafeRawBufferPointer, _ clock: RecordClock,
        _ clockBytes: [UInt8], _ position: Int64, _ state: UnsafeRawBufferPointer?
    ) throws -> Bool {
        let present = try presence()
        present.bind(1, id: key.id)
        present.bind(2, text: key.collection)
        defer { present.reset() }
        guard try present.step() else { return false }
        let isSame =
            present.holds(1, fields) && clockBytes.withUnsafeBytes { present.holds(2, $0) }
        if isSame {
            guard present.integer(3) != position else { return true }
            try store.run(
                "UPDATE records SET position = ? WHERE row = ?", .integer(position),
                .integer(present.integer(0)))
            return true
        }
        try store.willChange(row: present.integer(0))
        counter.replace(present.bytes(1), with: fields, in: key.collection)
        let old = Self.hash(
            key, present.bytes(1), try ClockBytes.decode(present.bytes(2), peers: peers))
        try digest.replace(old, with: Self.hash(key, fields, clock, state), for: key)
        let statement = try store.prepare(
            "UPDATE records SET fields = ?, clock = ?, position = ? WHERE row = ?")
        statement.bind(1, text: fields)
        statement.bind(2, blob: clockBytes)
        statement.bind(3, position)
        statement.bind(4, present.integer(0))
        try statement.run()
        return true
    }

    /// Puts a record that the hub has not ruled on, if there is none of this name.
    ///
    /// - Returns: its row; nil if there is one, and nothing is changed then.
    package func create(_ record: NewRecord, stamp: Stamp) throws -> Int64? {
        let clock = RecordClock(newest: stamp)
        let clockBytes = try ClockBytes.encode(clock, peers: peers)
        return try record.fields.withUnsafeBytes { fields in
            guard try insert(record.key, fields, clockBytes, 0) else { return nil }
            let row = store.insertedRow
            counter.replace(nil, with: fields, in: record.key.collection)
            try digest.replace(
                nil, with: Self.hash(record.key, fields, clock), for: record.key)
            return row
        }
    }

    package func put(_ state: RecordState, position: Int64) throws {
        try state.fieldsJSON.withUnsafeBytes { fields in
            try put(state.key, fields: fields, clock: state.recordClock, position: position)
        }
    }

    /// Takes a record out as if it had never been: only for repairs.
    package func remove(_ record: StoredRecord) throws {
        try store.willChange(row: record.row)
        try digest.replace(record.hash, with: nil, for: record.key)
        record.fields.withUnsafeBytes {
            counter.replace($0, with: nil, in: record.key.collection)
        }
        try store.run("DELETE FROM records WHERE row = ?", .integer(record.row))
    }

    private static let lookupText =
        "SELECT \(columns) FROM records WHERE id = ? AND collection = ?"

    /// With fewer records each is asked for by itself.
    private static let leastAhead = 64

    /// Reads records that will be asked for, and what writing them touches, together.
    package func prefetch(_ keys: some Sequence<RecordKey>) throws {
        if !store.isRemote { return try lookAhead(keys.map(\.id)) }
        try store.prefetch(
            Self.lookupText, keys.map { [.blob($0.id.bytes), .text($0.collection)] })
        try digest.prefetch(keys)
    }

    /// Ids rise with time: those of new records lie in a short range in which there is little else,
    /// and one walk over the index tells of all of them that they are not here.
    private func lookAhead(_ wanted: [RecordID]) throws {
        ahead = nil
        guard wanted.count >= Self.leastAhead, let first = wanted.min(), let last = wanted.max()
        else { return }
        let limit = wanted.count * 2
        let statement = try store.prepare(
            "SELECT id FROM records WHERE id BETWEEN ? AND ? LIMIT ?")
        statement.bind(1, id: first)
        statement.bind(2, id: last)
        statement.bind(3, Int64(limit + 1))
        defer { statement.reset() }
        var ids: Set<RecordID> = []
        var count = 0
        while try statement.step() {
            count += 1
            guard count <= limit, let id = RecordID(bytes: statement.bytes(0)) else { return }
            ids.insert(id)
        }
        ahead = (first...last, ids)
    }

    package static let insertionText =
        "INSERT INTO records(collection, id, fields, clock, position) "
        + "VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"

    // Each is looked up once: its text is longer to hash than the row is to write.

    private func insertion() throws -> StoreStatement {
        try prepared(&preparedInsertion, Self.insertionText)
    }

    private func presence() throws -> StoreStatement {
        try prepared(
            &preparedPresence,
            "SELECT row, fields, clock, position FROM records WHERE id = ? AND collection = ?")
    }

    @inline(__always)
    private func prepared(
        _ held: inout StoreStatement?, _ text: @autoclosure () -> String
    ) throws -> StoreStatement {
        if let held { return held }
        let statement = try store.prepare(text())
        held = statement
        return statement
    }

    /// False if the record is there already.
    private func insert(
        _ key: RecordKey, _ fields: UnsafeRawBufferPointer, _ clock: [UInt8], _ position: Int64
    ) throws -> Bool {
        ahead = nil
        let statement = try insertion()
        var collection = key.collection
        var id = (key.id.high.bigEndian, key.id.low.bigEndian)
        try collection.withUTF8 { collection in
            try withUnsafeBytes(of: &id) { id in
                try clock.withUnsafeBytes { clock in
                    statement.bind(1, lentText: UnsafeRawBufferPointer(collection))
                    statement.bind(2, lentBlob: id)
                    statement.bind(3, lentText: fields)
                    statement.bind(4, lentBlob: clock)
                    statement.bind(5, position)
                    try statement.run()
                }
            }
        }
        return try store.changedCount > 0
    }

    /// - Parameter state: the canonical state where the caller has it.
    private static func hash(
        _ key: RecordKey, _ fields: UnsafeRawBufferPointer, _ clock: RecordClock,
        _ state: UnsafeRawBufferPointer? = nil
    ) -> Hash256 {
        if let state { return MessageKind.record.hash(state) }
        return MessageKind.record.hash(RecordBytes.state(key: key, fields: fields, clock: clock))
    }

    /// The digest's root with everything written so far.
    package func digestRoot() throws -> Hash256 { try digest.root() }

    /// Writes what is kept in memory. Call once, last.
    package func finish() throws {
        try digest.flush()
        try counter.flush()
    }
}
