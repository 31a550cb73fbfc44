import SyncCore
import SyncStore

/// A file as a digest that is counted from its rows, never taken from what it stores.
struct LocalDigest: DigestSource {
    let scanned: ScannedFile
    private let sums: DigestSums
    /// Buckets of rows that no program wrote: they count for no sum.
    let damaged: Set<Int>

    init(_ scanned: ScannedFile) throws {
        self.scanned = scanned
        var sums = DigestSums()
        var damaged: Set<Int> = []
        try scanned.file.read { store in
            let peers = PeerTable(store)
            var index = 0
            try store.each("SELECT collection, id, fields, clock FROM records NOT INDEXED") { row in
                let bucket = BucketGroup.digestBucket(scanned.scan.buckets[index])
                index += 1
                let name = RowKey(collection: row.array(0), id: row.array(1))
                guard let key = name.recordKey,
                    let clock = try? ClockBytes.decode(row.bytes(3), peers: peers)
                else {
                    damaged.insert(bucket)
                    return
                }
                let state = RecordBytes.state(key: key, fields: row.bytes(2), clock: clock)
                sums.add(MessageKind.record.hash(state), for: key)
            }
        }
        self.sums = sums
        self.damaged = damaged
    }

    func children(of node: Int?) -> [Hash256] {
        guard let node else { return (0..<DigestTree.fanout).map(sums.node) }
        return Array(sums.buckets[node * DigestTree.fanout..<(node + 1) * DigestTree.fanout])
    }

    func records(of buckets: Set<Int>) throws -> LoadedRows {
        var group = BucketGroup()
        for bucket in buckets {
            for rest in 0..<16 { group.insert(bucket << 4 | rest) }
        }
        return try scanned.load(group)
    }
}
