import Gzip
public import SyncCore
import SyncProtocol
import SyncStore

/// A change that this device made, with what the hub made of its time.
public struct OwnChange: Sendable {
    public let change: Change
    /// The stamp time that its registers bear: the claimed one until the hub has ruled otherwise.
    let effective: StampTime
    /// Where the hub put it and when, in milliseconds since 1970; nil before its receipt.
    let receipt: (position: Int64, time: Int64)?

    public var key: RecordKey { change.key }
    public var stamp: StampTime { change.stamp }
}

/// The changes of this device that its file still holds, within one transaction.
struct OwnChanges {
    let store: StoreConnection

    /// Calls `body` for each change, the newest first, until it returns false. Changes that the hub
    /// refused or put in quarantine are left out: they did nothing.
    func newestFirst(_ body: (OwnChange) throws -> Bool) throws {
        var pending: [Change] = []
        try PendingTable(store).each { pending.append($0) }
        for change in pending.reversed() {
            guard try body(OwnChange(change: change, effective: change.stamp, receipt: nil)) else {
                return
            }
        }
        var numbers: [Int64] = []
        try store.each(
            "SELECT number FROM batches WHERE receipt IS NOT NULL ORDER BY number DESC"
        ) { numbers.append($0.integer(0)) }
        for number in numbers {
            for change in try applied(inBatch: number).reversed() {
                guard try body(change) else { return }
            }
        }
    }

    private func applied(inBatch number: Int64) throws -> [OwnChange] {
        var packed: [UInt8] = []
        try store.each("SELECT receipt FROM batches WHERE number = ?", .integer(number)) {
            packed = $0.array(0)
        }
        guard let batch = try BatchTable(store).batch(number) else { return [] }
        let bytes = try Gzip.decompress(packed, limit: Limits.unpackedBytes)
        let leaf = try Receipt(encoded: bytes).leaf
        let verdict = leaf.verdict
        let refused = Set(verdict.quarantined.map(\.change))
        let restamped = Dictionary(
            verdict.effective.map { ($0.change, $0.stamp) }, uniquingKeysWith: { first, _ in first }
        )
        return try batch.changes.indices.filter { !refused.contains($0) }.map { index in
            let change = try batch.change(index)
            return OwnChange(
                change: change, effective: restamped[index] ?? change.stamp,
                receipt: (leaf.position, verdict.receivedAt))
        }
    }
}
