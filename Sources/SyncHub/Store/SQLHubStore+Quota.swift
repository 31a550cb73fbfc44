public import SyncCore
import SyncProtocol
import SyncStore
package import Synchronization

// How much a device may deliver in a day, so that one that runs away does not fill the disk.

/// What each device may deliver in a day, unless the operator lets one do otherwise.
public final class DeliveryQuota: Sendable {
    /// Many times what a neighbourhood makes in a night.
    package static let standardChanges = 2_000_000
    package static let standardBytes = 2 << 30

    package let changes: Atomic<Int>
    package let bytes: Atomic<Int>

    public convenience init() {
        self.init(changes: Self.standardChanges, bytes: Self.standardBytes)
    }

    public init(changes: Int, bytes: Int) {
        self.changes = Atomic(changes)
        self.bytes = Atomic(bytes)
    }
}

/// What a device delivered on one day (UTC), and may.
public struct Delivery: Sendable, Equatable {
    public var changes: Int64
    public var bytes: Int64
    public let changesLimit: Int64
    public let bytesLimit: Int64
    /// Whether the operator gave it limits of its own.
    public let isOwn: Bool
}

extension SQLHubStore {
    /// Counts against these limits from now on.
    public func use(_ quota: DeliveryQuota) { quotaInUse.withLock { $0 = quota } }

    private static let dayMilliseconds: Int64 = 86_400_000

    /// Counts a batch that is new in the journal.
    ///
    /// - Throws: `WireError` (quota reached); the batch must not be committed then.
    func countDelivery(of batch: SealedBatch, at now: Int64, _ store: StoreConnection) throws {
        var found = try delivery(of: batch.device, at: now, store)
        found.changes += Int64(batch.count)
        found.bytes += Int64(batch.bytes.count)
        let wait = Self.dayMilliseconds - now % Self.dayMilliseconds
        for (kind, used, limit) in [
            ("changes", found.changes, found.changesLimit),
            ("bytes", found.bytes, found.bytesLimit),
        ] where used > limit {
            throw WireError.quotaReached(kind: kind, limit: limit, seconds: wait / 1_000 + 1)
        }
        try store.run(
            "INSERT INTO quotas(device, day, changes, bytes) VALUES(?, ?, ?, ?) "
                + "ON CONFLICT(device) DO UPDATE SET day = excluded.day, "
                + "changes = excluded.changes, bytes = excluded.bytes",
            .blob(batch.device.bytes), .integer(now / Self.dayMilliseconds),
            .integer(found.changes), .integer(found.bytes))
    }

    func delivery(of device: DeviceID, _ store: StoreConnection) throws -> Delivery {
        try delivery(of: device, at: environment.nowMilliseconds(), store)
    }

    private func delivery(
        of device: DeviceID, at now: Int64, _ store: StoreConnection
    ) throws -> Delivery {
        var (changes, bytes) = (Int64(0), Int64(0))
        var (changesLimit, bytesLimit): (Int64?, Int64?)
        try store.each(
            "SELECT day, changes, bytes, changes_limit, bytes_limit FROM quotas "
                + "WHERE device = ?", .blob(device.bytes)
        ) { row in
            if row.integer(0) == now / Self.dayMilliseconds {
                (changes, bytes) = (row.integer(1), row.integer(2))
            }
            if !row.isNull(3) { changesLimit = row.integer(3) }
            if !row.isNull(4) { bytesLimit = row.integer(4) }
        }
        let quota = quotaInUse.withLock { $0 }
        return Delivery(
            changes: changes, bytes: bytes,
            changesLimit: changesLimit ?? Int64(quota.changes.load(ordering: .relaxed)),
            bytesLimit: bytesLimit ?? Int64(quota.bytes.load(ordering: .relaxed)),
            isOwn: changesLimit != nil || bytesLimit != nil)
    }

    /// Lets one device deliver more or less than the others in a day.
    ///
    /// - Parameters:
    ///   - changes: nil: as many as all.
    ///   - bytes: nil: as many as all.
    /// - Returns: what it delivered today, and may from now on.
    @discardableResult
    package func setQuota(of device: DeviceID, changes: Int64?, bytes: Int64?) throws -> Delivery {
        try file.write { store in
            try store.run(
                "INSERT INTO quotas(device, day, changes, bytes, changes_limit, bytes_limit) "
                    + "VALUES(?, 0, 0, 0, ?, ?) ON CONFLICT(device) DO UPDATE SET "
                    + "changes_limit = excluded.changes_limit, bytes_limit = excluded.bytes_limit",
                .blob(device.bytes), changes.map { .integer($0) } ?? .null,
                bytes.map { .integer($0) } ?? .null)
            return try delivery(of: device, store)
        }
    }
}

extension WireError {
    static func quotaReached(kind: String, limit: Int64, seconds: Int64) -> WireError {
        WireError(
            .quotaReached, message: "this device has delivered as much as it may today",
            mend: "nothing is lost: wait, or ask the operator for a larger quota",
            details: [
                "kind": .string(kind), "limit": JSONValue(limit), "seconds": JSONValue(seconds),
            ])
    }
}
