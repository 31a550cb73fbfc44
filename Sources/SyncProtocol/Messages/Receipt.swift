public import SyncCore

/// Proof that a batch is in the hub's journal. Source: Protocol/README.md §5.3.
public struct Receipt: Sendable, Equatable {
    public let head: SignedHead
    public let leaf: Leaf
    /// RFC 6962 audit path of the leaf in the head's tree.
    public let path: [Hash256]

    public init(head: SignedHead, leaf: Leaf, path: [Hash256]) {
        self.head = head
        self.leaf = leaf
        self.path = path
    }

    public init(_ value: JSONValue?) throws(MessageFault) {
        let fields = try MessageFields(value, "receipt")
        head = try SignedHead(fields.optional("head"))
        leaf = try Leaf(fields.optional("leaf"))
        path = try fields.hashes("path")
    }

    public init(encoded: [UInt8]) throws {
        try self.init(JSONParser.parse(encoded))
    }

    /// Canonical `{"head":{…},"leaf":{…},"path":[…]}`.
    public var encoded: [UInt8] {
        var out = Array(#"{"head":"#.utf8) + head.encoded
        out += Array(#","leaf":"#.utf8) + leaf.bytes
        let hashes = path.map { "\"\($0.hex)\"" }.joined(separator: ",")
        return out + Array(#","path":[\#(hashes)]}"#.utf8)
    }

    /// Checks everything that makes a receipt count for a batch.
    ///
    /// - Throws: `ReceiptFault` with the first check that failed.
    public func verify(
        batch: SealedBatch, hub: HubIdentity
    ) throws(ReceiptFault) {
        guard hub.vouches(for: head) else { throw .headNotTheHubs }
        guard leaf.batch == batch.hash, leaf.device == batch.device,
            leaf.number == batch.number, leaf.signature == batch.signature
        else { throw .anotherBatch }
        guard leaf.epoch == head.head.epoch else { throw .anotherEpoch }
        let verdict = leaf.verdict
        let named =
            verdict.effective.map(\.change) + verdict.quarantined.map(\.change)
            + verdict.repeats.map(\.change)
        guard named.allSatisfy({ batch.changes.indices ~= $0 }) else { throw .verdict }
        let included = MerkleHash.verifyInclusion(
            leaf: leaf.hash, index: Int(leaf.position) - 1, size: Int(head.head.size),
            path: path, root: head.head.root)
        guard included else { throw .notIncluded }
    }
}

/// Which check of a receipt failed.
public enum ReceiptFault: String, Error, Sendable {
    case headNotTheHubs, anotherBatch, anotherEpoch, notIncluded
    /// The verdict names changes that the batch does not have.
    case verdict
}
