// A journal copied word for word.
//
// Problem: a hub's file must be rebuilt from what somebody else kept of its journal, so that
// devices notice nothing: same epoch, positions, verdicts, digest. And whoever copies must not
// take over what the hub did not rule as its own rules say.
// Idea: each batch is ruled again by the same code as at the hub, at the time that the leaf names,
// and counts only if the verdict is the one in the leaf; the leaves must lead to the roots that the
// hub signed. All of a head but its signature follows from that, so a head that is not at hand can
// be made again: by a restored hub, which has the key, with the same hash; a follower leaves it out.
// Source: Protocol/README.md §5 and §6; RFC 6962 §2.1.

import SyncCore
import SyncProtocol
import SyncStore

/// Takes entries into a hub's file, each only after all of it was checked. Within one transaction.
struct JournalCopier {
    private let store: StoreConnection
    private let hub: HubIdentity
    /// The hub's: signs heads that are not at hand. Nil at a follower.
    private let key: SigningKey?
    private let records: RecordTable
    private let rules: RulingWriter
    private let journal: JournalTable
    private let meta: MetaTable

    init(_ store: StoreConnection, hub: HubIdentity, key: SigningKey?) {
        self.store = store
        self.hub = hub
        self.key = key
        records = RecordTable(store)
        journal = JournalTable(store)
        meta = MetaTable(store)
        rules = RulingWriter(
            store, records: records, hub: hub.hub,
            journal: StoredJournal(store, peers: records.peers))
    }

    /// Takes the entry after the last one.
    ///
    /// - Throws: `JournalContradiction`; the transaction must not be committed then.
    func take(_ entry: CopiedEntry) throws {
        let position = try journal.size() + 1
        let batch = try checkedBatch(entry, position)
        let role = try checkedAuthor(batch, position)
        try checkTime(batch, entry.leaf, position)
        try checkHealing(batch, entry.leaf, position)
        try rule(batch, role, entry.leaf, position)
        try checkEpoch(entry.leaf, position)
        let root = try journal.appendLeaf(entry.leaf.hash, at: Int(position) - 1)
        let head = Head(
            digest: try records.digestRoot(), epoch: entry.leaf.epoch, hub: hub.hub, root: root,
            size: position, space: hub.space, time: entry.leaf.verdict.receivedAt)
        let signed = try signedHead(head, entry, position)
        let peer = try records.peers.number(of: batch.device)
        try journal.insert(batch, peer: peer, leaf: entry.leaf, head: head, signed: signed)
        try meta.set(HubKey.epoch, .blob(entry.leaf.epoch.bytes))
        try meta.set(HubKey.lastReceivedAt, .integer(entry.leaf.verdict.receivedAt))
    }

    /// Writes what is kept in memory. Call once, last.
    func finish() throws { try records.finish() }

    private func checkedBatch(_ entry: CopiedEntry, _ position: Int64) throws -> SealedBatch {
        let leaf = entry.leaf
        guard leaf.position == position,
            let batch = try? SealedBatch(bytes: entry.batch, signature: entry.signature),
            batch.hash == leaf.batch, batch.device == leaf.device, batch.number == leaf.number,
            batch.signature == leaf.signature
        else { throw JournalContradiction(position, .form) }
        let peer = try records.peers.existingNumber(of: batch.device)
        let writer = try WriterTable(store).writer(peer)
        guard batch.space == hub.space, batch.number == writer.lastNumber + 1,
            batch.previous == writer.lastHash
        else { throw JournalContradiction(position, .chain) }
        return batch
    }

    private func checkedAuthor(_ batch: SealedBatch, _ position: Int64) throws -> Role? {
        if batch.device == hub.hub {
            guard hub.wrote(batch, at: position) else {
                throw JournalContradiction(position, .signature)
            }
            return .hub
        }
        guard let device = try EnrolledDevice(batch.device, in: records), !device.isRevoked,
            device.key.deviceID == batch.device
        else { throw JournalContradiction(position, .device) }
        guard device.key.verifies(batch.signature, .batch, batch.bytes) else {
            throw JournalContradiction(position, .signature)
        }
        return device.ruledRole
    }

    private func checkTime(_ batch: SealedBatch, _ leaf: Leaf, _ position: Int64) throws {
        let last = try meta.integer(HubKey.lastReceivedAt) ?? 0
        guard leaf.verdict.receivedAt >= last || batch.resetsClock(of: hub.hub) else {
            throw JournalContradiction(position, .time)
        }
    }

    private func checkHealing(_ batch: SealedBatch, _ leaf: Leaf, _ position: Int64) throws {
        var isGood = batch.adopts.map { hub.vouches(for: $0) } ?? true
        if let earlier = leaf.earlier {
            isGood =
                isGood && earlier.leaf.earlier == nil
                && (try? earlier.verify(batch: batch, hub: hub)) != nil
        }
        if let common = leaf.common { isGood = isGood && 0..<position ~= common }
        if let formerly = batch.formerly {
            let ancestors = try EnrolledDevice.ancestors(of: batch.device, in: records)
            isGood = isGood && ancestors.contains(formerly.device)
        }
        guard isGood else { throw JournalContradiction(position, .healing) }
    }

    private func rule(
        _ batch: SealedBatch, _ role: Role?, _ leaf: Leaf, _ position: Int64
    ) throws {
        let least = Int(try meta.integer(HubKey.rules) ?? 0)
        let arrival = RulingWriter.Arrival(earlier: leaf.earlier, common: leaf.common)
        let ruling = try rules.rule(
            batch, role: role, hubTime: leaf.verdict.receivedAt, arrival: arrival,
            rules: max(leaf.verdict.rules, least))
        guard ruling.verdict == leaf.verdict else {
            throw JournalContradiction(position, .verdict)
        }
        try rules.write(ruling, of: batch, hash: leaf.batch, position: position)
    }

    private func checkEpoch(_ leaf: Leaf, _ position: Int64) throws {
        if try meta.blob(HubKey.epoch) == leaf.epoch.bytes { return }
        let name = RecordKey(HubCollection.epochs, leaf.epoch)
        guard leaf.device == hub.hub, try records.record(name) != nil else {
            throw JournalContradiction(position, .epoch)
        }
    }

    /// The hub's head of this size if it is at hand; else one made again with the hub's key.
    private func signedHead(
        _ head: Head, _ entry: CopiedEntry, _ position: Int64
    ) throws -> SignedHead? {
        guard let given = entry.head else { return key.map { SignedHead(head, key: $0) } }
        let check: JournalContradiction.Check? =
            if !hub.vouches(for: given) || given.head.size != position {
                .head
            } else if given.head.root != head.root {
                .root
            } else if given.head.epoch != head.epoch {
                .epoch
            } else if given.head.digest != head.digest {
                .digest
            } else {
                nil
            }
        if let check { throw JournalContradiction(position, check, theirs: given) }
        return given
    }
}

extension SealedBatch {
    /// Whether it is the hub's own that sets right a clock that was ahead.
    func resetsClock(of hub: DeviceID) -> Bool {
        guard device == hub else { return false }
        return (0..<count).contains { index in
            key(index).collection == HubCollection.epochs
                && ((try? change(index))?.set.contains {
                    $0.name == "cause" && $0.value.value.text == "clock"
                } ?? false)
        }
    }
}
