import Crypto

/// The hashes of RFC 6962 §2.1 and the checks of its proofs.
public enum MerkleHash {
    /// The root of the tree without leaves: SHA-256 of nothing.
    public static let empty = Hash256.sha256([])

    /// SHA-256(0x00 ‖ bytes).
    public static func leaf(_ bytes: [UInt8]) -> Hash256 {
        var hasher = SHA256()
        hasher.update(data: [0x00])
        hasher.update(data: bytes)
        return Hash256(hasher.finalize())
    }

    /// SHA-256(0x01 ‖ left ‖ right).
    public static func node(_ left: Hash256, _ right: Hash256) -> Hash256 {
        var bytes: [UInt8] = [0x01]
        left.append(to: &bytes)
        right.append(to: &bytes)
        return .sha256(bytes)
    }

    /// The largest power of two smaller than `count` (≥ 2).
    static func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }

    /// RFC 9162 §2.1.3.2: whether `path` leads from the leaf at `index` to `root`.
    public static func verifyInclusion(
        leaf: Hash256, index: Int, size: Int, path: [Hash256], root: Hash256
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        var (place, last, hash) = (index, size - 1, leaf)
        for sibling in path {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                hash = node(sibling, hash)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = node(hash, sibling)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// RFC 9162 §2.1.4.2: whether the tree of `second` leaves extends the one of `first`.
    public static func verifyConsistency(
        first: Int, firstRoot: Hash256, second: Int, secondRoot: Hash256, proof: [Hash256]
    ) -> Bool {
        guard first >= 0, first <= second else { return false }
        if first == second { return proof.isEmpty && firstRoot == secondRoot }
        if first == 0 { return proof.isEmpty }
        var nodes = proof[...]
        if first.nonzeroBitCount == 1 { nodes = [firstRoot] + nodes }
        guard var old = nodes.popFirst() else { return false }
        var new = old
        var (place, last) = (first - 1, second - 1)
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        for sibling in nodes {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                old = node(sibling, old)
                new = node(sibling, new)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                new = node(new, sibling)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && old == firstRoot && new == secondRoot
    }
}
