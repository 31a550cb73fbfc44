package import SyncCore
import SyncStore

// Tokens that devices are to replace by others.

extension SQLHubStore {
    /// Asks devices to take another token with their next sync. Until then the present one works.
    package func demandTokens(of devices: [DeviceID]) throws {
        try file.write { store in
            for device in devices {
                try store.run(
                    "INSERT INTO renewals(device) VALUES(?) ON CONFLICT(device) DO NOTHING",
                    .blob(device.bytes))
            }
        }
    }

    static func isTokenDue(_ device: DeviceID, _ store: StoreConnection) throws -> Bool {
        try store.integer(
            "SELECT count(*) FROM renewals WHERE device = ?", .blob(device.bytes)) > 0
    }

    /// A device has told its token: if it is another one, no more is asked of it.
    func noteRenewal(of device: DeviceID, to token: Hash256, _ store: StoreConnection) throws {
        guard try Self.isTokenDue(device, store) else { return }
        let isOld =
            try store.integer(
                "SELECT count(*) FROM tokens WHERE device = ? AND hash = ?", .blob(device.bytes),
                .blob(token.bytes)) > 0
        guard !isOld else { return }
        try store.run("DELETE FROM renewals WHERE device = ?", .blob(device.bytes))
    }
}
