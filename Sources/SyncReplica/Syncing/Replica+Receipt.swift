import SyncCore
public import SyncProtocol
import SyncStore
import Synchronization

extension Replica {
    /// Stores a verified receipt: the batch's changes are no longer pending, and what is shown
    /// takes the hub's ruling. Source: Protocol/README.md §8.4, "Storing a receipt".
    ///
    /// Safe to repeat.
    public func store(_ receipt: Receipt) throws {
        let now = environment.nowMilliseconds()
        let held = lastSealed.withLock(\.self)
        try file.write { store in
            let leaf = receipt.leaf
            let batches = BatchTable(store)
            guard let batch = try batches.batch(leaf.number, held: held), batch.hash == leaf.batch
            else {
                throw StoreError(
                    .locked, path: path, detail: "batch \(leaf.number) was sealed anew")
            }
            try Self.countHealing(batch, batches, store)
            try batches.store(receipt)
            try PendingTable(store).removeSealed(batch: leaf.number)
            try Self.note(leaf, isAdopting: batch.adopts != nil, store)
            let outcome = try BatchOutcome(batch, leaf.verdict)
            let records = RecordTable(store)
            if batch.adopts == nil { try outcome.restamp(records) }
            try Self.settleAside(batch, leaf.verdict, records, store)
            if !leaf.verdict.quarantined.isEmpty {
                try outcome.removeGhosts(
                    records, Overlay(store, device: try Self.deviceID(store)))
            }
            try records.finish()
            try Self.resetClock(seeing: outcome.lastEffective, now: now, store)
        }
        // It is not on its way any more.
        lastSealed.withLock { if $0?.batch.number == receipt.leaf.number { $0 = nil } }
    }

    private static func note(
        _ leaf: Leaf, isAdopting: Bool, _ store: StoreConnection
    ) throws {
        let meta = MetaTable(store)
        func raise(_ key: String, to value: Int64) throws {
            try meta.set(key, .integer(max(value, try meta.integer(key) ?? 0)))
        }
        let isNew = try meta.integer(ReplicaKey.lastReceipted) ?? 0 < leaf.number
        try raise(ReplicaKey.lastReceipted, to: leaf.number)
        try raise(ReplicaKey.deliveredPosition, to: leaf.position)
        // What was claimed for others is not held against this device.
        guard isNew, !isAdopting, !leaf.verdict.quarantined.isEmpty else { return }
        let before = try meta.integer(ReplicaKey.quarantined) ?? 0
        try meta.set(
            ReplicaKey.quarantined, .integer(before + Int64(leaf.verdict.quarantined.count)))
    }

    /// §3: once the hub has ruled, claims of a wrong wall clock are not carried on.
    private static func resetClock(
        seeing effective: StampTime, now: Int64, _ store: StoreConnection
    ) throws {
        try see(effective, store)
        let seen = StampTime(
            rawValue: UInt64(
                bitPattern: try MetaTable(store).integer(ReplicaKey.seen) ?? 0))
        var clock = try HybridClock(store)
        clock.reset(
            seen: seen, wallMilliseconds: now, pending: [try PendingTable(store).lastStamp()])
        try clock.store(store)
    }
}
