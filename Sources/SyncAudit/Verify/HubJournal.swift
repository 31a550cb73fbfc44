import SyncCore
import SyncProtocol
import SyncStore

/// Reads the journal of a hub's file, and checks what stands beside each entry.
final class HubJournal {
    private let store: StoreConnection
    private let log: ProblemLog
    private let peers: PeerTable
    /// A follower's copy lacks the hub's signature of most heads.
    let isFollower: Bool
    /// Look-ups by scanning: after so many a batch is just called altered.
    private var locatingLeft = 16

    init(_ store: StoreConnection, _ log: ProblemLog) throws {
        self.store = store
        self.log = log
        peers = PeerTable(store)
        isFollower = try MetaTable(store).blob(HubKey.follower) != nil
    }

    /// Hands every entry to the pass, in order, and the end that the tree speaks of.
    ///
    /// - Parameters:
    ///   - end: the last position that is read; nil: the journal's end, and what should be there.
    ///   - goesOn: called after each entry; false ends the walk.
    func walk(
        _ pass: JournalPass, upTo end: Int64? = nil,
        while goesOn: (CheckedEntry) throws -> Bool = { _ in true }
    ) throws {
        var isOver = false
        // Read, and not yet its turn.
        var waiting: JournalRow?
        // No entry has such a position; a query for both would sort the whole journal.
        try store.each("SELECT position FROM journal WHERE position < 1") { row in
            log.add(.rowDiffers, .position(row.integer(0)), .init(.column, "position"))
        }
        do {
            try store.each(
                "SELECT position, peer, number, hash, batch, signature, leaf, is_clean, head, head_id "
                    + "FROM journal WHERE position > ? AND position <= ? ORDER BY position",
                .integer(max(pass.last, 0)), .integer(end ?? .max)
            ) { row in
                guard !isOver else { return }
                let next = JournalRow(row, key: key(of: row.integer(1), pass))
                if let row = waiting {
                    waiting = nil
                    isOver = try !goesOn(take(row, pass))
                }
                waiting = next
            }
        } catch {
            // What was read before the file broke off is told all the same.
            if let waiting { _ = try take(waiting, pass) }
            throw error
        }
        if let waiting, !isOver { isOver = try !goesOn(take(waiting, pass)) }
        guard !isOver, end == nil else { return }
        let last = try store.integer("SELECT coalesce(max(place), -1) FROM merkle WHERE level = 0")
        let end = max(min(last, .max - 1) + 1, 1)
        if end > pass.last { try pass.miss(pass.last + 1...end) { try storedNode(0, $0 - 1) } }
    }

    private func take(_ row: JournalRow, _ pass: JournalPass) throws -> CheckedEntry {
        let entry = FoundEntry(
            position: row.position, batch: row.batch, signature: row.signature,
            leaf: row.leaf, head: isFollower && row.head.isEmpty ? nil : row.head,
            storedLeaf: try storedNode(0, row.position - 1))
        let checked = try pass.take(entry, storedLeaf: { try self.storedNode(0, $0 - 1) })
        compare(checked, row)
        try compareTree(checked)
        return checked
    }

    /// The key that a peer's batch is probably signed with: what is enrolled so far.
    private func key(of peer: Int64, _ pass: JournalPass) -> PublicKey? {
        guard let device = try? peers.device(of: peer) else { return nil }
        return try? pass.replay.author(device)?.key
    }

    func size() throws -> Int64 {
        try store.integer("SELECT coalesce(max(position), 0) FROM journal")
    }

    /// The position whose leaf names a batch.
    func locate(_ hash: Hash256) throws -> Int64? {
        guard locatingLeft > 0 else { return nil }
        locatingLeft -= 1
        let position = try store.integer(
            "SELECT position FROM journal WHERE instr(leaf, ?) LIMIT 1",
            .text("{\"batch\":\"\(hash.hex)\""))
        return position == 0 ? nil : position
    }

    private func storedNode(_ level: Int64, _ place: Int64) throws -> Hash256? {
        var hash: Hash256?
        try store.each(
            "SELECT hash FROM merkle WHERE level = ? AND place = ?", .integer(level),
            .integer(place)
        ) { hash = Hash256(bytes: $0.bytes(0)) }
        return hash
    }

    /// The columns that only repeat what batch, leaf and head say.
    private func compare(_ checked: CheckedEntry, _ row: JournalRow) {
        guard checked.isLeafProved, let leaf = checked.leaf else { return }
        var columns: [String] = []
        if (try? peers.device(of: row.peer)) != leaf.device { columns.append("peer") }
        if row.number != leaf.number { columns.append("number") }
        if row.hash != leaf.batch.bytes { columns.append("hash") }
        if row.signature != leaf.signature.bytes { columns.append("signature") }
        if row.isClean != (leaf.isClean ? 1 : 0) { columns.append("is_clean") }
        if let head = checked.head, row.headID != head.hash.prefixID.bytes {
            columns.append("head_id")
        }
        guard !columns.isEmpty else { return }
        log.add(
            .rowDiffers, .position(checked.position),
            .init(.column, columns.joined(separator: ", ")))
    }

    /// The subtrees that the hub serves proofs from.
    private func compareTree(_ checked: CheckedEntry) throws {
        guard checked.head != nil else { return }
        for node in checked.nodes {
            let stored = try storedNode(node.level, node.place)
            guard stored != node.hash else { continue }
            var evidence: [ProblemEvidence] = [
                .init(.reason, "level \(node.level)"), .init(.expected, node.hash),
            ]
            if let stored { evidence.append(.init(.found, stored)) }
            log.add(VerifyProblem(.treeAltered, .position(checked.position), evidence))
        }
    }
}
