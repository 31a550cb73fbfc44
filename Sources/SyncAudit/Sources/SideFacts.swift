public import SyncCore
public import SyncProtocol
import SyncReplica
import SyncStore

/// What one side of a comparison says of itself.
public struct SideFacts: Sendable {
    public enum Kind: String, Sendable {
        case replica, hub, bundle
        /// A hub that is asked over the network.
        case address
    }

    /// As the person named it.
    public let name: String
    public let kind: Kind
    /// The replica's or the hub's own device; nil where it cannot be read.
    public internal(set) var device: DeviceID?
    /// What people call it; empty if nobody said.
    public internal(set) var label = ""
    public internal(set) var space: SpaceID?
    public internal(set) var timeZone: String?
    /// The key that the side pins its hub by.
    public var hubKey: PublicKey? { hub?.key }
    /// The hub by that key, and by those before it.
    public internal(set) var hub: HubIdentity?
    /// The largest head that it holds; nil before the first sync.
    public internal(set) var head: SignedHead?
    /// Whether it is in the middle of pulling everything anew.
    public internal(set) var isPullingAfresh = false
    /// Changes that are saved and not receipted.
    public internal(set) var pending = 0
    /// Records, deleted ones included; nil for a side that was not read whole.
    public internal(set) var records: Int?
    /// Bytes moved and round trips; zero for files.
    public internal(set) var bytesSent = 0
    public internal(set) var bytesReceived = 0
    public internal(set) var roundTrips = 0

    /// The position up to which it has seen the journal; 0 before the first sync.
    public var position: Int64 { head?.head.size ?? 0 }
    public var epoch: EpochID? { head?.head.epoch }
    /// A hub is where positions come from: it is never behind.
    var isHub: Bool { kind == .hub || kind == .address }

    init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }

    /// Reads what a replica's or a hub's file says of itself. What is damaged is left out.
    ///
    /// - Throws: `StoreError`.
    public init(_ file: AuditFile) throws {
        self.init(name: file.name, kind: file.isHub ? .hub : .replica)
        try file.read { store in
            if file.isHub { try readHub(store) } else { try readReplica(store) }
            guard let space else { return }
            timeZone = (try? SpaceRecord(RecordTable(store), space))?.timeZone
        }
    }

    /// What a bundle says of itself.
    mutating func read(_ bundle: BundleContent) {
        device = bundle.writer
        space = bundle.space
        head = bundle.head
        records = bundle.keys.count
        pending = bundle.pending.count
    }

    private mutating func readReplica(_ store: StoreConnection) throws {
        let meta = MetaTable(store)
        device = try meta.blob(ReplicaKey.publicKey).flatMap { PublicKey(bytes: $0) }?.deviceID
        label = try meta.text(ReplicaKey.name) ?? ""
        space = try meta.blob(ReplicaKey.space).flatMap { SpaceID(bytes: $0) }
        hub = try? meta.pinnedHub()
        head = try meta.blob(ReplicaKey.head).flatMap { try? SignedHead(encoded: $0) }
        isPullingAfresh = try meta.integer(ReplicaKey.isFresh) == 1
        pending = try PendingTable(store).count()
    }

    private mutating func readHub(_ store: StoreConnection) throws {
        let meta = MetaTable(store)
        hub = try? meta.hubIdentity()
        device = hub?.hub
        space = try meta.blob(HubKey.space).flatMap { SpaceID(bytes: $0) }
        let journal = JournalTable(store)
        let size = try journal.size()
        head = size > 0 ? try? journal.head(size) : nil
        if let space { label = (try? SpaceRecord(RecordTable(store), space))?.name ?? "" }
    }
}
