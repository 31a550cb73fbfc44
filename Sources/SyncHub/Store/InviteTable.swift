import SyncCore
import SyncProtocol
import SyncStore

/// Invites by the hash of their secret, within one transaction.
struct InviteTable {
    struct Stored {
        let name: String
        let role: String
        /// Milliseconds since 1970.
        let expires: Int64
        /// Who used it, and the position of the batch that enrolled it.
        let used: (device: DeviceID, position: Int64)?
    }

    private let store: StoreConnection

    init(_ store: StoreConnection) {
        self.store = store
    }

    func insert(
        _ hash: Hash256, name: String, role: String, expires: Int64, sealedBy key: SigningKey
    ) throws {
        let content = AccessSeal.invite(hash, name: name, role: role, expires: expires)
        try store.run(
            "INSERT INTO invites(hash, name, role, expires, seal) VALUES(?, ?, ?, ?, ?)",
            .blob(hash.bytes), .text(name), .text(role), .integer(expires),
            .blob(key.sign(.access, content).bytes))
    }

    func find(_ hash: Hash256) throws -> Stored? {
        var stored: Stored?
        try store.each(
            "SELECT name, role, expires, device, position FROM invites WHERE hash = ?",
            .blob(hash.bytes)
        ) { row in
            let device = row.isNull(3) ? nil : DeviceID(bytes: row.bytes(3))
            stored = Stored(
                name: row.text(0), role: row.text(1), expires: row.integer(2),
                used: device.map { ($0, row.integer(4)) })
        }
        return stored
    }

    func markUsed(_ hash: Hash256, device: DeviceID, position: Int64) throws {
        try store.run(
            "UPDATE invites SET device = ?, position = ? WHERE hash = ?", .blob(device.bytes),
            .integer(position), .blob(hash.bytes))
    }
}
