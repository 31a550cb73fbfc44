// RFC 6962 Merkle tree.
//
// Problem: prove to a device that its batch is in the journal, and that a later journal extends
// the one it saw, in a few hashes, without keeping the tree in memory.
// Idea: the hashes of perfect subtrees never change once their last leaf is in. They are stored by
// (level, index); every root and proof is put together from them.
// References: RFC 6962 §2.1; RFC 9162 §2.1.3.2 and §2.1.4.2 for the verifiers.

/// Roots and proofs over stored hashes of perfect subtrees.
public struct MerkleTree<Failure: Error> {
    /// The hash of the perfect subtree of 2^level leaves that starts at leaf index × 2^level.
    public typealias NodeReader = (_ level: Int, _ index: Int) throws(Failure) -> Hash256

    /// Leaves in the tree.
    public let size: Int
    private let node: NodeReader

    /// - Parameter node: is asked only for subtrees that lie wholly within `size`.
    public init(size: Int, node: @escaping NodeReader) {
        self.size = size
        self.node = node
    }

    public func root() throws(Failure) -> Hash256 {
        guard size > 0 else { return MerkleHash.empty }
        return try subtree(0, size)
    }

    /// RFC 6962 §2.1.1: the audit path of the leaf at `index`, from the leaf up.
    public func inclusionPath(of index: Int) throws(Failure) -> [Hash256] {
        precondition(index >= 0 && index < size, "leaf \(index) of \(size)")
        return try path(index, 0, size)
    }

    /// RFC 6962 §2.1.2: proof that this tree extends the one of its first `first` leaves.
    public func consistencyProof(from first: Int) throws(Failure) -> [Hash256] {
        precondition(first >= 0 && first <= size, "prefix \(first) of \(size)")
        guard first > 0, first < size else { return [] }
        return try subproof(first, 0, size, isWhole: true)
    }

    private func subtree(_ start: Int, _ count: Int) throws(Failure) -> Hash256 {
        if count.nonzeroBitCount == 1, start % count == 0 {
            let level = count.trailingZeroBitCount
            return try node(level, start >> level)
        }
        let left = MerkleHash.split(count)
        return MerkleHash.node(
            try subtree(start, left), try subtree(start + left, count - left))
    }

    private func path(_ index: Int, _ start: Int, _ count: Int) throws(Failure) -> [Hash256] {
        guard count > 1 else { return [] }
        let left = MerkleHash.split(count)
        if index < left {
            return try path(index, start, left) + [subtree(start + left, count - left)]
        }
        return try path(index - left, start + left, count - left) + [subtree(start, left)]
    }

    private func subproof(
        _ first: Int, _ start: Int, _ count: Int, isWhole: Bool
    ) throws(Failure) -> [Hash256] {
        if first == count { return isWhole ? [] : [try subtree(start, count)] }
        let left = MerkleHash.split(count)
        if first <= left {
            return try subproof(first, start, left, isWhole: isWhole)
                + [subtree(start + left, count - left)]
        }
        return try subproof(first - left, start + left, count - left, isWhole: false)
            + [subtree(start, left)]
    }
}

extension MerkleTree where Failure == Never {
    /// A tree over leaf hashes in memory: for tests and short logs, not for a hub's journal.
    public init(leaves: [Hash256]) {
        func perfect(_ level: Int, _ index: Int) -> Hash256 {
            level == 0
                ? leaves[index]
                : MerkleHash.node(
                    perfect(level - 1, index * 2), perfect(level - 1, index * 2 + 1))
        }
        self.init(size: leaves.count, node: perfect)
    }
}
