import SyncCore

/// An RFC 6962 tree that only grows: the roots of its perfect subtrees, largest first.
///
/// Holds one hash for each bit of its size, whatever the size. Source: RFC 6962 §2.1.
struct GrowingTree {
    private(set) var size: Int64 = 0
    /// Roots of the perfect subtrees, the largest first.
    private(set) var peaks: [Hash256] = []

    init() {}

    /// - Parameter peaks: as many as `size` has bits that are set.
    init(size: Int64, peaks: [Hash256]) {
        self.size = size
        self.peaks = peaks
    }

    /// A subtree that a leaf completed.
    struct Node: Equatable {
        let level: Int64
        let place: Int64
        let hash: Hash256
    }

    /// Adds a leaf's hash.
    ///
    /// - Returns: the leaf and the subtrees that it completed, from the leaf up.
    @discardableResult
    mutating func append(_ leaf: Hash256) -> [Node] {
        var node = Node(level: 0, place: size, hash: leaf)
        var nodes = [node]
        while node.place & 1 == 1, let left = peaks.popLast() {
            node = Node(
                level: node.level + 1, place: node.place >> 1,
                hash: MerkleHash.node(left, node.hash))
            nodes.append(node)
        }
        peaks.append(node.hash)
        size += 1
        return nodes
    }

    /// The tree with one more leaf.
    func appending(_ leaf: Hash256) -> GrowingTree {
        var copy = self
        copy.append(leaf)
        return copy
    }

    var root: Hash256 {
        guard var root = peaks.last else { return MerkleHash.empty }
        for left in peaks.dropLast().reversed() { root = MerkleHash.node(left, root) }
        return root
    }
}
