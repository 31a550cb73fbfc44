// The proof of a journal, one entry at a time.
//
// Problem: whoever can write a hub's file can change a batch, a verdict, a head and every stored
// hash together; one cause then shows in every later entry.
// Idea: nothing stored is believed. A batch is believed for its device's signature under a key
// that the journal itself enrolled before; a leaf for the root that the hub signed at its size,
// which is computed here from all leaves so far; a state for the rules, which are run again. Where
// a leaf was altered, the hash in the hub's tree or the leaf that the rules lead to stands in for
// it if it leads to the signed root, so that the entries after it can still be told good from bad.
// What cannot be known any more after a break is left out and said, not reported again and again.
// Source: Protocol/README.md §5 and §6; RFC 6962 §2.1.

import SyncCore
import SyncProtocol
import SyncStore

/// Checks a journal's entries in order and replays them.
final class JournalPass {
    let hub: HubIdentity
    let log: ProblemLog
    let replay: ReplayStore
    /// Where the batch of a hash is, if the journal's leaves name it.
    let locate: (Hash256) throws -> Int64?

    var tree = GrowingTree()
    /// The size up to which the tree was followed, once it cannot be any more.
    var treeEnd: Int64?
    /// The position up to which the replay went, once it cannot go on.
    var replayEnd: Int64?
    var hasUnknownRules = false
    var chains = ChainBook()
    var lastReceivedAt: Int64 = 0
    var lastHead: SignedHead?
    var epochs: [(epoch: EpochID, last: Int64)] = []
    var isDigestOff = false

    private(set) var last: Int64 = 0
    var batches: Int64 = 0
    var changes: Int64 = 0
    var quarantined: Int64 = 0
    var suspect: Int64 = 0
    var heads: Int64 = 0
    /// Batches offered again after a restore, and adopting ones.
    var reoffered: Int64 = 0
    var adopting: Int64 = 0
    /// Changes that came under two keys.
    var repeats: Int64 = 0

    /// Whether the state at the pass's start is not known, so that the rules are not run.
    let isWithoutState: Bool
    /// Entries before the pass.
    let start: Int64

    init(
        hub: HubIdentity, log: ProblemLog, replay: ReplayStore, from start: JournalStart? = nil,
        locate: @escaping (Hash256) throws -> Int64?
    ) {
        self.hub = hub
        self.log = log
        self.replay = replay
        self.locate = locate
        isWithoutState = start?.isWithoutState ?? false
        self.start = start?.size ?? 0
        guard let start else { return }
        (last, tree, chains) = (start.size, start.tree, start.chains)
        (lastReceivedAt, lastHead, epochs) = (start.lastReceivedAt, start.lastHead, start.epochs)
        if isWithoutState { replayEnd = start.size }
    }

    /// Takes the entry after the last one; positions between them count as missing.
    ///
    /// - Parameter storedLeaf: the hash of a missing position's leaf in the hub's tree.
    func take(
        _ entry: FoundEntry, storedLeaf: (Int64) throws -> Hash256?
    ) throws -> CheckedEntry {
        if entry.position > last + 1 { try miss(last + 1...entry.position - 1, storedLeaf) }
        last = entry.position
        var checked = CheckedEntry(position: entry.position)
        let leaf = Leaf.canonical(entry.leaf)
        checked.isMoved = leaf.map { $0.position != entry.position } ?? false
        checked.head = readHead(entry, isMoved: checked.isMoved)
        if checked.isMoved {
            log.add(
                .batchMoved, .position(entry.position), .init(.found, leaf?.position ?? 0))
            chains.forget()
            endReplay(before: entry.position)
        } else {
            checked.leaf = leaf
        }
        settle(&checked, entry, checked.isMoved ? nil : MerkleHash.leaf(entry.leaf))
        if !checked.isMoved { try readBatch(&checked, entry) }
        try judge(&checked, entry)
        try finish(checked)
        return checked
    }

    /// Counts positions as missing, up to the end of the journal if the last is beyond it.
    func miss(
        _ positions: ClosedRange<Int64>, _ storedLeaf: (Int64) throws -> Hash256?
    ) throws {
        let (first, end) = (positions.lowerBound, positions.upperBound)
        log.add(.batchMissing, first == end ? .position(first) : .positions(first, end))
        endReplay(before: first)
        chains.forget()
        for position in positions {
            guard treeEnd == nil, let hash = try storedLeaf(position) else {
                loseTree(after: position - 1)
                break
            }
            tree.append(hash)
            try replay.note(root: tree.root, leaf: hash, at: position)
        }
        last = end
    }

    /// The keys that the hub is believed by must be those that its journal tells of.
    func checkSuccession() throws {
        guard replayEnd == nil, !isWithoutState else { return }
        let name = RecordKey(HubCollection.devices, hub.hub)
        let told = try replay.records.record(name)?.state()["succession"]?.value.value.text
        let known = hub.succession
        let isTold =
            known.isEmpty
            ? told == nil : told.map { Array($0.utf8) } == known.encoded
        guard !isTold else { return }
        log.add(.rowDiffers, .file, .init(.column, "meta.\(HubKey.succession)"))
    }

    func endReplay(before position: Int64) {
        if replayEnd == nil { replayEnd = position - 1 }
    }

    func loseTree(after position: Int64) {
        if treeEnd == nil { treeEnd = position }
    }

    /// The head, if the hub signed it for this position.
    private func readHead(_ entry: FoundEntry, isMoved: Bool) -> SignedHead? {
        guard let bytes = entry.head else { return nil }
        heads += 1
        let place = ProblemPlace.position(entry.position)
        guard let head = SignedHead.canonical(bytes) else {
            log.add(.headForged, place, .init(.reason, "form"))
            return nil
        }
        let content = head.head
        // A row that stands elsewhere brings its head along: that is one problem, not two.
        if isMoved, content.size != entry.position { return nil }
        let reason: String? =
            if content.size != entry.position {
                "size \(content.size)"
            } else if content.hub != hub.hub {
                "hub"
            } else if content.space != hub.space {
                "space"
            } else if !hub.vouches(for: head) {
                "signature"
            } else {
                nil
            }
        if let reason {
            log.add(.headForged, place, .init(.reason, reason))
            return nil
        }
        return head
    }

    /// Takes the leaf's hash into the tree: the one that leads to the signed root, if any does.
    private func settle(
        _ checked: inout CheckedEntry, _ entry: FoundEntry, _ computed: Hash256?
    ) {
        guard treeEnd == nil else { return }
        let candidates = [computed, entry.storedLeaf].compactMap(\.self)
        if let head = checked.head {
            for hash in candidates where tree.appending(hash).root == head.head.root {
                checked.nodes = tree.append(hash)
                checked.isLeafProved = hash == computed && checked.leaf != nil
                return
            }
            return
        }
        // No head tells which is right: the later ones will.
        guard let hash = entry.storedLeaf ?? computed else { return }
        if entry.head == nil, let computed, hash != computed {
            log.add(
                .leafAltered, .position(entry.position), .init(.expected, hash),
                .init(.found, computed))
        }
        checked.nodes = tree.append(hash)
        checked.isLeafProved =
            entry.head == nil && hash == computed && checked.leaf != nil
    }

    /// Keeps what later entries and others' heads are compared with.
    private func finish(_ checked: CheckedEntry) throws {
        if treeEnd == nil, tree.size != checked.position { loseTree(after: checked.position - 1) }
        try replay.note(
            root: treeEnd == nil ? tree.root : nil, leaf: checked.nodes.first?.hash,
            at: checked.position)
        if let head = checked.head { lastHead = head }
        guard let leaf = checked.leaf else { return }
        if epochs.last?.epoch == leaf.epoch {
            epochs[epochs.count - 1].last = checked.position
        } else {
            epochs.append((leaf.epoch, checked.position))
            if replayEnd == nil, try !replay.hasEpoch(leaf.epoch) {
                log.add(
                    .epochUnknown, .position(checked.position), .init(.epoch, leaf.epoch))
            }
        }
        if checked.isLeafProved {
            if leaf.verdict.receivedAt < lastReceivedAt, !resetsClock(checked) {
                log.add(
                    .timeBackwards, .position(checked.position),
                    .init(.found, leaf.verdict.receivedAt), .init(.expected, lastReceivedAt))
            }
            lastReceivedAt = leaf.verdict.receivedAt
        }
    }
}
