import SyncClient
import SyncCore
import SyncProtocol
import SyncStore

/// A journal to be replayed: in a hub's file, or fetched from its address.
struct FoundJournal {
    let name: String
    let hub: HubIdentity
    /// The hub's file; nil for fetched pages.
    private let file: AuditFile?
    private let pages: StoreFile?
    /// The newest head, which came with the pages.
    private let newest: SignedHead?

    /// - Throws: `MomentFault` for a replica, `StoreError`.
    init(_ file: AuditFile, key: PublicKey?) throws {
        guard file.isHub else { throw MomentFault(.notALog, name: file.name) }
        guard let hub = try file.read({ try MetaTable($0).hubIdentity() }) else {
            throw StoreError(.corrupt, path: file.path, detail: "meta")
        }
        guard key.map(hub.has) ?? true else {
            throw MomentFault(.hubKeyDiffers, name: file.name)
        }
        (name, self.hub, self.file, pages, newest) = (file.name, hub, file, nil, nil)
    }

    /// Fetches a hub's journal with the token of a device that has the auditor's role.
    ///
    /// - Throws: `MomentFault` for another key, `TransportFault`, `ForeignAnswer`, `WireError`,
    ///   `DiffFault`.
    init(
        address name: String, transport: any HubTransport, access: HubAccess, key: PublicKey?,
        environment: Environment
    ) async throws {
        let hub = try await HubReader.identity(transport)
        guard key.map(hub.has) ?? true else { throw MomentFault(.hubKeyDiffers, name: name) }
        let fetch = JournalFetch(
            transport: transport, access: access, hub: hub, environment: environment, name: name)
        let (pages, head) = try await fetch.run()
        (self.name, self.hub, file, self.pages, newest) = (name, hub, nil, pages, head)
    }

    /// Runs `body` with the journal of the file, or that of the pages.
    func read<T>(_ body: (_ source: StoreConnection, _ isFile: Bool) throws -> T) throws -> T {
        if let file { return try file.read { try body($0, true) } }
        return try pages!.read { try body($0, false) }
    }

    /// Hands every entry to the pass, in order, until `body` says that it is enough.
    ///
    /// - Parameter body: called after each entry; false ends the walk.
    func walk(
        _ source: StoreConnection, _ pass: JournalPass, upTo end: Int64, log: ProblemLog,
        _ body: (CheckedEntry) throws -> Bool
    ) throws {
        if file != nil {
            let journal = try HubJournal(source, log)
            try journal.walk(pass, upTo: end, while: body)
            // A follower's rows have few heads: the next one vouches for what was read.
            return journal.isFollower ? try followOn(source, pass, log) : ()
        }
        // Only the newest head came with the pages: what lies beyond the walk's end is read for
        // the tree that it signs.
        var rest: GrowingTree?
        try source.each("SELECT answer FROM pages ORDER BY first") { row in
            try JournalFetch.eachEntry(row.array(0)) { entry in
                if rest != nil {
                    rest!.append(entry.leaf.hash)
                } else if try !body(pass.take(entry, newest: newest!)) {
                    rest = pass.tree
                }
            }
        }
        guard let rest, let head = newest?.head, rest.root != head.root else { return }
        log.add(
            .headsConflict, .head(head.size), .init(.expected, head.root),
            .init(.found, rest.root))
    }

    /// Follows the leaves to the next head that the hub signed.
    private func followOn(
        _ source: StoreConnection, _ pass: JournalPass, _ log: ProblemLog
    ) throws {
        guard pass.treeEnd == nil, pass.lastHead?.head.size != pass.last else { return }
        var tree = pass.tree
        var isOver = false
        try source.each(
            "SELECT leaf, head FROM journal WHERE position > ? ORDER BY position",
            .integer(pass.last)
        ) { row in
            guard !isOver else { return }
            tree.append(MerkleHash.leaf(row.array(0)))
            guard let head = SignedHead.canonical(row.array(1)), hub.vouches(for: head) else {
                return
            }
            isOver = true
            guard head.head.root != tree.root else { return }
            log.add(
                .headsConflict, .head(head.head.size), .init(.expected, head.head.root),
                .init(.found, tree.root))
        }
    }

    /// The last position that the hub received before a time.
    func position(receivedBefore time: Int64) throws -> Int64 {
        try read { source, isFile in
            if isFile {
                return try source.integer(
                    "SELECT coalesce(max(position), 0) FROM journal WHERE json_valid(leaf) "
                        + "AND json_extract(leaf, '$.verdict.received_at') < ?", .integer(time))
            }
            var (position, last): (Int64, Int64) = (0, 0)
            try source.each("SELECT answer FROM pages ORDER BY first") { row in
                try JournalFetch.eachEntry(row.array(0)) { entry in
                    position += 1
                    if entry.leaf.verdict.receivedAt < time { last = position }
                }
            }
            return last
        }
    }

    func size() throws -> Int64 {
        if let newest { return newest.head.size }
        return try read { source, _ in
            try source.integer("SELECT coalesce(max(position), 0) FROM journal")
        }
    }

    /// - Throws: `StoreError` if the file was written while it was read.
    func expectUnchanged() throws {
        guard let file, try !file.isUnchanged() else { return }
        throw StoreError(.locked, path: file.path)
    }
}

extension JournalPass {
    /// Takes an entry that came over a network: only the newest head came with it.
    func take(_ entry: JournalEntry, newest: SignedHead) throws -> CheckedEntry {
        let position = last + 1
        return try take(
            FoundEntry(
                position: position, batch: FoundBatch(entry.batch),
                signature: entry.signature.bytes,
                leaf: entry.leaf.bytes,
                head: position == newest.head.size ? newest.encoded : nil, storedLeaf: nil),
            storedLeaf: { _ in nil })
    }
}
