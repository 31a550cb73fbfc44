package import SyncCore
import SyncProtocol
import SyncStore

// What the hub says of its space: its name, its zone, and where it is found.

extension SQLHubStore {
    /// Where devices are told to find the hub; nil: where they find it.
    package func announcedAddress() throws -> (url: String, tls: Hash256?)? {
        try file.read { store in
            guard let hub = try identity(store) else { return nil }
            return try SpaceRecord(RecordTable(store), hub.space)?.address
        }
    }

    /// Tells every device where the hub will be, in the record of the space; devices go there as
    /// soon as it answers them there. Invites name it once one has come by it.
    ///
    /// - Parameters:
    ///   - url: nil takes back what was announced; devices stay where they are.
    ///   - tls: of the certificate there; nil without TLS, or where authorities vouch for it.
    package func announce(url: String?, tls: Hash256?) throws {
        try file.write { store in
            guard let hub = try identity(store) else { return }
            _ = try act(
                [
                    Edit(
                        RecordKey(HubCollection.space, hub.space),
                        .set([
                            "url": url.map { .text($0) } ?? .null,
                            "tls": tls.map { .text($0.hex) } ?? .null,
                        ]))
                ], store)
        }
    }

    /// Corrects the space's name or time zone. What they were stays in the log.
    ///
    /// - Parameter timeZone: IANA name.
    package func describeSpace(name: String?, timeZone: String?) throws {
        var fields: [String: Value] = [:]
        if let name { fields["name"] = .text(name) }
        if let timeZone { fields["time_zone"] = .text(timeZone) }
        guard !fields.isEmpty else { return }
        try file.write { store in
            guard let hub = try identity(store) else { return }
            _ = try act([Edit(RecordKey(HubCollection.space, hub.space), .set(fields))], store)
        }
    }
}
