package import SyncCore

/// The digest's rows as they should be, beside those that are stored: for checks and repairs.
package struct DigestRows {
    /// The row that holds the hashes of nodes 0 … 63.
    private static let top = Int64(DigestTree.fanout)

    /// Root of the digest.
    package let root: Hash256
    private let children: [Int64: [UInt8]]

    /// - Parameter sums: counted from the records.
    package init(_ sums: DigestSums) {
        var children: [Int64: [UInt8]] = [Self.top: []]
        for node in 0..<DigestTree.fanout {
            let start = node * DigestTree.fanout
            let buckets = sums.buckets[start..<start + DigestTree.fanout].flatMap(\.bytes)
            children[Int64(node)] = buckets
            children[Self.top, default: []] += DigestTree.node(buckets).bytes
        }
        root = DigestTree.node(children[Self.top, default: []])
        self.children = children
    }

    /// Whether every stored row says the same. A row that was never written stands for nothing.
    package func areStored(in store: StoreConnection) throws -> Bool {
        var wrong = Set(children.filter { $0.value != Self.empty($0.key) }.keys)
        try store.each("SELECT node, children FROM digest") { row in
            let node = row.integer(0)
            if children[node] == row.array(1) { wrong.remove(node) } else { wrong.insert(node) }
        }
        return wrong.isEmpty
    }

    package func write(to store: StoreConnection) throws {
        try store.run("DELETE FROM digest")
        for (node, bytes) in children.sorted(by: { $0.key < $1.key }) {
            try store.run(
                "INSERT INTO digest(node, children) VALUES(?, ?)", .integer(node), .blob(bytes))
        }
    }

    /// The root that the stored rows give; nil if the row is damaged.
    package static func storedRoot(in store: StoreConnection) throws -> Hash256? {
        var bytes = empty(top)
        try store.each("SELECT children FROM digest WHERE node = ?", .integer(top)) {
            bytes = $0.array(0)
        }
        return bytes.count == DigestTree.nodeByteCount ? DigestTree.node(bytes) : nil
    }

    private static func empty(_ node: Int64) -> [UInt8] {
        let nothing = [UInt8](repeating: 0, count: DigestTree.nodeByteCount)
        guard node == top else { return nothing }
        return (0..<DigestTree.fanout).flatMap { _ in DigestTree.node(nothing).bytes }
    }
}
