import SyncCore
import SyncStore

/// A full scan of the records, which believes no stored digest, within one transaction.
///
/// The kept digest says what the programs wrote. Someone who alters the file by other means leaves
/// it as it was; only counting anew finds that.
struct Recount {
    /// A row that no program of FieldSync can have written.
    struct DamagedRow {
        let row: Int64
        let collection: String
        let id: [UInt8]
        /// What stood in `fields`.
        let fields: [UInt8]
    }

    private(set) var sums = DigestSums()
    /// Readable records.
    private(set) var count = 0
    private(set) var damaged: [DamagedRow] = []
    /// Records of the wanted buckets, with their states' hashes.
    private(set) var hashesByBucket: [Int: [RecordKey: Hash256]] = [:]

    init(_ store: StoreConnection, wanted: Set<Int> = []) throws {
        let records = RecordTable(store)
        try store.each(
            "SELECT row, collection, id, fields, clock, position FROM records ORDER BY row"
        ) { row in
            let record: StoredRecord
            do { record = try Self.read(row, records) } catch is StoreError {
                damaged.append(
                    DamagedRow(
                        row: row.integer(0), collection: row.text(1), id: row.array(2),
                        fields: row.array(3)))
                return
            }
            count += 1
            let hash = record.hash
            sums.add(hash, for: record.key)
            guard !wanted.isEmpty else { return }
            let bucket = DigestTree.bucket(of: record.key)
            if wanted.contains(bucket) {
                hashesByBucket[bucket, default: [:]][record.key] = hash
            }
        }
    }

    /// - Throws: `StoreError` (corrupt) for a row whose clock, id or fields cannot be read.
    private static func read(
        _ row: StoreStatement, _ records: RecordTable
    ) throws -> StoredRecord {
        let record = try records.read(row)
        guard (try? record.state()) != nil else {
            throw StoreError(.corrupt, path: "", detail: "fields")
        }
        return record
    }

    /// Writes the digest's rows anew if they are wrong, and takes unreadable rows out, keeping what
    /// they held; pending changes to them stay shown.
    ///
    /// Nothing can be done with such a row, not even removing it as a record: it has no state. The
    /// hub's record comes back by the next comparison.
    ///
    /// - Returns: whether anything was wrong.
    mutating func mend(
        _ store: StoreConnection, _ healed: HealedTable, _ overlay: Overlay
    ) throws -> Bool {
        let rows = DigestRows(sums)
        let isRight = try rows.areStored(in: store)
        if !isRight { try rows.write(to: store) }
        for row in damaged {
            try store.run("DELETE FROM records WHERE row = ?", .integer(row.row))
            try healed.note(collection: row.collection, id: row.id, raw: row.fields)
        }
        let records = RecordTable(store)
        for row in damaged {
            guard let id = RecordID(bytes: row.id) else { continue }
            let key = RecordKey(row.collection, id)
            guard overlay.names(key), try records.record(key) == nil else { continue }
            let state = overlay.laid(over: RecordState(key))
            try records.put(state, position: 0)
            sums.add(state.hash, for: key)
        }
        try records.finish()
        return !isRight || !damaged.isEmpty
    }
}
