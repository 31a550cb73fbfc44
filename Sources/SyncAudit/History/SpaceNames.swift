public import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// What a file knows of its space: its zone, and what people call its devices.
public struct SpaceNames: Sendable {
    public let name: String
    /// IANA name; nil before the file has seen its space.
    public let timeZone: String?
    /// Names by device, as the space has them.
    public let devices: [DeviceID: String]
    public let hub: DeviceID?
    /// The hub's key as the file pins it, 64 hex digits; a person should have it from elsewhere
    /// too.
    public let hubKey: String?

    /// - Throws: `StoreError`.
    public init(_ file: AuditFile) throws {
        self = try file.examine { try SpaceNames($0, isHub: file.isHub) }
    }

    private init(_ store: StoreConnection, isHub: Bool) throws {
        let meta = MetaTable(store)
        let records = RecordTable(store)
        let space = try meta.blob(isHub ? HubKey.space : ReplicaKey.space)
            .flatMap { SpaceID(bytes: $0) }
        let record = try space.flatMap { try SpaceRecord(records, $0) }
        name = record?.name ?? ""
        timeZone = record?.timeZone
        var devices: [DeviceID: String] = [:]
        try records.each(collection: HubCollection.devices) { found in
            let name = (try? found.state())?["name"]?.value.value.text
            devices[found.key.id] = name
        }
        if !isHub, let own = try Self.ownID(meta), devices[own] == nil {
            devices[own] = try meta.text(ReplicaKey.name)
        }
        self.devices = devices
        let identity = try? isHub ? meta.hubIdentity() : meta.pinnedHub()
        hub = identity?.hub
        hubKey = identity?.key.hex
    }

    static func ownID(_ meta: MetaTable) throws -> DeviceID? {
        try meta.blob(ReplicaKey.publicKey).flatMap { PublicKey(bytes: $0) }?.deviceID
    }
}
