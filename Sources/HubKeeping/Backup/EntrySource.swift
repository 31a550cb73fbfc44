import Gzip
import SyncAudit
import SyncCore
import SyncProtocol
import SyncStore

/// Whoever kept a part of a hub's journal.
protocol EntrySource {
    /// As the person named it.
    var name: String { get }
    /// The last position of which an entry may be had.
    var end: Int64 { get }
    /// The largest size of the journal that the holder knows of; nil for one that cannot tell
    /// whether there was more.
    var knownSize: Int64? { get }
    /// The hub as the holder believes it, with all the keys that it has heard of; nil for one that
    /// does not say.
    var hub: HubIdentity? { get }
    /// The entry at a position; nil if it is not there.
    func entry(at position: Int64) throws -> CopiedEntry?
}

/// A follower's folder, or another copy of the hub's own.
struct FolderSource: EntrySource {
    let name: String
    let end: Int64
    let knownSize: Int64?
    let hub: HubIdentity?
    private let file: AuditFile

    /// - Throws: `KeepingFault.notABackup` for a folder of another hub; `StoreError`.
    init(_ name: String, hub wanted: HubIdentity) throws {
        self.name = name
        file = try AuditFile(name)
        guard file.isHub else { throw KeepingFault.notABackup(path: name) }
        (end, knownSize, hub) = try file.read { store in
            let meta = MetaTable(store)
            // A source may know of a later key than the backup does, or of an earlier one.
            guard let known = try meta.hubIdentity(), known.space == wanted.space,
                known.hub == wanted.hub
            else { throw KeepingFault.notABackup(path: name) }
            // What comes after the last signed head, nobody vouches for.
            let signed = try store.integer(
                "SELECT coalesce(max(position), 0) FROM journal WHERE head != ''")
            return (signed, max(signed, try meta.integer(HubKey.followedSize) ?? 0), known)
        }
    }

    func entry(at position: Int64) throws -> CopiedEntry? {
        try file.read { store in
            var found: CopiedEntry?
            try store.each(
                "SELECT batch, signature, leaf, head FROM journal WHERE position = ?",
                .integer(position)
            ) { row in
                guard let signature = Signature(bytes: row.array(1)) else { return }
                found = CopiedEntry(
                    batch: try Gzip.decompress(row.array(0), limit: Limits.unpackedBytes),
                    signature: signature, leaf: try Leaf(JSONParser.parse(row.array(2))),
                    head: row.bytes(3).isEmpty ? nil : try SignedHead(encoded: row.array(3)))
            }
            return found
        }
    }
}

/// Bundles that hold batches and their receipts. What else there was, they cannot tell.
struct BundleSource: EntrySource {
    let name: String
    let end: Int64
    let knownSize: Int64? = nil
    let hub: HubIdentity? = nil
    private let entries: [Int64: CopiedEntry]

    /// - Throws: `BundleFileFault`, `StoreError`; `KeepingFault.notABackup` for another space.
    init(_ name: String, hub: HubIdentity) throws {
        self.name = name
        let file = try BundleFile(path: name)
        guard file.header.space == hub.space else { throw KeepingFault.notABackup(path: name) }
        var batches: [Hash256: SealedBatch] = [:]
        var receipts: [Receipt] = []
        try file.each([.push, .receipt]) { item in
            switch item.kind {
            case .push:
                let batch = try SealedBatch(envelope: item.content)
                batches[batch.hash] = batch
            default: receipts.append(try Receipt(encoded: item.content))
            }
        }
        var entries: [Int64: CopiedEntry] = [:]
        for receipt in receipts where hub.vouches(for: receipt.head) {
            let leaf = receipt.leaf
            guard let batch = batches[leaf.batch],
                (try? receipt.verify(batch: batch, hub: hub)) != nil
            else { continue }
            let isOwn = receipt.head.head.size == leaf.position
            entries[leaf.position] = CopiedEntry(
                batch: batch.bytes, signature: batch.signature, leaf: leaf,
                head: isOwn ? receipt.head : nil)
        }
        self.entries = entries
        end = entries.keys.max() ?? 0
    }

    func entry(at position: Int64) throws -> CopiedEntry? { entries[position] }
}
