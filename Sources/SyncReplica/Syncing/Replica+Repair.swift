public import SyncCore
public import SyncProtocol
import SyncStore

/// Where a repair begins: it counts only for just these values.
public struct RepairStart: Sendable {
    let cursor: String?
    let lastReceipted: Int64
    /// The head that the device holds.
    public let head: SignedHead
    /// The digest, counted from the records.
    public let sums: DigestSums
    /// How that compares to the head's.
    public let comparison: DigestComparison
}

/// What became of a repair.
public enum RepairOutcome: Sendable, Equatable {
    case applied(DigestComparison)
    /// The device is no longer where the repair began; nothing was changed.
    case outdated
}

extension Replica {
    /// Counts the digest anew and mends its stored rows.
    ///
    /// - Returns: nil if there is nothing to compare: something is pending, or no head is held.
    public func beginRepair() throws -> RepairStart? {
        let now = environment.nowMilliseconds()
        return try file.write { store in
            let meta = MetaTable(store)
            guard let head = try meta.blob(ReplicaKey.head).map({ try SignedHead(encoded: $0) }),
                try meta.integer(ReplicaKey.isFresh) != 1, try PendingTable(store).isEmpty()
            else { return nil }
            var count = try Recount(store)
            let healed = HealedTable(store: store, now: now, size: head.head.size)
            _ = try count.mend(store, healed, device: Self.deviceID(store))
            return RepairStart(
                cursor: try meta.text(ReplicaKey.cursor),
                lastReceipted: try meta.integer(ReplicaKey.lastReceipted) ?? 0, head: head,
                sums: count.sums, comparison: DigestComparison(count.sums.root, head))
        }
    }

    /// Puts verified buckets of the hub in place of the device's, in one transaction. What they
    /// replace is kept in `healed`.
    ///
    /// - Parameter answers: they must add up to the digest of `start.head`.
    public func repair(
        _ answers: [BucketAnswer], start: RepairStart
    ) throws -> RepairOutcome {
        let now = environment.nowMilliseconds()
        return try file.write { store in
            guard try Self.isCurrent(start, store) else { return .outdated }
            let healed = HealedTable(store: store, now: now, size: start.head.head.size)
            // Again, here: whoever altered the file may still be at it.
            var count = try Recount(store, wanted: Set(answers.map(\.bucket)))
            _ = try count.mend(store, healed, device: Self.deviceID(store))
            let records = RecordTable(store)
            for answer in answers {
                try Self.put(
                    answer, in: records, own: count.hashesByBucket[answer.bucket] ?? [:], healed,
                    store)
            }
            try records.finish()
            return .applied(DigestComparison(try records.digestRoot(), start.head))
        }
    }

    private static func isCurrent(_ start: RepairStart, _ store: StoreConnection) throws -> Bool {
        let meta = MetaTable(store)
        return try meta.blob(ReplicaKey.head) == start.head.encoded
            && meta.text(ReplicaKey.cursor) == start.cursor
            && meta.integer(ReplicaKey.isFresh) != 1
            && meta.integer(ReplicaKey.lastReceipted) ?? 0 == start.lastReceipted
            && PendingTable(store).isEmpty()
    }

    /// Replaces what differs in one bucket and takes out what the hub does not have.
    private static func put(
        _ answer: BucketAnswer, in records: RecordTable, own: [RecordKey: Hash256],
        _ healed: HealedTable, _ store: StoreConnection
    ) throws {
        var extras = own
        var moved: [(key: RecordKey, position: Int64)] = []
        try answer.records.withUnsafeBytes { buffer in
            for slice in try RecordListReader.read(buffer) {
                extras[slice.key] = nil
                let state = UnsafeRawBufferPointer(rebasing: buffer[slice.state])
                let hash = MessageKind.record.hash(state)
                guard own[slice.key] != hash else { continue }
                try healed.note(
                    slice.key, before: try records.record(slice.key)?.stateBytes,
                    after: Array(state))
                try records.put(
                    slice.key, fields: UnsafeRawBufferPointer(rebasing: buffer[slice.fields]),
                    clock: slice.clock, position: slice.position, state: state)
                moved.append((slice.key, slice.position))
                try see(slice.clock.newest.time, store)
            }
        }
        try MovedTable(store).note(moved, head: nil)
        for key in extras.keys.sorted(by: { $0.id < $1.id }) {
            guard let extra = try records.record(key) else { continue }
            try healed.note(key, before: extra.stateBytes, after: nil)
            try records.remove(extra)
        }
    }

    /// Begins to pull everything anew because too much differs; what that replaces is kept.
    ///
    /// - Returns: false if the device is no longer where the repair began; nothing was changed.
    public func pullAfresh(repairing start: RepairStart) throws -> Bool {
        try file.write { store in
            guard try Self.isCurrent(start, store) else { return false }
            let meta = MetaTable(store)
            try meta.set(ReplicaKey.cursor, nil)
            try meta.set(ReplicaKey.isFresh, 1)
            try meta.set(ReplicaKey.repairFrom, .integer(start.head.head.size))
            return true
        }
    }
}

extension DigestComparison {
    init(_ own: Hash256, _ head: SignedHead) {
        let hub = head.head.digest
        self = own == hub ? .equal(own) : .different(own: own, hub: hub)
    }
}
