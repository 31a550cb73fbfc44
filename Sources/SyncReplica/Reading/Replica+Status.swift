public import SyncCore
public import SyncProtocol
import SyncStore

/// Where a replica stands: what `status` prints.
public struct ReplicaStatus: Sendable {
    public let device: DeviceID
    public let name: String
    public let role: String?
    public let hubURL: String?
    /// The largest head verified.
    public let head: Head?
    /// Live records by collection.
    public let counts: [String: Int]
    /// Changes saved and not receipted.
    public let pending: Int
    /// The largest journal position of an own batch.
    public let deliveredPosition: Int64
    public let backedUpPosition: Int64
    public let openConflicts: Int
    public let quarantined: Int64
    public let held: Int
    /// The hub's time minus this device's wall clock, in milliseconds; nil before the first sync.
    public let clockDifference: Int64?
    /// Milliseconds since 1970; nil before the first sync.
    public let lastSync: Int64?
    /// Why the last sync stopped for good; nil if it did not.
    public let halt: SyncSession.Halt?
    public let hasKey: Bool
    /// The ids that this device had before it took a new key, the first one first.
    public let formerly: [DeviceID]
    /// Own batches whose receipts a hub that was put back lost: they are offered again.
    public let offeredAgain: Int
    /// A copy's new key or a hub that was put back is not wholly healed yet; a sync goes on with it.
    public let isHealing: Bool

    /// Whether the wall clock is further off than the hub believes claims.
    public var isClockSuspect: Bool {
        abs(clockDifference ?? 0) > HubRules.driftLimitMilliseconds
    }
}

extension Replica {
    public func status() throws -> ReplicaStatus {
        let hasKey = (try? signingKey()) != nil
        let open = try conflicts().count { !$0.isSettled }
        return try file.read { store in
            let meta = MetaTable(store)
            return ReplicaStatus(
                device: try Self.deviceID(store), name: try meta.text(ReplicaKey.name) ?? "",
                role: try meta.text(ReplicaKey.role), hubURL: try meta.text(ReplicaKey.hubURL),
                head: try meta.blob(ReplicaKey.head).map { try SignedHead(encoded: $0).head },
                counts: try RecordTable(store).counts(), pending: try PendingTable(store).count(),
                deliveredPosition: try meta.integer(ReplicaKey.deliveredPosition) ?? 0,
                backedUpPosition: try meta.integer(ReplicaKey.backedUp) ?? 0,
                openConflicts: open,
                quarantined: try meta.integer(ReplicaKey.quarantined) ?? 0,
                held: Int(try store.integer("SELECT count(*) FROM held")),
                clockDifference: try meta.integer(ReplicaKey.clockDifference),
                lastSync: try meta.integer(ReplicaKey.lastSync),
                halt: try meta.text(ReplicaKey.halt).flatMap { SyncSession.Halt(rawValue: $0) },
                hasKey: hasKey, formerly: try IdentityTable(store).all(),
                offeredAgain: try BatchTable(store).offeredAgain().count,
                isHealing: try Self.isHealing(store))
        }
    }
}
