/// A whole digest in memory: for tests, audits and rebuilding.
public struct DigestSums: Sendable, Equatable {
    /// One sum a bucket.
    public private(set) var buckets: [Hash256]

    public init() {
        buckets = Array(repeating: .zero, count: DigestTree.bucketCount)
    }

    public mutating func add(_ hash: Hash256, for key: RecordKey) {
        buckets[DigestTree.bucket(of: key)] &+= hash
    }

    public mutating func remove(_ hash: Hash256, for key: RecordKey) {
        buckets[DigestTree.bucket(of: key)] &-= hash
    }

    /// The hash of node 0 … 63.
    public func node(_ index: Int) -> Hash256 {
        var children: [UInt8] = []
        children.reserveCapacity(DigestTree.nodeByteCount)
        for bucket in buckets[index * DigestTree.fanout..<(index + 1) * DigestTree.fanout] {
            bucket.append(to: &children)
        }
        return DigestTree.node(children)
    }

    public var root: Hash256 {
        var children: [UInt8] = []
        for index in 0..<DigestTree.fanout { node(index).append(to: &children) }
        return DigestTree.node(children)
    }
}
