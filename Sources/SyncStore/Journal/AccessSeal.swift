package import SyncCore
package import SyncProtocol

/// The hub's signature over who may come in: invites and tokens stand in no batch, so that whoever
/// writes into the file could plant one. Never on the wire.
package enum AccessSeal {
    package static func token(_ hash: Hash256, device: DeviceID) -> [UInt8] {
        CanonicalJSON.bytes([
            "device": .string(device.hex), "token": .string(hash.hex),
        ])
    }

    package static func invite(
        _ hash: Hash256, name: String, role: String, expires: Int64
    ) -> [UInt8] {
        CanonicalJSON.bytes([
            "expires": .number(Double(expires)), "invite": .string(hash.hex),
            "name": .string(name), "role": .string(role),
        ])
    }

    /// Seals what stands there once: a file of a version that knew no seals.
    package static func sealAll(_ store: StoreConnection, _ key: SigningKey) throws {
        let meta = MetaTable(store)
        guard try meta.integer(HubKey.accessSealed) != 1 else { return }
        for row in try rows(store) { try seal(row, key, store) }
        try meta.set(HubKey.accessSealed, 1)
    }

    /// Seals anew what the key before has sealed, and nothing else.
    package static func sealAgain(
        _ store: StoreConnection, _ key: SigningKey, sealedBy before: PublicKey
    ) throws {
        for row in try rows(store) {
            let seal = row.seal.flatMap { Signature(bytes: $0) }
            guard let seal, before.verifies(seal, .access, row.content) else { continue }
            try self.seal(row, key, store)
        }
    }

    private static func seal(_ row: Row, _ key: SigningKey, _ store: StoreConnection) throws {
        try store.run(
            "UPDATE \(row.table) SET seal = ? WHERE hash = ?",
            .blob(key.sign(.access, row.content).bytes), .blob(row.hash))
    }

    package struct Row {
        package let table: String
        package let hash: [UInt8]
        /// What the seal signs.
        package let content: [UInt8]
        package let seal: [UInt8]?
        package let device: DeviceID?
        /// Of a used invite: the position of the batch that enrolled its device.
        package let position: Int64?
    }

    /// Every token and invite, as far as it can be one.
    package static func rows(_ store: StoreConnection) throws -> [Row] {
        var rows: [Row] = []
        try store.each("SELECT hash, device, seal FROM tokens ORDER BY hash") { row in
            let device = DeviceID(bytes: row.bytes(1))
            let content = Hash256(bytes: row.bytes(0)).flatMap { hash in
                device.map { token(hash, device: $0) }
            }
            rows.append(
                Row(
                    table: "tokens", hash: row.array(0), content: content ?? [],
                    seal: row.isNull(2) ? nil : row.array(2), device: device, position: nil))
        }
        try store.each(
            "SELECT hash, name, role, expires, device, position, seal FROM invites ORDER BY hash"
        ) { row in
            let content = Hash256(bytes: row.bytes(0)).map {
                invite($0, name: row.text(1), role: row.text(2), expires: row.integer(3))
            }
            rows.append(
                Row(
                    table: "invites", hash: row.array(0), content: content ?? [],
                    seal: row.isNull(6) ? nil : row.array(6),
                    device: row.isNull(4) ? nil : DeviceID(bytes: row.bytes(4)),
                    position: row.isNull(5) ? nil : row.integer(5)))
        }
        return rows
    }
}
