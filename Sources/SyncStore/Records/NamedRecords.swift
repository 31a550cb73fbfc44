import SyncCore

// What waits to be sent, without writing it twice.
//
// Problem: a save wrote each new record as a row and once more as a change: three times the bytes of
// a plain table through the log.
// Idea: a record that was made and not touched since is its change: its name, its fields and its one
// stamp. So a row of `pending` may name rows of `records` instead of holding their changes. Before
// one of those rows is touched, what names it takes the changes out and holds them itself.
// Source: docs/decisions/0031-pending-names-rows.md.

/// Rows of `records` that a row of `pending` names, within one transaction.
package struct NamedRecords {
    private let store: StoreConnection

    package init(_ store: StoreConnection) {
        self.store = store
    }

    /// The version of a replica's tables from which on `pending` may name rows.
    package static let schemaVersion: Int64 = 5

    /// The columns of `pending` that `changes(_:from:)` takes, also of an older file.
    package static func columns(_ store: StoreConnection) throws -> String {
        try store.integer("PRAGMA user_version") >= schemaVersion
            ? "changes, first_row, last_row" : "changes, NULL, NULL"
    }

    /// The changes of a row of `pending`: canonical JSON, separated by commas.
    ///
    /// - Parameter column: where `changes`, `first_row` and `last_row` begin.
    /// - Throws: `StoreError` (corrupt) if a named row is not one that was just made.
    package func changes(_ pending: StoreStatement, from column: Int32) throws -> [UInt8] {
        guard !pending.isNull(column + 1) else { return pending.array(column) }
        let (first, last) = (pending.integer(column + 1), pending.integer(column + 2))
        guard first <= last else { throw damaged(first) }
        return try changes(first...last)
    }

    /// The changes that rows of `records` are.
    ///
    /// - Throws: `StoreError` (corrupt) if one of them is not one that was just made.
    package func changes(_ rows: ClosedRange<Int64>) throws -> [UInt8] {
        var out: [UInt8] = []
        var next = rows.lowerBound
        try store.each(
            "SELECT row, collection, id, fields, clock FROM records WHERE row BETWEEN ? AND ? "
                + "ORDER BY row", .integer(rows.lowerBound), .integer(rows.upperBound)
        ) { row in
            guard row.integer(0) == next, let id = RecordID(bytes: row.bytes(2)),
                let stamp = Self.onlyStamp(row.bytes(4))
            else { throw damaged(next) }
            if !out.isEmpty { out.append(UInt8(ascii: ",")) }
            NewRecord.appendChange(
                RecordKey(row.text(1), id), fields: row.bytes(3), stamp: stamp, to: &out)
            next += 1
        }
        guard next == rows.upperBound + 1 else { throw damaged(next) }
        return out
    }

    /// The stamp time of a record whose fields all have the same stamp; nil for any other.
    private static func onlyStamp(_ clock: UnsafeRawBufferPointer) -> StampTime? {
        var times: [UInt64] = []
        let isWhole = ClockBytes.walk(clock) { _, time, _ in times.append(time) }
        return isWhole && times.count == 1 ? StampTime(rawValue: times[0]) : nil
    }

    private func damaged(_ row: Int64) -> StoreError {
        StoreError(.corrupt, path: "", detail: "pending names record \(row)")
    }

    /// To be called before a row of `records` is written over or goes: the changes that name it are
    /// held from here on.
    package func release(_ row: Int64) throws {
        var found: (sequence: Int64, changes: [UInt8])?
        // Ranges do not overlap: the last that begins before the row is the only one.
        try store.each(
            "SELECT sequence, changes, first_row, last_row FROM pending "
                + "WHERE first_row IS NOT NULL AND first_row <= ? ORDER BY first_row DESC LIMIT 1",
            .integer(row)
        ) { pending in
            guard pending.integer(3) >= row else { return }
            found = (pending.integer(0), try changes(pending, from: 1))
        }
        guard let found else { return }
        try hold(found.changes, in: found.sequence)
    }

    /// Has all that is not sealed held.
    package func releaseUnsealed() throws {
        var found: [(sequence: Int64, changes: [UInt8])] = []
        try store.each(
            "SELECT sequence, changes, first_row, last_row FROM pending "
                + "WHERE first_row IS NOT NULL AND batch IS NULL ORDER BY sequence"
        ) { found.append(($0.integer(0), try changes($0, from: 1))) }
        for row in found { try hold(row.changes, in: row.sequence) }
    }

    /// Has a row of `pending` hold changes, and name no more.
    package func hold(_ changes: [UInt8], in sequence: Int64) throws {
        try store.run(
            "UPDATE pending SET changes = ?, first_row = NULL, last_row = NULL WHERE sequence = ?",
            .blob(changes), .integer(sequence))
    }
}
