package import SyncCore
import SyncProtocol

// Which entries of the journal wrote to a record (Protocol/README.md §6.7).
//
// Problem: whether a register came after the point where two histories parted, and whom its writer
// had seen, stands in batches, not in records; an index of every write would cost every merge, and
// a search would read the whole journal.
// Idea: it is asked only when a history broke and a conflict is about to be listed. Then the
// entries above that point are gone through once, and later ones as they come to be asked for.

/// Entries by the records that they name, within one transaction.
package struct MentionTable {
    private let store: StoreConnection
    private let journal: any JournalEntries

    package init(_ store: StoreConnection, journal: any JournalEntries) {
        self.store = store
        self.journal = journal
    }

    /// What entries above a position wrote to a record, in order.
    package func writes(to key: RecordKey, above position: Int64) throws -> [JournalWrite] {
        try catchUp(above: position)
        var positions: [Int64] = []
        try store.each(
            "SELECT position FROM mentions WHERE id = ? AND collection = ? AND position > ? "
                + "ORDER BY position", .blob(key.id.bytes), .text(key.collection),
            .integer(position)
        ) { positions.append($0.integer(0)) }
        return try positions.flatMap { try writes(to: key, at: $0) }
    }

    private func writes(to key: RecordKey, at position: Int64) throws -> [JournalWrite] {
        guard let (batch, leaf) = try journal.entry(at: position) else { return [] }
        return try (0..<batch.count).filter { batch.key($0) == key }.compactMap { index in
            guard let stamps = try batch.appliedStamps(index, leaf.verdict) else { return nil }
            return JournalWrite(
                position: position, isAdopted: batch.adopts != nil, stamps: stamps,
                was: try batch.change(index).was)
        }
    }

    private func catchUp(above position: Int64) throws {
        let meta = MetaTable(store)
        let size = try journal.size()
        let low = try meta.integer(HubKey.mentionsLow) ?? size
        let high = try meta.integer(HubKey.mentionsHigh) ?? size
        if position < low {
            try index(position + 1...low)
            try meta.set(HubKey.mentionsLow, .integer(position))
        } else if try meta.integer(HubKey.mentionsLow) == nil {
            try meta.set(HubKey.mentionsLow, .integer(low))
        }
        if size > high { try index(high + 1...size) }
        try meta.set(HubKey.mentionsHigh, .integer(size))
    }

    private func index(_ positions: ClosedRange<Int64>) throws {
        for position in positions {
            guard let (batch, _) = try journal.entry(at: position) else { continue }
            for key in batch.changes.map(\.key) {
                try store.run(
                    "INSERT INTO mentions VALUES(?, ?, ?) ON CONFLICT DO NOTHING",
                    .blob(key.id.bytes),
                    .text(key.collection), .integer(position))
            }
        }
    }
}
