import Crypto

// The comparison tree over record states.
//
// Problem: two replicas must find out in one hash whether they are equal, and in a few hundred
// bytes where they differ, while each save pays a constant.
// Idea: 4,096 buckets by hash of the record's name. A bucket is a sum of record hashes, so a write
// takes the old hash out and puts the new one in, whatever else is in the bucket. 64 nodes of 64
// buckets and one root are hashed over them. It guards against accidents; the journal guards
// against malice.
// Source: Protocol/README.md §7; incremental multiset hashes: Clarke et al., ASIACRYPT 2003.

/// Places and hashes of the digest.
public enum DigestTree {
    /// Children of a node; 64 nodes of 64 buckets.
    public static let fanout = 64
    public static let bucketCount = fanout * fanout
    /// Bytes of a node's 64 children.
    public static let nodeByteCount = fanout * Hash256.byteCount

    /// First 12 bits of SHA-256(collection ‖ id): 0 … 4095.
    public static func bucket(of key: RecordKey) -> Int {
        var hasher = SHA256()
        var collection = key.collection
        collection.withUTF8 { hasher.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        var id = (key.id.high.bigEndian, key.id.low.bigEndian)
        withUnsafeBytes(of: &id) { hasher.update(bufferPointer: $0) }
        return Int(Hash256(hasher.finalize()).words.0 >> 52)
    }

    /// The hash of a node from the concatenation of its 64 children.
    public static func node(_ children: [UInt8]) -> Hash256 {
        precondition(children.count == nodeByteCount, "\(children.count) bytes of children")
        return .sha256(children)
    }
}
