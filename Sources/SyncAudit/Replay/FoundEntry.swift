import Gzip
import SyncCore
import SyncProtocol

/// A journal's entry as it was found; nothing of it is believed yet.
struct FoundEntry {
    let position: Int64
    let batch: FoundBatch
    let signature: [UInt8]
    let leaf: [UInt8]
    /// The head that was signed then; nil where only the newest is given.
    let head: [UInt8]?
    /// The leaf's hash in the hub's own tree, nil if it has none: it stands in for a leaf that was
    /// altered, if it leads to the signed root.
    let storedLeaf: Hash256?
}

/// What can be made of a batch while the entries before it are ruled. None of it is believed for
/// that: whose key counts, and which signature, is known when it is the entry's turn.
struct FoundBatch: Sendable {
    /// The batch's bytes, unpacked; nil if they cannot be.
    let bytes: [UInt8]?
    let hash: Hash256?
    private let sealed: SealedBatch?
    private let check: (key: PublicKey, isSigned: Bool)?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        hash = MessageKind.batch.hash(bytes)
        (sealed, check) = (nil, nil)
    }

    /// - Parameter key: the one that the batch is probably signed with.
    init(unpacking packed: [UInt8], signature: Signature?, key: PublicKey?) {
        bytes = try? Gzip.decompress(packed, limit: Limits.unpackedBytes)
        hash = bytes.map { MessageKind.batch.hash($0) }
        guard let bytes, let signature else {
            (sealed, check) = (nil, nil)
            return
        }
        sealed = try? SealedBatch(bytes: bytes, signature: signature)
        check = key.map { ($0, $0.verifies(signature, .batch, bytes)) }
    }

    /// The batch with a signature; nil if it was not read with that one, or has a fault.
    func sealed(_ signature: Signature) -> SealedBatch? {
        sealed?.signature == signature ? sealed : nil
    }

    /// Whether a batch carries a key's signature; nil where that was not looked at.
    func isSigned(_ batch: SealedBatch, by key: PublicKey) -> Bool? {
        guard let check, check.key == key, sealed?.signature == batch.signature else { return nil }
        return check.isSigned
    }
}

/// What an entry turned out to be.
struct CheckedEntry {
    let position: Int64
    /// Nil if it cannot be read or belongs elsewhere.
    var leaf: Leaf?
    /// Whether the row's leaf names another position.
    var isMoved = false
    /// Whether the leaf leads to the root that the hub signed.
    var isLeafProved = false
    /// Nil unless the hub signed it for this position.
    var head: SignedHead?
    /// Nil if the bytes are not those that the leaf names, or no batch.
    var batch: SealedBatch?
    var hash: Hash256?
    /// Whether the batch carries the signature of a device that the journal enrolled.
    var isSigned = false
    /// The subtrees of the journal's tree that the leaf completed.
    var nodes: [GrowingTree.Node] = []
}

extension Leaf {
    /// The leaf in `bytes`, if they are its canonical form.
    static func canonical(_ bytes: [UInt8]) -> Leaf? {
        guard let value = try? JSONParser.parse(bytes), let leaf = try? Leaf(value) else {
            return nil
        }
        return leaf.bytes == bytes ? leaf : nil
    }

    /// Names of the members in which two leaves differ.
    func differences(from other: Leaf) -> [String] {
        var names = verdict.differences(from: other.verdict)
        if batch != other.batch { names.append("batch") }
        if device != other.device { names.append("device") }
        if epoch != other.epoch { names.append("epoch") }
        if number != other.number { names.append("number") }
        if position != other.position { names.append("position") }
        if signature != other.signature { names.append("signature") }
        if common != other.common { names.append("common") }
        if earlier != other.earlier { names.append("earlier") }
        return names
    }
}

extension Verdict {
    /// Names of the members in which two verdicts differ.
    func differences(from other: Verdict) -> [String] {
        var names: [String] = []
        if conflicts != other.conflicts { names.append("conflicts") }
        if effective != other.effective { names.append("effective") }
        if quarantined != other.quarantined { names.append("quarantined") }
        if receivedAt != other.receivedAt { names.append("received_at") }
        if repeats != other.repeats { names.append("repeats") }
        if rules != other.rules { names.append("rules") }
        return names
    }
}

extension SignedHead {
    /// The head in `bytes`, if they are its canonical form.
    static func canonical(_ bytes: [UInt8]) -> SignedHead? {
        guard let head = try? SignedHead(encoded: bytes), head.encoded == bytes else { return nil }
        return head
    }
}
