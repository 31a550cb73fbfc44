package import SyncCore
import SyncProtocol

// Which changes were first signed under a stamp (Protocol/README.md §6.5).
//
// Problem: a change that a copy authors again may have been delivered under the old key, long ago
// and in one of thousands of batches; but nearly no device ever takes a new key, and an index of
// every change would cost every merge.
// Idea: batches with `formerly` are few and are written down as they come; the author's own are
// looked through when such a batch first asks, and only from the last batch on that both share.

/// Applied changes by the stamp that first signed them, within one transaction.
package final class AuthoredTable {
    private let store: StoreConnection
    private let peers: PeerTable
    /// Whose own batches were looked through, and above which number.
    private var caughtUp: (author: DeviceID, above: Int64)?

    package init(_ store: StoreConnection, peers: PeerTable) {
        self.store = store
        self.peers = peers
    }

    /// Whether work of this author came under another key.
    package func hasHeirs(_ author: DeviceID) throws -> Bool {
        guard let peer = try peers.existingNumber(of: author) else { return false }
        return try store.integer(
            "SELECT EXISTS(SELECT 1 FROM authored WHERE author = ? AND number = 0)",
            .integer(peer)) == 1
    }

    /// - Parameter number: of the author's own batch; 0 for a batch that names it as `formerly`.
    package func insert(
        _ author: Stamp, _ key: RecordKey, number: Int64, _ change: AuthoredChange
    ) throws {
        try store.run(
            "INSERT INTO authored VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
            .integer(try peers.number(of: author.device)),
            .integer(Int64(bitPattern: author.time.rawValue)), .text(key.collection),
            .blob(key.id.bytes), .integer(number), .blob(change.content.bytes),
            .integer(Int64(bitPattern: change.effective.time.rawValue)),
            .integer(try peers.number(of: change.effective.device)))
    }

    /// - Parameter above: the author's own batches above this number count too; nil: none do.
    package func find(
        _ author: Stamp, _ key: RecordKey, above number: Int64?, in journal: any JournalEntries
    ) throws -> [AuthoredChange] {
        guard let peer = try peers.existingNumber(of: author.device) else { return [] }
        if let number, caughtUp.map({ $0 != (author.device, number) }) ?? true {
            try catchUp(author.device, peer, above: number, in: journal)
            caughtUp = (author.device, number)
        }
        var rows: [(content: Hash256, time: Int64, by: Int64)] = []
        try store.each(
            "SELECT content, effective, by FROM authored WHERE author = ? AND stamp = ? "
                + "AND id = ? AND collection = ? AND (number = 0 OR number > ?) ORDER BY rowid",
            .integer(peer), .integer(Int64(bitPattern: author.time.rawValue)),
            .blob(key.id.bytes), .text(key.collection), .integer(number ?? .max)
        ) { row in
            guard let content = Hash256(bytes: row.bytes(0)) else { return }
            rows.append((content, row.integer(1), row.integer(2)))
        }
        return try rows.map { row in
            AuthoredChange(
                content: row.content,
                effective: Stamp(
                    time: StampTime(rawValue: UInt64(bitPattern: row.time)),
                    device: try peers.device(of: row.by)))
        }
    }

    /// Looks through the author's own batches that were not yet.
    private func catchUp(
        _ author: DeviceID, _ peer: Int64, above number: Int64, in journal: any JournalEntries
    ) throws {
        let last = try WriterTable(store).writer(peer).lastNumber
        var range = (low: last, high: last)
        var isKnown = false
        try store.each("SELECT low, high FROM authored_range WHERE author = ?", .integer(peer)) {
            range = ($0.integer(0), $0.integer(1))
            isKnown = true
        }
        guard !isKnown || number < range.low || last > range.high else { return }
        if number < range.low { try index(author, number + 1...range.low, journal) }
        if last > range.high { try index(author, range.high + 1...last, journal) }
        try store.run(
            "INSERT INTO authored_range VALUES(?, ?, ?) ON CONFLICT(author) "
                + "DO UPDATE SET low = excluded.low, high = excluded.high", .integer(peer),
            .integer(min(number, range.low)), .integer(last))
    }

    private func index(
        _ author: DeviceID, _ numbers: ClosedRange<Int64>, _ journal: any JournalEntries
    ) throws {
        for number in numbers {
            guard let position = try journal.position(of: author, number: number),
                let (batch, leaf) = try journal.entry(at: position), batch.adopts == nil,
                batch.formerly == nil
            else { continue }
            for index in 0..<batch.count {
                guard let stamp = batch.appliedStamp(index, leaf.verdict) else { continue }
                try insert(
                    Stamp(time: batch.stamp(index), device: author), batch.key(index),
                    number: number,
                    AuthoredChange(content: batch.content(index), effective: stamp))
            }
        }
    }
}
