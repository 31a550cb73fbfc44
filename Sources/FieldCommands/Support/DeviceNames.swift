import CommandKit
import SyncCore
import SyncProtocol
import SyncReplica

/// What people call the devices that wrote something. Looked up once each.
final class DeviceNames {
    private let replica: Replica
    private let own: DeviceID
    private let hub: DeviceID?
    private var namesByDevice: [DeviceID: String?] = [:]

    init(_ open: OpenReplica) throws {
        replica = open.replica
        own = try replica.deviceID()
        hub = try replica.membership()?.hub.hub
    }

    /// `this device`, the name from the space's list of devices, or the beginning of the id.
    func name(of device: DeviceID) throws -> String {
        if device == own { return Messages.fieldRecords.thisDevice.text() }
        if device == hub { return Messages.fieldRecords.hub.text() }
        return try registeredName(of: device)
            ?? Messages.fieldRecords.unknownDevice.text(["id": device.hex.prefix(8)])
    }

    /// The name in the space's list of devices, whatever the language; nil if it is not there.
    func registeredName(of device: DeviceID) throws -> String? {
        if let known = namesByDevice[device] { return known }
        let record = try replica.record(RecordKey(HubCollection.devices, device))
        let name = record?.values["name"]?.text
        namesByDevice[device] = .some(name)
        return name
    }
}
