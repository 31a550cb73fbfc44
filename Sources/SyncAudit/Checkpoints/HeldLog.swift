import Gzip
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// What somebody else holds of a hub's log: heads, and leaves with proofs.
enum HeldLog {
    case checkpoint(name: String, Checkpoint)
    /// A signed note, which witnesses may have cosigned.
    case note(name: String, String)
    case file(AuditFile)

    var name: String {
        switch self {
        case .checkpoint(let name, _), .note(let name, _): name
        case .file(let file): file.name
        }
    }

    /// Opens what a person named: a database, a checkpoint or a signed note.
    ///
    /// - Throws: `StoreError`, `CheckpointFileFault`.
    static func open(_ name: String, isCopied: Bool) throws -> HeldLog {
        let first =
            FilePresence.isFile(name) ? try FileBytes.head(of: name, count: noteLimit) : []
        if first.first == UInt8(ascii: "{") {
            return .checkpoint(name: name, try Checkpoint.read(name))
        }
        let text = String(decoding: first, as: UTF8.self)
        if CheckpointNote.claim(text) != nil { return .note(name: name, text) }
        return .file(try AuditFile(name, isCopied: isCopied))
    }

    /// A note has a few hundred bytes, and one line for each witness.
    private static let noteLimit = 64 << 10

    /// - Throws: `StoreError` of kind `locked` if what was read is not what is there now.
    func expectUnchanged() throws {
        guard case .file(let file) = self, try !file.isUnchanged() else { return }
        throw StoreError(.locked, path: file.path)
    }

    /// The hub that the holder believes; nil if it has joined none.
    func hub() throws -> HubIdentity? {
        switch self {
        case .checkpoint(_, let checkpoint): checkpoint.hub
        case .note: nil
        case .file(let file):
            try file.read { store in
                let meta = MetaTable(store)
                return try file.isHub ? meta.hubIdentity() : meta.pinnedHub()
            }
        }
    }

    /// A leaf as held: nil path where the holder is a hub, whose leaves are its own.
    struct HeldLeaf {
        let leaf: Leaf
        let hash: Hash256
        let receipt: Receipt?
    }

    /// Calls back for everything held, in no special order. What cannot be read is passed over:
    /// `verify` of the holder itself names it.
    func each(
        head: (SignedHead) throws -> Void, leaf: (HeldLeaf) throws -> Void
    ) throws {
        switch self {
        case .checkpoint(_, let checkpoint): try head(checkpoint.head)
        case .note: return
        case .file(let file):
            try file.read { store in
                file.isHub
                    ? try Self.eachOfHub(store, head, leaf)
                    : try Self.eachOfReplica(store, head, leaf)
            }
        }
    }

    private static func eachOfHub(
        _ store: StoreConnection, _ head: (SignedHead) throws -> Void,
        _ leaf: (HeldLeaf) throws -> Void
    ) throws {
        try store.each("SELECT head, leaf FROM journal ORDER BY position") { row in
            if let found = SignedHead.canonical(row.array(0)) { try head(found) }
            let bytes = row.array(1)
            if let found = Leaf.canonical(bytes) {
                try leaf(HeldLeaf(leaf: found, hash: MerkleHash.leaf(bytes), receipt: nil))
            }
        }
    }

    private static func eachOfReplica(
        _ store: StoreConnection, _ head: (SignedHead) throws -> Void,
        _ leaf: (HeldLeaf) throws -> Void
    ) throws {
        try store.each("SELECT head FROM heads ORDER BY epoch, size") { row in
            if let found = SignedHead.canonical(row.array(0)) { try head(found) }
        }
        let newest = try MetaTable(store).blob(ReplicaKey.head)
        if let found = newest.flatMap({ SignedHead.canonical($0) }) { try head(found) }
        try store.each(
            "SELECT receipt FROM batches WHERE receipt IS NOT NULL ORDER BY number"
        ) { row in
            guard
                let bytes = try? Gzip.decompress(row.array(0), limit: Limits.unpackedBytes),
                let receipt = try? Receipt(encoded: bytes)
            else { return }
            try head(receipt.head)
            try leaf(
                HeldLeaf(leaf: receipt.leaf, hash: receipt.leaf.hash, receipt: receipt))
        }
    }
}
