public import SyncCore
public import SyncProtocol

/// A device as the journal enrolled it.
public struct EnrolledDevice: Sendable {
    public let id: DeviceID
    public let name: String
    /// As written in the journal; `Role` may not know it.
    public let role: String
    public let key: PublicKey
    public let isRevoked: Bool
    /// The device that this one came out of; nil for most.
    public let formerly: DeviceID?
    /// That one and those before it, the nearest first.
    public let ancestry: [DeviceID]

    /// What the role lets it write by. Only the hub's own device has the hub's role, whatever a
    /// record says; nil for a role that this version does not know.
    package var ruledRole: Role? {
        Role(rawValue: role).flatMap { $0 == .hub ? nil : $0 }
    }
}

extension EnrolledDevice {
    /// Reads a record of `devices`; nil if it lacks its key.
    package init?(_ state: RecordState) {
        func text(_ name: String) -> String? { state[name]?.value.value.text }
        guard let key = text("key").flatMap({ PublicKey(hex: $0) }) else { return nil }
        self.init(
            id: state.key.id, name: text("name") ?? "", role: text("role") ?? "", key: key,
            isRevoked: state["revoked"]?.value == .true,
            formerly: text("formerly").flatMap { DeviceID(hex: $0) },
            ancestry: (text("ancestry") ?? "").split(separator: " ")
                .compactMap { DeviceID(hex: $0) })
    }

    /// The device as the records at hand have it; nil if it is not enrolled.
    package init?(_ id: DeviceID, in records: RecordTable) throws {
        let found = try records.record(RecordKey(HubCollection.devices, id))
        guard let state = try found?.state(), let device = EnrolledDevice(state) else {
            return nil
        }
        self = device
    }

    /// Every device that this one came out of, the nearest first, as its own enrolment says:
    /// those of its ancestors may be lost with the hub's tail.
    package static func ancestors(
        of id: DeviceID, in records: RecordTable
    ) throws -> [DeviceID] {
        try EnrolledDevice(id, in: records)?.ancestry ?? []
    }
}
