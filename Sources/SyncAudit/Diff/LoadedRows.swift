import SyncCore
import SyncStore

/// Rows of one side that may differ, and what the file's own digest says of their buckets.
struct LoadedRows: Sendable {
    private(set) var records: [RowKey: FoundRecord] = [:]
    /// By bucket of the digest: the sum over the rows that can be hashed.
    private var counted: [Int: Hash256] = [:]
    /// Counted minus stored, where that is not zero.
    private(set) var excess: [Int: Hash256] = [:]
    /// Buckets whose stored sum cannot be read.
    private(set) var unreadable: Set<Int> = []

    mutating func add(_ found: FoundRecord) {
        if records[found.key] == nil {
            records[found.key] = found
        } else {
            records[found.key]?.markRepeated()
        }
    }

    mutating func count(_ found: FoundRecord, in bucket: Int) {
        counted[bucket, default: .zero] &+= found.fault == nil ? found.state?.hash ?? .zero : .zero
    }

    /// Holds the sums against the digest that the programs keep. A bucket without rows counts too:
    /// its last one may have been taken away.
    mutating func compare(_ buckets: [Int], withDigestIn store: StoreConnection) throws {
        for bucket in buckets {
            let sum = counted[bucket] ?? .zero
            guard let stored = try Self.stored(bucket, store) else {
                unreadable.insert(bucket)
                continue
            }
            var difference = sum
            difference &-= stored
            if difference != .zero { excess[bucket] = difference }
        }
    }

    /// Nil for a row of the digest that is damaged.
    private static func stored(_ bucket: Int, _ store: StoreConnection) throws -> Hash256? {
        var sum: Hash256? = .zero
        let place = bucket % DigestTree.fanout * Hash256.byteCount
        try store.each(
            "SELECT children FROM digest WHERE node = ?",
            .integer(Int64(bucket / DigestTree.fanout))
        ) { row in
            let bytes = row.bytes(0)
            sum =
                bytes.count == DigestTree.nodeByteCount
                ? Hash256(loading: UnsafeRawBufferPointer(rebasing: bytes[place...])) : nil
        }
        return sum
    }
}
