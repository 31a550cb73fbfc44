import Gzip
package import SyncCore
package import SyncProtocol

/// The journal and its Merkle tree, within one transaction.
package struct JournalTable {
    /// A batch is packed while its device waits: level 6 took a third of the whole merge.
    private static let level: Int32 = 1
    private let store: StoreConnection

    package init(_ store: StoreConnection) {
        self.store = store
    }

    package func size() throws -> Int64 {
        try store.integer("SELECT coalesce(max(position), 0) FROM journal")
    }

    /// The head at a size.
    package func head(_ size: Int64) throws -> SignedHead {
        var head: SignedHead?
        try store.each("SELECT head FROM journal WHERE position = ?", .integer(size)) {
            head = try SignedHead(encoded: $0.array(0))
        }
        guard let head else {
            throw StoreError(.corrupt, path: "", detail: "journal \(size)")
        }
        return head
    }

    /// The size at which a head was signed; nil for a head that this journal does not hold.
    ///
    /// - Parameter hash: first 16 bytes of the head's hash.
    package func size(ofHead hash: ID128) throws -> Int64? {
        let size = try store.integer(
            "SELECT position FROM journal WHERE head_id = ?", .blob(hash.bytes))
        return size == 0 ? nil : size
    }

    /// Appends a leaf's hash; returns the new root.
    package func appendLeaf(_ hash: Hash256, at index: Int) throws -> Hash256 {
        // What the new root and the leaf's path are made of: the tree's perfect subtrees.
        let peaks = (0..<Int.bitWidth).filter { index >> $0 & 1 == 1 }
        try store.prefetch(
            Self.nodeText,
            peaks.map { [.integer(Int64($0)), .integer(Int64((index >> $0) - 1))] })
        var (level, place, hash) = (0, index, hash)
        try insertNode(level, place, hash)
        while place & 1 == 1 {
            hash = MerkleHash.node(try node(level, place - 1), hash)
            level += 1
            place >>= 1
            try insertNode(level, place, hash)
        }
        return try tree(index + 1).root()
    }

    package func tree(_ size: Int) -> MerkleTree<any Error> {
        MerkleTree(size: size) { level, index throws(any Error) in try node(level, index) }
    }

    private static let nodeText = "SELECT hash FROM merkle WHERE level = ? AND place = ?"

    private func insertNode(_ level: Int, _ place: Int, _ hash: Hash256) throws {
        try store.run(
            "INSERT INTO merkle(level, place, hash) VALUES(?, ?, ?)", .integer(Int64(level)),
            .integer(Int64(place)), .blob(hash.bytes))
    }

    /// The hash of a perfect subtree.
    package func node(_ level: Int, _ place: Int) throws -> Hash256 {
        var hash: Hash256?
        try store.each(
            Self.nodeText, .integer(Int64(level)),
            .integer(Int64(place))
        ) { hash = Hash256(bytes: $0.bytes(0)) }
        guard let hash else {
            throw StoreError(.corrupt, path: "", detail: "merkle \(level)/\(place)")
        }
        return hash
    }

    /// A batch as the journal keeps it.
    package static func packed(_ batch: [UInt8]) -> [UInt8] {
        Gzip.compress(batch, level: level)
    }

    /// - Parameter packed: the batch as the journal keeps it, where the caller has it.
    package func insert(
        _ batch: SealedBatch, packed: [UInt8]? = nil, peer: Int64, leaf: Leaf, head: SignedHead
    ) throws {
        try insert(
            batch, packed ?? Self.packed(batch.bytes), peer: peer, leaf: leaf,
            headID: head.hash.prefixID,
            head: String(decoding: head.encoded, as: UTF8.self))
    }

    /// - Parameter signed: nil at a follower, which did not get the hub's signature of this head:
    ///   its text is left empty, and its hash follows from what it says.
    package func insert(
        _ batch: SealedBatch, peer: Int64, leaf: Leaf, head: Head, signed: SignedHead?
    ) throws {
        let text = signed.map { String(decoding: $0.encoded, as: UTF8.self) } ?? ""
        try insert(
            batch, Self.packed(batch.bytes), peer: peer, leaf: leaf,
            headID: (signed?.hash ?? head.hash).prefixID, head: text)
    }

    private func insert(
        _ batch: SealedBatch, _ packed: [UInt8], peer: Int64, leaf: Leaf, headID: ID128,
        head: String
    ) throws {
        try store.run(
            "INSERT INTO journal VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            .integer(leaf.position), .integer(peer), .integer(batch.number),
            .blob(leaf.batch.bytes), .blob(packed),
            .blob(batch.signature.bytes), .text(String(decoding: leaf.bytes, as: UTF8.self)),
            .integer(leaf.isClean ? 1 : 0), .text(head), .blob(headID.bytes))
    }

    /// Where a device's batch stands, and its hash; nil if the journal lacks it.
    package func find(peer: Int64, number: Int64) throws -> (position: Int64, hash: Hash256)? {
        var found: (Int64, Hash256)?
        try store.each(
            "SELECT position, hash FROM journal WHERE peer = ? AND number = ?", .integer(peer),
            .integer(number)
        ) { row in
            if let hash = Hash256(bytes: row.bytes(1)) { found = (row.integer(0), hash) }
        }
        return found
    }

    /// The receipt that a batch got: the head is the one signed then.
    package func receipt(_ position: Int64) throws -> Receipt {
        guard let leaf = try leaf(position) else {
            throw StoreError(.corrupt, path: "", detail: "journal \(position)")
        }
        let path = try tree(Int(position)).inclusionPath(of: Int(position) - 1)
        return Receipt(head: try head(position), leaf: leaf, path: path)
    }

    package func batch(_ position: Int64) throws -> SealedBatch {
        var batch: SealedBatch?
        try store.each(
            "SELECT batch, signature FROM journal WHERE position = ?", .integer(position)
        ) { row in
            guard let signature = Signature(bytes: row.array(1)) else { return }
            let bytes = try Gzip.decompress(row.array(0), limit: Limits.unpackedBytes)
            batch = try SealedBatch(bytes: bytes, signature: signature)
        }
        guard let batch else {
            throw StoreError(.corrupt, path: "", detail: "journal \(position)")
        }
        return batch
    }

    package func leaf(_ position: Int64) throws -> Leaf? {
        try leafBytes(position).map { try Leaf(JSONParser.parse($0)) }
    }

    /// How many batches the journal held at a moment, in milliseconds since 1970: by halving, since
    /// times of receipt rise with the positions.
    package func size(at moment: Int64) throws -> Int64 {
        var (low, high) = (Int64(0), try size())
        while low < high {
            let middle = low + (high - low + 1) / 2
            let received = try leaf(middle)?.verdict.receivedAt ?? 0
            if received <= moment { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// The canonical bytes of a leaf.
    package func leafBytes(_ position: Int64) throws -> [UInt8]? {
        var bytes: [UInt8]?
        try store.each("SELECT leaf FROM journal WHERE position = ?", .integer(position)) {
            bytes = $0.array(0)
        }
        return bytes
    }

    /// Whether a head is the journal's at its size (§5.2). Its signature is checked apart.
    package func holds(_ head: Head) throws -> Bool {
        guard head.size >= 0, head.size <= (try size()) else { return false }
        return try tree(Int(head.size)).root() == head.root
    }

    /// Whose batch a position holds, its number, and whether its verdict is clean.
    package func entry(_ position: Int64) throws -> (peer: Int64, number: Int64, isClean: Bool)? {
        var entry: (Int64, Int64, Bool)?
        try store.each(
            "SELECT peer, number, is_clean FROM journal WHERE position = ?", .integer(position)
        ) { entry = ($0.integer(0), $0.integer(1), $0.integer(2) == 1) }
        return entry
    }
}
