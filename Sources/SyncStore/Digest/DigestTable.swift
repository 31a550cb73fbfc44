package import SyncCore

/// The digest's rows, read when touched and written once, within one transaction.
package final class DigestTable {
    /// The row that holds the hashes of nodes 0 … 63.
    private static let top = Int64(DigestTree.fanout)

    private let store: StoreConnection
    /// Children of the rows touched so far.
    private var children: [Int64: [UInt8]] = [:]
    /// Nodes whose buckets changed since their hash was last put into the top row.
    private var stale: Set<Int64> = []
    private var changed: Set<Int64> = []

    package init(_ store: StoreConnection) {
        self.store = store
    }

    private static let childrenText = "SELECT children FROM digest WHERE node = ?"

    /// Reads rows that records of these names will touch, together.
    package func prefetch(_ keys: some Sequence<RecordKey>) throws {
        try store.prefetch(
            Self.childrenText,
            Set(keys.map { Int64(DigestTree.bucket(of: $0) / DigestTree.fanout) } + [Self.top])
                .map { [.integer($0)] })
    }

    /// Takes one record hash out of its bucket and puts another in.
    package func replace(_ old: Hash256?, with new: Hash256?, for key: RecordKey) throws {
        guard old != new else { return }
        let bucket = DigestTree.bucket(of: key)
        let node = Int64(bucket / DigestTree.fanout)
        try load(node)
        let place = bucket % DigestTree.fanout * Hash256.byteCount
        children[node]!.withUnsafeMutableBytes { bytes in
            let slot = UnsafeMutableRawBufferPointer(
                rebasing: bytes[place..<place + Hash256.byteCount])
            var sum = Hash256(loading: UnsafeRawBufferPointer(slot))
            if let old { sum &-= old }
            if let new { sum &+= new }
            sum.store(in: slot)
        }
        stale.insert(node)
        changed.insert(node)
    }

    /// SHA-256 over the 64 nodes.
    package func root() throws -> Hash256 {
        try refreshTop()
        return DigestTree.node(children[Self.top]!)
    }

    /// The 64 children of node 0 … 63 (bucket sums), or of the top (node hashes).
    package func children(of node: Int?) throws -> [Hash256] {
        try refreshTop()
        let row = node.map { Int64($0) } ?? Self.top
        try load(row)
        return children[row]!.withUnsafeBytes { bytes in
            (0..<DigestTree.fanout).map { place in
                let start = place * Hash256.byteCount
                return Hash256(loading: UnsafeRawBufferPointer(rebasing: bytes[start...]))
            }
        }
    }

    package func flush() throws {
        try refreshTop()
        for node in changed.sorted() {
            try store.run(
                "INSERT INTO digest(node, children) VALUES(?, ?) "
                    + "ON CONFLICT(node) DO UPDATE SET children = excluded.children",
                .integer(node), .blob(children[node]!))
        }
        changed.removeAll()
    }

    private func refreshTop() throws {
        try load(Self.top)
        for node in stale {
            let hash = DigestTree.node(children[node]!)
            let place = Int(node) * Hash256.byteCount
            children[Self.top]!.withUnsafeMutableBytes { bytes in
                hash.store(
                    in: UnsafeMutableRawBufferPointer(
                        rebasing: bytes[place..<place + Hash256.byteCount]))
            }
            changed.insert(Self.top)
        }
        stale.removeAll()
    }

    private func load(_ node: Int64) throws {
        guard children[node] == nil else { return }
        let statement = try store.prepare(Self.childrenText)
        statement.bind(1, node)
        defer { statement.reset() }
        let bytes = try statement.step() ? statement.array(0) : Self.empty(node)
        guard bytes.count == DigestTree.nodeByteCount else {
            throw StoreError(.corrupt, path: "", detail: "digest \(node)")
        }
        children[node] = bytes
    }

    /// What a row that was never written stands for.
    private static func empty(_ node: Int64) -> [UInt8] {
        let nothing = [UInt8](repeating: 0, count: DigestTree.nodeByteCount)
        guard node == top else { return nothing }
        return (0..<DigestTree.fanout).flatMap { _ in DigestTree.node(nothing).bytes }
    }
}
