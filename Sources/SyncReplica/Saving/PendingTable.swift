package import SyncCore
import SyncProtocol
package import SyncStore

/// What was saved and is not yet receipted, within one transaction.
package struct PendingTable {
    /// One row, as far as sealing needs it.
    struct Row {
        let sequence: Int64
        let count: Int
        let changes: [UInt8]
        /// The device under whose key it was first saved; nil: this one.
        let formerly: DeviceID?
    }

    let store: StoreConnection

    package init(_ store: StoreConnection) {
        self.store = store
    }

    /// Appends the changes of one save, in rows that each fit into a batch.
    func append(_ changes: [Change], savedAt: Int64, formerly: DeviceID? = nil) throws {
        var writer = try PendingWriter(store, savedAt: savedAt, formerly: formerly)
        for change in changes { try writer.append(change.canonicalBytes, change.stamp) }
        try writer.finish()
    }

    /// Changes saved and not receipted.
    package func count() throws -> Int {
        Int(try store.integer("SELECT coalesce(sum(count), 0) FROM pending"))
    }

    package func isEmpty() throws -> Bool {
        try store.integer("SELECT EXISTS(SELECT 1 FROM pending)") == 0
    }

    /// The sequence of the last save; 0 if nothing is pending.
    func lastSequence() throws -> Int64 {
        try store.integer("SELECT coalesce(max(sequence), 0) FROM pending")
    }

    /// The largest claimed stamp time that is still pending. A device's claims rise, so it is
    /// that of the last row.
    func lastStamp() throws -> StampTime {
        let raw = try store.integer(
            "SELECT last_stamp FROM pending ORDER BY sequence DESC LIMIT 1")
        return StampTime(rawValue: UInt64(bitPattern: raw))
    }

    /// The unsealed rows up to `mark` that fit into one batch, in order.
    func nextRows(upTo mark: Int64) throws -> [Row] {
        var rows: [Row] = []
        var (count, bytes) = (0, 0)
        let limit = try PendingWriter.bytesPerRow(store)
        let named = NamedRecords(store)
        let statement = try store.prepare(
            "SELECT sequence, count, changes, first_row, last_row, formerly FROM pending "
                + "WHERE batch IS NULL AND claimed_by IS NULL AND sequence <= ? "
                + "ORDER BY sequence")
        statement.bind(1, mark)
        defer { statement.reset() }
        while try statement.step() {
            let row = Row(
                sequence: statement.integer(0), count: Int(statement.integer(1)),
                changes: try named.changes(statement, from: 2),
                formerly: statement.isNull(5) ? nil : DeviceID(bytes: statement.bytes(5)))
            // What was first signed under another key is in batches of its own.
            if let first = rows.first, first.formerly != row.formerly { break }
            count += row.count
            bytes += row.changes.count + 1
            let fits = count <= PendingWriter.changesPerRow && bytes <= limit
            guard rows.isEmpty || fits else { break }
            rows.append(row)
        }
        return rows
    }

    func markSealed(_ rows: [Row], batch: Int64) throws {
        for row in rows {
            try store.run(
                "UPDATE pending SET batch = ? WHERE sequence = ?", .integer(batch),
                .integer(row.sequence))
        }
    }

    func removeSealed(batch: Int64) throws {
        try store.run("DELETE FROM pending WHERE batch = ?", .integer(batch))
    }

    /// Calls `body` for each pending change, in the order saved; those that are sealed in batches
    /// before `number` are left out.
    package func each(fromBatch number: Int64 = 0, _ body: (Change) throws -> Void) throws {
        try each(fromBatch: number) { change, _ in try body(change) }
    }

    /// The rows of `records` that pending rows name, ascending, and the device whose stamp they
    /// carry if that is not this one.
    func named(
        fromBatch number: Int64
    ) throws -> [(rows: ClosedRange<Int64>, claimedBy: DeviceID?)] {
        var found: [(rows: ClosedRange<Int64>, claimedBy: DeviceID?)] = []
        try store.each(
            "SELECT first_row, last_row, claimed_by FROM pending WHERE first_row IS NOT NULL "
                + "AND last_row >= first_row AND (batch IS NULL OR batch >= ?) ORDER BY first_row",
            .integer(number)
        ) { row in
            found.append(
                (
                    row.integer(0)...row.integer(1),
                    row.isNull(2) ? nil : DeviceID(bytes: row.bytes(2))
                ))
        }
        return found
    }

    /// - Parameters:
    ///   - isNamedLeftOut: whether rows that name records are passed over.
    ///   - body: is given the change, and the device whose stamp it carries if that is not this
    ///     one.
    package func each(
        fromBatch number: Int64 = 0, isNamedLeftOut: Bool = false,
        _ body: (Change, DeviceID?) throws -> Void
    ) throws {
        let (named, columns) = (NamedRecords(store), try NamedRecords.columns(store))
        try store.each(
            "SELECT claimed_by, \(columns) FROM pending WHERE (batch IS NULL OR batch >= ?) "
                + (isNamedLeftOut ? "AND first_row IS NULL " : "") + "ORDER BY sequence",
            .integer(number)
        ) { row in
            let claimedBy = row.isNull(0) ? nil : DeviceID(bytes: row.bytes(0))
            try Self.eachChange(named.changes(row, from: 1)) { try body($0, claimedBy) }
        }
    }

    /// The changes of one row, in order.
    static func changes(_ row: [UInt8]) throws -> [Change] {
        var changes: [Change] = []
        try eachChange(row) { changes.append($0) }
        return changes
    }

    private static func eachChange(_ row: [UInt8], _ body: (Change) throws -> Void) throws {
        let bytes = [UInt8(ascii: "[")] + row + [UInt8(ascii: "]")]
        try bytes.withUnsafeBytes { buffer in
            var reader = CanonicalReader(buffer)
            try reader.beginArray()
            var isFirst = true
            while try reader.nextItem(isFirst: isFirst) {
                try body(try ChangeReader.read(&reader).change(in: buffer))
                isFirst = false
            }
        }
    }
}
