import SyncCore
import SyncProtocol
import SyncStore

/// A follower's copy of a journal, and of the state that it leads to: a file in the hub's own
/// schema, without the hub's secrets.
final class FollowerStore {
    let path: String
    private let file: StoreFile
    private let hub: HubIdentity

    /// Opens the file, and makes it if it is not there.
    ///
    /// - Throws: `StoreError`.
    init(_ path: String, hub: HubIdentity, device: DeviceID) throws {
        self.path = path
        self.hub = hub
        try SecretFile.prepare(path)
        file = try StoreFile(
            path: path, purpose: .hub, tables: HubTables.versions, concurrentReads: true)
        try file.write { store in
            let meta = MetaTable(store)
            try meta.set(HubKey.space, .blob(hub.space.bytes))
            try meta.set(HubKey.publicKey, .blob(hub.key.bytes))
            try meta.set(HubKey.follower, .blob(device.bytes))
        }
    }

    func close() throws { try file.close() }

    /// The newest head; nil while there is no entry. Its signature was checked when it came.
    func head() throws -> SignedHead? {
        try file.read { store in
            let journal = JournalTable(store)
            let size = try journal.size()
            return size == 0 ? nil : try journal.head(size)
        }
    }

    /// The root of the journal at a size that is here.
    func root(at size: Int64) throws -> Hash256 {
        try file.read { try JournalTable($0).tree(Int(size)).root() }
    }

    /// The hub's heads that are here, sizes falling: the newest, then at doubling distances.
    func heads() throws -> [SignedHead] {
        try file.read { store in
            var heads: [SignedHead] = []
            var (next, step) = (try JournalTable(store).size(), Int64(1))
            while next > 0, heads.count < Limits.presentedHeads {
                try store.each(
                    "SELECT head FROM journal WHERE position <= ? AND head != '' "
                        + "ORDER BY position DESC LIMIT 1", .integer(next)
                ) { heads.append(try SignedHead(encoded: $0.array(0))) }
                guard let last = heads.last?.head.size, last <= next else { break }
                (next, step) = (last - step, step * 2)
            }
            return heads
        }
    }

    /// Takes a run of entries: all of it, or nothing.
    ///
    /// - Parameters:
    ///   - end: the hub's head after the last of them.
    ///   - knownSize: the largest size of the journal that the hub showed.
    /// - Throws: `JournalContradiction`, `StoreError`.
    func take(_ entries: [JournalEntry], end: SignedHead, knownSize: Int64) throws {
        try file.write { store in
            let copier = JournalCopier(store, hub: hub, key: nil)
            for entry in entries {
                let isLast = entry.leaf.position == end.head.size
                try copier.take(
                    CopiedEntry(
                        batch: entry.batch, signature: entry.signature, leaf: entry.leaf,
                        head: isLast ? end : nil))
            }
            try copier.finish()
            guard try JournalTable(store).size() == end.head.size else {
                throw JournalContradiction(end.head.size, .form, theirs: end)
            }
            try MetaTable(store).set(HubKey.followedSize, .integer(knownSize))
        }
    }
}
