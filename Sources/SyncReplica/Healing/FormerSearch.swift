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
    private var hasBegun = false
    private var goesBackFrom: Int64
    private let wanted: Set<Place>
    private(set) var delivered: [Place: [Delivered]] = [:]

    init(device: DeviceID, from number: Int64, wanted: Set<Place>) {
        self.device = device
        self.wanted = wanted
        from = max(number, 1)
        goesBackFrom = 1
    }

    /// The search of an identity whose key is lost: nothing can be asked for.
    init(unsearched device: DeviceID, lastReceipted: Int64) {
        self.init(device: device, from: 1, wanted: [])
        shared = lastReceipted
    }

    /// Where pending changes and receipted batches of former identities stand.
    static func wanted(_ store: StoreConnection) throws -> Set<Place> {
        var wanted: Set<Place> = []
        try PendingTable(store).each { wanted.insert(Place(key: $0.key, time: $0.stamp)) }
        let identities = IdentityTable(store)
        for open in try identities.open() {
            for (batch, _) in try identities.receipted(of: open.device, above: 0) {
                for index in 0..<batch.count {
                    wanted.insert(Place(key: batch.key(index), time: batch.stamp(index)))
                }
            }
        }
        return wanted
    }

    /// Takes a run of entries.
    ///
    /// - Parameter hash: the chain hash of the own batch of a number; nil if there is none.
    /// - Returns: whether more is to be asked for, from `from` on.
    public mutating func take(
        _ answer: DeviceBatchesAnswer, hash: (Int64) throws -> Hash256?
    ) throws -> Bool {
        var entries: [JournalEntry] = []
        try answer.eachEntry { entries.append($0) }
        if !hasBegun, from > 1 {
            // The first must be this file's own: else the histories parted before it.
            guard let first = entries.first, try hash(from) == first.leaf.batch else {
                goesBackFrom *= 2
                from = max(1, from - goesBackFrom)
                return true
            }
        }
        hasBegun = true
        for entry in entries {
            if try hash(entry.leaf.number) == entry.leaf.batch {
                shared = max(shared, entry.leaf.number)
            }
            try note(entry)
            from = entry.leaf.number + 1
        }
        return answer.more && !entries.isEmpty
    }

    private mutating func note(_ entry: JournalEntry) throws {
        let batch = try SealedBatch(bytes: entry.batch, signature: entry.signature)
        guard batch.adopts == nil else { return }
        let verdict = entry.leaf.verdict
        for index in 0..<batch.count {
            let place = Place(key: batch.key(index), time: batch.stamp(index))
            guard wanted.contains(place),
                !verdict.quarantined.contains(where: { $0.change == index })
            else { continue }
            let repeated = verdict.repeats.first { $0.change == index }?.stamp
            let time = verdict.effective.first { $0.change == index }?.stamp
            let effective = repeated ?? Stamp(time: time ?? place.time, device: batch.device)
            delivered[place, default: []].append(
                Delivered(content: try batch.change(index).content, effective: effective))
        }
    }
}
