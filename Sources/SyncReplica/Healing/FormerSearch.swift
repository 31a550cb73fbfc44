public import SyncCore
public import SyncProtocol
import SyncStore

/// Looks through the batches of an identity that this file had, from the last one on that is known
/// to be in this history.
public struct FormerSearch: Sendable {
    /// Where a change is: record and claimed stamp time.
    struct Place: Hashable {
        let key: RecordKey
        let time: StampTime
    }

    /// A change that the old identity, or one that came out of it, delivered.
    struct Delivered {
        let content: Hash256
        let effective: Stamp
    }

    public let device: DeviceID
    /// The number to ask from next.
    public private(set) var from: Int64
    /// The largest number whose batch is this file's own too; known once the search has begun.
    public private(set) var shared: Int64 = 0
    private let lastReceipted: Int64
    private var hasBegun = false
    private var goesBackFrom: Int64
    private(set) var delivered: [Place: [Delivered]] = [:]

    init(device: DeviceID, from number: Int64) {
        self.device = device
        lastReceipted = number
        from = max(number, 1)
        goesBackFrom = 1
    }

    /// The search of an identity whose key is lost: nothing can be asked for.
    init(unsearched device: DeviceID, lastReceipted: Int64) {
        self.init(device: device, from: 1)
        shared = lastReceipted
    }

    /// Takes a run of entries.
    ///
    /// - Returns: whether more is to be asked for, from `from` on.
    public mutating func take(
        _ answer: DeviceBatchesAnswer, in replica: Replica
    ) throws -> Bool {
        var entries: [JournalEntry] = []
        try answer.eachEntry { entries.append($0) }
        if !hasBegun, from > 1 {
            // The first must be this file's own: else the histories parted before it.
            guard let first = entries.first,
                try replica.formerHash(device, from) == first.leaf.batch
            else {
                goesBackFrom *= 2
                from = max(1, from - goesBackFrom)
                return true
            }
        }
        hasBegun = true
        for entry in entries {
            let isOwn = try replica.formerHash(device, entry.leaf.number) == entry.leaf.batch
            if isOwn { shared = max(shared, entry.leaf.number) }
            // What was known to be delivered is not authored anew.
            if !isOwn || entry.leaf.number > lastReceipted { try note(entry) }
            from = entry.leaf.number + 1
        }
        return answer.more && !entries.isEmpty
    }

    private mutating func note(_ entry: JournalEntry) throws {
        let batch = try SealedBatch(bytes: entry.batch, signature: entry.signature)
        guard batch.adopts == nil else { return }
        // All of it: what is to be authored anew may have come through any of the identities.
        for (index, stamp) in batch.effectiveStamps(entry.leaf.verdict).enumerated() {
            guard let effective = stamp else { continue }
            let place = Place(key: batch.key(index), time: batch.stamp(index))
            delivered[place, default: []].append(
                Delivered(content: batch.content(index), effective: effective))
        }
    }
}
