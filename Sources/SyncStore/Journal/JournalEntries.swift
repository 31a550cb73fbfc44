package import SyncCore
package import SyncProtocol

/// What the rules of healing read of a journal: a hub's own, or one that an auditor goes through.
package protocol JournalEntries {
    /// Batches in the journal so far.
    func size() throws -> Int64
    /// The batch and leaf at a position; nil if there is none.
    func entry(at position: Int64) throws -> (batch: SealedBatch, leaf: Leaf)?
    /// The position of a device's batch; nil if the journal lacks it.
    func position(of device: DeviceID, number: Int64) throws -> Int64?
    /// Whether a head is the journal's at its size.
    func holds(_ head: Head) throws -> Bool
}

/// A hub's own journal, within one transaction.
package struct StoredJournal: JournalEntries {
    /// Entries never change: what is looked up record by record need not be unpacked each time.
    private final class Unpacked {
        var last: (position: Int64, entry: (batch: SealedBatch, leaf: Leaf))?
    }

    private let table: JournalTable
    private let peers: PeerTable
    private let unpacked = Unpacked()

    package init(_ store: StoreConnection, peers: PeerTable) {
        table = JournalTable(store)
        self.peers = peers
    }

    package func size() throws -> Int64 { try table.size() }

    package func entry(at position: Int64) throws -> (batch: SealedBatch, leaf: Leaf)? {
        if let last = unpacked.last, last.position == position { return last.entry }
        guard let leaf = try table.leaf(position) else { return nil }
        let entry = (try table.batch(position), leaf)
        unpacked.last = (position, entry)
        return entry
    }

    package func position(of device: DeviceID, number: Int64) throws -> Int64? {
        guard let peer = try peers.existingNumber(of: device) else { return nil }
        return try table.find(peer: peer, number: number)?.position
    }

    package func holds(_ head: Head) throws -> Bool { try table.holds(head) }
}

extension SealedBatch {
    /// The effective stamp of a change, by what the hub said of the batch; nil for one that was
    /// not applied. Of an adopting batch: the adopter's own.
    package func appliedStamp(_ index: Int, _ verdict: Verdict) -> Stamp? {
        guard !verdict.quarantined.contains(where: { $0.change == index }),
            !verdict.repeats.contains(where: { $0.change == index })
        else { return nil }
        let ruled = verdict.effective.first { $0.change == index }?.stamp ?? stamp(index)
        return Stamp(time: ruled, device: device)
    }

    /// The stamp under which each change counts, by a verdict on this batch; nil for one that is
    /// quarantined.
    package func effectiveStamps(_ verdict: Verdict) -> [Stamp?] {
        var stamps = changes.map { Stamp?.some(Stamp(time: $0.stamp, device: device)) }
        for restamp in verdict.effective where stamps.indices ~= restamp.change {
            stamps[restamp.change] = Stamp(time: restamp.stamp, device: device)
        }
        for repeated in verdict.repeats where stamps.indices ~= repeated.change {
            stamps[repeated.change] = repeated.stamp
        }
        for refused in verdict.quarantined where stamps.indices ~= refused.change {
            stamps[refused.change] = nil
        }
        return stamps
    }

    /// The effective stamps of the fields that a change set, by what the hub said of the batch;
    /// nil for a change that was not applied.
    package func appliedStamps(_ index: Int, _ verdict: Verdict) throws -> [String: Stamp]? {
        guard let own = appliedStamp(index, verdict) else { return nil }
        let change = try change(index)
        guard let adopts else {
            return Dictionary(uniqueKeysWithValues: change.set.map { ($0.name, own) })
        }
        let limit = adopts.head.time + HubRules.driftLimitMilliseconds
        return change.stamps.mapValues { $0.time.milliseconds > limit ? own : $0 }
    }
}
