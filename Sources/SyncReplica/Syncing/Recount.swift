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
    /// Readable records that are not deleted, by collection.
    private var live: [String: Int] = [:]
    /// Records of the wanted buckets, with their states' hashes.
    private(set) var hashesByBucket: [Int: [RecordKey: Hash256]] = [:]

    init(_ store: StoreConnection, wanted: Set<Int> = []) throws {
        let records = RecordTable(store)
        try store.each(
            "SELECT row, collection, id, fields, clock, position FROM records ORDER BY row"
        ) { row in
            let (record, isDeleted): (StoredRecord, Bool)
            do { (record, isDeleted) = try Self.read(row, records) } catch is StoreError {
                damaged.append(
                    DamagedRow(
                        row: row.integer(0), collection: row.text(1), id: row.array(2),
                        fields: row.array(3)))
                return
            }
            count += 1
            if !isDeleted { live[record.key.collection, default: 0] += 1 }
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
    ) throws -> (record: StoredRecord, isDeleted: Bool) {
        let record = try records.read(row)
        guard let state = try? record.state() else {
            throw StoreError(.corrupt, path: "", detail: "fields")
        }
        return (record, state.isDeleted)
    }

    /// Whether the stored digest is that of the records, row by row.
    func isDigestStored(in store: StoreConnection) throws -> Bool {
        try DigestRows(sums).areStored(in: store)
    }

    /// Whether the stored counts are those of the records.
    func areCountsStored(in store: StoreConnection) throws -> Bool {
        try CountRows(live).areStored(in: store)
    }

    /// Writes the kept digest and counts anew if they are wrong, and takes unreadable rows out, keeping what
    /// they held; pending changes to them stay shown, but for those that such a row alone held.
    ///
    /// Nothing can be done with such a row, not even removing it as a record: it has no state. The
    /// hub's record comes back by the next comparison.
    ///
    /// - Returns: whether anything was wrong.
    mutating func mend(
        _ store: StoreConnection, _ healed: HealedTable, device: DeviceID
    ) throws -> Bool {
        try PendingTable(store).holdWhatCanBeRead()
        let overlay = try Overlay(store, device: device)
        let isDigestRight = try isDigestStored(in: store)
        if !isDigestRight { try DigestRows(sums).write(to: store) }
        let areCountsRight = try areCountsStored(in: store)
        if !areCountsRight { try CountRows(live).write(to: store) }
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
        return !isDigestRight || !areCountsRight || !damaged.isEmpty
    }
}
