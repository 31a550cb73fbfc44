import SyncCore
import SyncProtocol
import SyncStore

/// A follower's copy of a journal, and of the state that it leads to: a file in the hub's own
/// schema, without the hub's secrets.
final class FollowerStore {
    let path: String
    private let file: StoreFile
    /// The hub as it is believed now: its key may be a later one than the invite's.
    private(set) var hub: HubIdentity

    /// Opens the file, and makes it if it is not there.
    ///
    /// - Throws: `StoreError`.
    init(_ path: String, hub invited: HubIdentity, device: DeviceID) throws {
        self.path = path
        try SecretFile.prepare(path)
        file = try StoreFile(
            path: path, purpose: .hub, tables: HubTables.versions, concurrentReads: true)
        hub = try file.write { store in
            let meta = MetaTable(store)
            let known = try meta.hubIdentity()
            let hub = known.flatMap { $0.has(invited.key) ? $0 : nil } ?? invited
            try Self.pin(hub, meta)
            try meta.set(HubKey.follower, .blob(device.bytes))
            return hub
        }
    }

    private static func pin(_ hub: HubIdentity, _ meta: MetaTable) throws {
        try meta.set(HubKey.space, .blob(hub.space.bytes))
        try meta.set(HubKey.publicKey, .blob(hub.key.bytes))
        let text = String(decoding: hub.succession.encoded, as: UTF8.self)
        try meta.set(HubKey.succession, hub.succession.isEmpty ? nil : .text(text))
    }

    /// Believes the key that took the place of the one that is known here.
    func follow(_ next: HubIdentity) throws {
        try file.write { try Self.pin(next, MetaTable($0)) }
        hub = next
    }

    func close() throws { try file.close() }

    /// Where the hub says that it is or will be; nil if it says nothing.
    func announcedAddress() throws -> (url: String, tls: Hash256?)? {
        try file.read { try SpaceRecord(RecordTable($0), hub.space)?.address }
    }

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
