import SyncCore
import SyncStore

/// The devices that the clocks of one file name by number.
struct PeerDevices: Sendable {
    private let devices: [UInt64: DeviceID]

    init(_ store: StoreConnection) throws {
        var devices: [UInt64: DeviceID] = [:]
        try store.each("SELECT peer, device FROM peers NOT INDEXED") { row in
            let bytes = row.bytes(1)
            if bytes.count == 16, let device = DeviceID(bytes: bytes), row.integer(0) >= 0 {
                devices[UInt64(row.integer(0))] = device
            }
        }
        self.devices = devices
    }

    subscript(peer: UInt64) -> DeviceID? { devices[peer] }
}
