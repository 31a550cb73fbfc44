public import SyncCore
public import SyncProtocol
import SyncStore

// Invites: made, listed, taken back.

extension SQLHubStore {
    /// Makes an invite that works once.
    ///
    /// - Parameters:
    ///   - url: where the device finds the hub; nil for `inviteAddress`.
    ///   - expires: milliseconds since 1970.
    public func invite(name: String, role: Role, expires: Int64, url: String?) throws -> Invite {
        guard Self.isName(name) else { throw WireError.parameter("name") }
        let secret = environment.randomID()
        return try file.write { store in
            let meta = MetaTable(store)
            guard let space = try meta.blob(HubKey.space).flatMap({ SpaceID(bytes: $0) }) else {
                throw StoreError(.notAReplica, path: file.path, detail: "no space")
            }
            try InviteTable(store).insert(
                .sha256(secret.bytes), name: name, role: role.rawValue, expires: expires,
                sealedBy: ring.current(store))
            let (address, pin) = try place(url, space, store)
            return Invite(
                expires: expires, hub: ring.latest.publicKey, secret: secret, space: space,
                tls: address.hasPrefix("https://") ? pin : nil, url: address)
        }
    }

    /// Where a new device is told to find the hub.
    package func inviteAddress() throws -> String {
        try file.read { store in
            guard let hub = try identity(store) else { return try Self.url(MetaTable(store)) }
            return try place(nil, hub.space, store).url
        }
    }

    /// Where a new device finds the hub: at an address that was announced once a device has come
    /// by it, else where it was served last.
    private func place(
        _ url: String?, _ space: SpaceID, _ store: StoreConnection
    ) throws -> (url: String, tls: Hash256?) {
        let meta = MetaTable(store)
        let announced = try SpaceRecord(RecordTable(store), space)?.address
        if url == nil, let announced,
            try store.integer(
                "SELECT count(*) FROM seen WHERE url = ?",
                .text(HubMark.text(announced.url, announced.tls))) > 0
        {
            return announced
        }
        let served = try meta.blob(HubKey.tls).flatMap { Hash256(bytes: $0) }
        return (try url ?? Self.url(meta), served)
    }

    /// An invite that nobody has used.
    package struct OpenInvite: Sendable {
        package let hash: Hash256
        package let name: String
        package let role: String
        /// Milliseconds since 1970.
        package let expires: Int64
    }

    /// Invites that are not used, those that are over too, the ones that end first first.
    package func openInvites() throws -> [OpenInvite] {
        try file.read { store in
            var found: [OpenInvite] = []
            try store.each(
                "SELECT hash, name, role, expires FROM invites WHERE device IS NULL "
                    + "ORDER BY expires"
            ) { row in
                guard let hash = Hash256(bytes: row.bytes(0)) else { return }
                found.append(
                    OpenInvite(
                        hash: hash, name: row.text(1), role: row.text(2), expires: row.integer(3)))
            }
            return found
        }
    }

    /// Takes back an invite that nobody has used.
    ///
    /// - Returns: false if there is none of these digits, or more than one.
    package func withdrawInvite(hashPrefix: String) throws -> Bool {
        let matches = try openInvites().filter {
            !hashPrefix.isEmpty && $0.hash.hex.hasPrefix(hashPrefix.lowercased())
        }
        guard matches.count == 1 else { return false }
        return try file.write { store in
            try store.run(
                "DELETE FROM invites WHERE hash = ? AND device IS NULL",
                .blob(matches[0].hash.bytes))
            return try store.changedCount == 1
        }
    }

    /// Characters of a device's name.
    private static let nameLimit = 100

    /// Whether people can read a device's name, and the protocol carry it.
    package static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.count <= nameLimit && name.utf8.count <= 400
            && !name.unicodeScalars.contains {
                [.control, .lineSeparator, .paragraphSeparator]
                    .contains($0.properties.generalCategory)
                    // What turns the direction of the text around it.
                    || (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
            }
    }
}
