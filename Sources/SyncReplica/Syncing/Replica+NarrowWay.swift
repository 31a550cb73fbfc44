import SyncCore
import SyncProtocol
import SyncStore

// Problem: something between a device and its hub (a proxy with a small limit, one that gives up
// early) lets through less than the protocol asks for.
// Idea: what does not get through is made half as large, and the size that did is kept for a day.
// A batch is sealed anew only where its old form cannot reach the log any more: two batches of one
// number look like two devices.

extension Replica {
    /// Smaller batches cost more in what stands around them than they help.
    private static let leastBatchBytes = 8 << 10
    /// How long after a batch broke off on its way the hub may still take it, in milliseconds.
    private static let underWayMilliseconds: Int64 = 60_000
    /// Ways change: after so long everything is tried at its full size once more.
    private static let narrowMilliseconds: Int64 = 24 * 3_600_000

    /// Unseals a batch that does not get through to the hub, and those after it, so that what is
    /// sealed from now on is half as large. The hub has said, signed, that it does not hold it.
    ///
    /// - Parameter isRefused: it was refused before the hub saw it (413); else it broke off, and is
    ///   left whole until the hub cannot be at work on it any more.
    /// - Returns: the new mark up to which the session seals; nil if the batch stays as it is: it
    ///   holds one change, it is offered again byte for byte, it may still reach the hub.
    public func makeSmaller(batch number: Int64, isRefused: Bool) throws -> Int64? {
        let now = environment.nowMilliseconds()
        return try file.write { store -> Int64? in
            let (batches, meta) = (BatchTable(store), MetaTable(store))
            guard let batch = try batches.batch(number), batch.count > 1,
                try batches.offeredAgain().allSatisfy({ $0 < number }),
                // A bundle may bring it.
                try meta.integer(ReplicaKey.exported) ?? 0 < number,
                try isRefused || Self.hasSettled(number, at: now, meta)
            else { return nil }
            let limit = max(Self.leastBatchBytes, batch.bytes.count / 2)
            guard limit + BatchBuilder.overheadBytes < batch.bytes.count,
                let parts = try Self.unseal(from: number, store)
            else { return nil }
            try meta.set(ReplicaKey.batchBytes, .integer(Int64(limit)))
            try meta.set(ReplicaKey.narrowAt, .integer(now))
            let pending = PendingTable(store)
            try pending.putBack(parts, savedAt: now)
            try pending.split()
            return try pending.lastSequence()
        }
    }

    /// Whether a batch broke off so long ago that the hub has it by now, or never will.
    private static func hasSettled(
        _ number: Int64, at now: Int64, _ meta: MetaTable
    ) throws -> Bool {
        if try meta.integer(ReplicaKey.stuckBatch) == number,
            let since = try meta.integer(ReplicaKey.stuckAt), since <= now
        {
            return now - since >= underWayMilliseconds
        }
        try meta.set(ReplicaKey.stuckBatch, .integer(number))
        try meta.set(ReplicaKey.stuckAt, .integer(now))
        return false
    }

    /// Bytes of a page that the way to the hub lets through; nil: as many as the hub sends.
    public func pageBytes() throws -> Int? {
        try file.read { try MetaTable($0).integer(ReplicaKey.pageBytes).map { Int($0) } }
    }

    public func setPageBytes(_ bytes: Int) throws {
        let now = environment.nowMilliseconds()
        try file.write { store in
            let meta = MetaTable(store)
            try meta.set(ReplicaKey.pageBytes, .integer(Int64(bytes)))
            try meta.set(ReplicaKey.narrowAt, .integer(now))
        }
    }

    /// Forgets what a way let through a day ago.
    func widenWay() throws {
        let now = environment.nowMilliseconds()
        guard let since = try file.read({ try MetaTable($0).integer(ReplicaKey.narrowAt) }),
            !(since...(since + Self.narrowMilliseconds)).contains(now)
        else { return }
        try file.write { try Self.widenWay(MetaTable($0)) }
    }

    static func widenWay(_ meta: MetaTable) throws {
        for key in [ReplicaKey.batchBytes, ReplicaKey.pageBytes, ReplicaKey.narrowAt] {
            try meta.set(key, nil)
        }
    }
}
