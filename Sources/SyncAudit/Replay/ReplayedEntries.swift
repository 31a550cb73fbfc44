import Gzip
import SyncCore
import SyncProtocol
import SyncStore

// What the rules of healing read of a journal while it is replayed. Only entries that were replayed
// already count: a later one cannot bear on what was ruled before it.

/// The journal of the file that is replayed.
struct ReplayedSource: JournalEntries {
    private let source: StoreConnection
    private let replay: StoreConnection
    private let journal: StoredJournal

    init(_ source: StoreConnection, replay: StoreConnection) {
        self.source = source
        self.replay = replay
        journal = StoredJournal(source, peers: PeerTable(source))
    }

    func size() throws -> Int64 { try ReplayedLeaves.size(replay) }

    func entry(at position: Int64) throws -> (batch: SealedBatch, leaf: Leaf)? {
        position <= (try size()) ? try journal.entry(at: position) : nil
    }

    func position(of device: DeviceID, number: Int64) throws -> Int64? {
        let position = try journal.position(of: device, number: number)
        return try position.flatMap { $0 <= (try size()) ? $0 : nil }
    }

    func holds(_ head: Head) throws -> Bool { try ReplayedLeaves.holds(head, replay) }
}

/// Entries that came over a network, kept as they are replayed.
struct ReplayedEntries: JournalEntries {
    private let store: StoreConnection

    init(_ store: StoreConnection) {
        self.store = store
    }

    static func makeTable(_ store: StoreConnection) throws {
        try store.execute(
            "CREATE TABLE IF NOT EXISTS entries(position INTEGER PRIMARY KEY, device BLOB, number INTEGER, "
                + "batch BLOB, signature BLOB, leaf BLOB, UNIQUE(device, number))")
    }

    func insert(
        _ batch: SealedBatch, _ verdict: Verdict, _ leaf: Leaf?, _ position: Int64
    ) throws {
        let kept =
            leaf
            ?? Leaf(
                batch: batch.hash, device: batch.device, number: batch.number,
                signature: batch.signature, epoch: EpochID(high: 0, low: 0), position: position,
                verdict: verdict)
        try store.run(
            "INSERT OR REPLACE INTO entries VALUES(?, ?, ?, ?, ?, ?)", .integer(position),
            .blob(batch.device.bytes), .integer(batch.number),
            .blob(Gzip.compress(batch.bytes, level: 1)), .blob(batch.signature.bytes),
            .blob(kept.bytes))
    }

    func size() throws -> Int64 { try ReplayedLeaves.size(store) }

    func entry(at position: Int64) throws -> (batch: SealedBatch, leaf: Leaf)? {
        var row: (batch: [UInt8], signature: [UInt8], leaf: [UInt8])?
        try store.each(
            "SELECT batch, signature, leaf FROM entries WHERE position = ?", .integer(position)
        ) { row = ($0.array(0), $0.array(1), $0.array(2)) }
        guard let row, let signature = Signature(bytes: row.signature) else { return nil }
        let bytes = try Gzip.decompress(row.batch, limit: Limits.unpackedBytes)
        return (
            try SealedBatch(bytes: bytes, signature: signature),
            try Leaf(JSONParser.parse(row.leaf))
        )
    }

    func position(of device: DeviceID, number: Int64) throws -> Int64? {
        let position = try store.integer(
            "SELECT position FROM entries WHERE device = ? AND number = ?",
            .blob(device.bytes), .integer(number))
        return position == 0 ? nil : position
    }

    func holds(_ head: Head) throws -> Bool { try ReplayedLeaves.holds(head, store) }
}

/// What was noted of the tree so far.
private enum ReplayedLeaves {
    static func size(_ replay: StoreConnection) throws -> Int64 {
        try replay.integer("SELECT coalesce(max(position), 0) FROM seen_leaves")
    }

    static func holds(_ head: Head, _ replay: StoreConnection) throws -> Bool {
        if head.size == 0 { return head.root == MerkleHash.empty }
        var root: Hash256?
        try replay.each(
            "SELECT root FROM seen_leaves WHERE position = ?", .integer(head.size)
        ) { root = Hash256(bytes: $0.bytes(0)) }
        return root == head.root
    }
}

/// Registers that an adopter handed back and whose author's own batch did not come since.
struct VouchedRegisters {
    private struct Place: Hashable {
        let key: RecordKey
        let field: String
        let stamp: Stamp
    }

    private var places: Set<Place> = []

    var count: Int { places.count }

    var all: [(key: RecordKey, field: String, stamp: Stamp)] {
        places.map { ($0.key, $0.field, $0.stamp) }
    }

    mutating func insert(_ key: RecordKey, _ field: String, _ stamp: Stamp) {
        places.insert(Place(key: key, field: field, stamp: stamp))
    }

    mutating func take(_ batch: SealedBatch, _ verdict: Verdict) throws {
        guard batch.adopts != nil || !places.isEmpty else { return }
        for index in 0..<batch.count {
            guard let stamps = try batch.appliedStamps(index, verdict) else { continue }
            let key = batch.key(index)
            guard key.collection != HubCollection.conflicts else { continue }
            for (field, stamp) in stamps {
                let place = Place(key: key, field: field, stamp: stamp)
                if batch.adopts != nil, stamp.device != batch.device {
                    places.insert(place)
                } else {
                    places.remove(place)
                }
            }
        }
    }
}
