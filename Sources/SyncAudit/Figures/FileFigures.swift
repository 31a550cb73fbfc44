public import SyncCore
public import SyncProtocol
import SyncReplica
import SyncStore

/// What a file says of itself and its journal, in figures. Nothing in it is believed or proved:
/// that is what a verification is for.
public struct FileFigures: Sendable {
    /// Nil where the file has seen no space.
    public let space: SpaceID?
    public let hubKey: PublicKey?
    /// Whose replica it is; nil for a hub's file.
    public let device: DeviceID?
    /// As the device calls itself and as its hub took it on; nil for a hub's file.
    public let deviceName: String?
    public let role: String?
    /// Milliseconds since 1970; nil if it never synced.
    public let lastSync: Int64?
    /// Over the records that the file holds; nil where its rows cannot be read.
    public let digest: Hash256?
    /// The newest that the hub signed, then the last one of each earlier epoch.
    public let heads: [SignedHead]
    public let log: LogFigures
    /// Changes that a device has saved and no receipt was had for; none on a hub.
    public let pending: PendingFigures

    /// A device's changes that its hub has not ruled on.
    public struct PendingFigures: Sendable {
        /// In batches that were signed, or not yet.
        public let sealed: Int
        public let unsealed: Int
        /// That the hub refused.
        public let held: Int
    }

    /// - Throws: `StoreError`.
    public init(_ file: AuditFile) throws {
        let isHub = file.isHub
        self = try file.read { try FileFigures($0, isHub: isHub) }
    }

    private init(_ store: StoreConnection, isHub: Bool) throws {
        let meta = MetaTable(store)
        space = try meta.blob(isHub ? HubKey.space : ReplicaKey.space)
            .flatMap { SpaceID(bytes: $0) }
        hubKey = try meta.blob(isHub ? HubKey.publicKey : ReplicaKey.hubKey)
            .flatMap { PublicKey(bytes: $0) }
        device = try isHub ? nil : SpaceNames.ownID(meta)
        deviceName = try isHub ? nil : meta.text(ReplicaKey.name)
        role = try isHub ? nil : meta.text(ReplicaKey.role)
        lastSync = try isHub ? nil : meta.integer(ReplicaKey.lastSync)
        digest = try? RecordTable(store).digestRoot()
        heads = try Self.heads(store, isHub: isHub)
        log = try LogFigures(store, isHub: isHub)
        pending = try isHub ? PendingFigures(sealed: 0, unsealed: 0, held: 0) : Self.pending(store)
    }

    /// Newest first; what is no head is passed over.
    private static func heads(_ store: StoreConnection, isHub: Bool) throws -> [SignedHead] {
        var newestByEpoch: [EpochID: SignedHead] = [:]
        let sql = isHub ? "SELECT head FROM journal" : "SELECT head FROM heads"
        try store.each(sql) { row in
            guard let head = try? SignedHead(encoded: row.array(0)) else { return }
            let held = newestByEpoch[head.head.epoch]
            guard held.map({ $0.head.size < head.head.size }) ?? true else { return }
            newestByEpoch[head.head.epoch] = head
        }
        func order(_ head: Head) -> (Int64, Int64, EpochID) { (head.time, head.size, head.epoch) }
        return newestByEpoch.values.sorted { order($0.head) > order($1.head) }
    }

    private static func pending(_ store: StoreConnection) throws -> PendingFigures {
        func sum(_ condition: String) throws -> Int {
            Int(
                clamping: try store.integer(
                    "SELECT coalesce(sum(min(max(count, 0), 1000000)), 0) FROM pending "
                        + "WHERE batch IS \(condition)"))
        }
        return PendingFigures(
            sealed: try sum("NOT NULL"), unsealed: try sum("NULL"),
            held: Int(clamping: try store.integer("SELECT count(*) FROM held")))
    }
}
