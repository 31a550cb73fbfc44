public import SyncCore
public import SyncProtocol
public import SyncStore

// What the operator's commands ask of the store.

/// A device beside where it stands.
public struct DeviceStanding: Sendable {
    public let device: EnrolledDevice
    /// Milliseconds since 1970; nil if it never came.
    public let lastSeen: Int64?
    /// The position of its last batch, 0 if it delivered none.
    public let position: Int64
    /// What it said of itself then.
    public let visit: DeviceVisit
    /// What it delivered today, and may.
    public let delivery: Delivery
    /// Whether it was asked for another token and has not taken one yet.
    public let isTokenDue: Bool
}

/// Where the hub stands.
public struct HubStatus: Sendable {
    public let facts: HubFacts
    public let url: String
    /// Root of the digest.
    public let digest: Hash256
    /// Live records by collection.
    public let counts: [String: Int]
    public let devices: Int
    public let openConflicts: Int
    public let backedUpPosition: Int64
    /// When the last verified backup was made, in milliseconds since 1970; nil if none was.
    public let backedUpAt: Int64?
}

extension SQLHubStore {
    /// Where the hub was served last: what somebody at this machine reaches it by.
    package func servedURL() throws -> String {
        try file.read { try MetaTable($0).text(HubKey.servedURL) ?? HubFolder.defaultURL }
    }

    /// Where devices find this hub.
    static func url(_ meta: MetaTable) throws -> String {
        try meta.text(HubKey.url) ?? meta.text(HubKey.servedURL) ?? HubFolder.defaultURL
    }

    /// Notes where the hub is served, and the certificate key that invites pin (nil without TLS).
    public func noteServed(url: String, tls: Hash256?) throws {
        try file.write { store in
            let meta = MetaTable(store)
            try meta.set(HubKey.servedURL, .text(url))
            try meta.set(HubKey.tls, (tls?.bytes).map { .blob($0) })
        }
    }

    /// Where the hub's address ends in one path, it ends in another from now on.
    package func moveAddress(from old: String, to new: String) throws {
        try file.write { store in
            let meta = MetaTable(store)
            for key in [HubKey.url, HubKey.servedURL] {
                guard let url = try meta.text(key), url.hasSuffix(old) else { continue }
                try meta.set(key, .text(url.dropLast(old.count) + new))
            }
        }
    }

    /// Every device but the hub itself, in the order they were enrolled.
    public func devices() throws -> [DeviceStanding] {
        try file.read { store in
            var standings: [DeviceStanding] = []
            let records = RecordTable(store)
            try records.each(collection: HubCollection.devices) { found in
                guard let device = EnrolledDevice(try found.state()),
                    device.role != Role.hub.rawValue
                else { return }
                let seen = try Self.seen(device.id, store)
                let peer = try records.peers.existingNumber(of: device.id)
                standings.append(
                    DeviceStanding(
                        device: device, lastSeen: seen.at == 0 ? nil : seen.at,
                        position: try WriterTable(store).writer(peer).lastPosition,
                        visit: seen.visit, delivery: try delivery(of: device.id, store),
                        isTokenDue: try Self.isTokenDue(device.id, store)))
            }
            return standings
        }
    }

    /// Lets a device in or out. What it delivered stays.
    ///
    /// - Parameter only: whether those that came out of it stay as they are when it is revoked.
    /// - Returns: the devices that stood otherwise before, this one first.
    public func setRevoked(
        _ isRevoked: Bool, device: DeviceID, only: Bool = false
    ) throws -> [EnrolledDevice] {
        try file.write { store in
            let records = RecordTable(store)
            guard let found = try EnrolledDevice(device, in: records),
                found.role != Role.hub.rawValue
            else { throw WireError.noDevice }
            let others =
                isRevoked && !only
                ? try Family(of: device, records).descendants(of: device) : []
            let changed = ([found] + others).filter { $0.isRevoked != isRevoked }
            let edits = changed.map {
                Edit(
                    RecordKey(HubCollection.devices, $0.id),
                    .set(["revoked": .bool(isRevoked)]))
            }
            if !edits.isEmpty { _ = try act(edits, store) }
            return changed
        }
    }

    /// Gives a device another name: a change of the hub's own.
    ///
    /// - Throws: `WireError` (not found), `StoreError`.
    package func rename(_ device: DeviceID, to name: String) throws {
        try file.write { store in
            guard let found = try EnrolledDevice(device, in: RecordTable(store)),
                found.role != Role.hub.rawValue
            else { throw WireError.noDevice }
            guard Self.isName(name) else { throw WireError.parameter("name") }
            _ = try act(
                [Edit(RecordKey(HubCollection.devices, device), .set(["name": .text(name)]))],
                store)
        }
    }

    /// Devices that came out of this one by a new key.
    public func descendants(of device: DeviceID) throws -> [EnrolledDevice] {
        try file.read { try Family(of: device, RecordTable($0)).descendants(of: device) }
    }

    public func status() throws -> HubStatus {
        let facts = try facts()
        return try file.read { store in
            let counts = try RecordTable(store).counts()
            var open = 0
            try RecordTable(store).each(collection: HubCollection.conflicts) {
                if try $0.state()["resolved"]?.value != .true { open += 1 }
            }
            return HubStatus(
                facts: facts, url: try Self.url(MetaTable(store)),
                digest: try RecordTable(store).digestRoot(), counts: counts,
                devices: (counts[HubCollection.devices] ?? 1) - 1, openConflicts: open,
                backedUpPosition: try MetaTable(store).integer(HubKey.backedUp) ?? 0,
                backedUpAt: try MetaTable(store).integer(HubKey.backedUpAt))
        }
    }
}

extension WireError {
    static let noDevice = WireError(
        .notFound, message: "no device with this id is enrolled", mend: "see the list of devices")
}

extension SQLHubStore {
    /// Every record of a collection, deleted ones too, in the order they came.
    package func records(of collection: String) throws -> [RecordState] {
        try file.read { store in
            var found: [RecordState] = []
            try RecordTable(store).each(collection: collection) { found.append(try $0.state()) }
            return found
        }
    }
}
