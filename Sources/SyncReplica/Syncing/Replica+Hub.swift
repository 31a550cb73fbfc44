public import SyncCore
public import SyncProtocol
import SyncStore

// The hub that a device believes, and where it finds it: both may change while the device is away.

extension Replica {
    /// Where a hub is reached.
    public struct Address: Sendable, Equatable {
        public let url: String
        /// SHA-256 of the certificate's SubjectPublicKeyInfo; nil without TLS, or where the
        /// platform's authorities vouch.
        public let tls: Hash256?
    }

    static func pin(_ hub: HubIdentity, _ meta: MetaTable) throws {
        try meta.set(ReplicaKey.hubKey, .blob(hub.key.bytes))
        try meta.set(ReplicaKey.space, .blob(hub.space.bytes))
        let succession = hub.succession
        try meta.set(
            ReplicaKey.succession,
            succession.isEmpty
                ? nil : .text(String(decoding: succession.encoded, as: UTF8.self)))
    }

    /// Believes the key that took the place of the one that is known here.
    ///
    /// - Returns: the hub as it is believed now; nil if nothing new follows from what was shown.
    public func follow(_ shown: KeySuccession) throws -> Membership? {
        guard !shown.isEmpty else { return nil }
        let isNew = try file.write { store in
            let meta = MetaTable(store)
            guard let known = try meta.pinnedHub() else { return false }
            let next = known.learning(shown)
            guard next != known else { return false }
            try Self.pin(next, meta)
            if next.key != known.key, let last = shown.handovers.last {
                try meta.set(ReplicaKey.newHubKey, .integer(last.size))
            }
            return true
        }
        return isNew ? try membership() : nil
    }

    /// Where the hub said that it will be, in its record of the space; nil if that is where this
    /// device finds it anyhow, or if it said nothing.
    public func announcedAddress() throws -> Address? {
        guard let present = try membership() else { return nil }
        return try file.read { store in
            guard let address = try SpaceRecord(RecordTable(store), present.hub.space)?.address,
                address.url != present.url || address.tls != present.tls
            else { return nil }
            return Address(url: address.url, tls: address.tls)
        }
    }

    /// What this device says of itself with a pull: its clock, its program, and where it finds the
    /// hub if that is about to change.
    public func visit(by program: String?) throws -> [(name: String, value: String)] {
        var said = [(name: "at", value: String(max(1, environment.nowMilliseconds())))]
        if let program { said.append((name: "program", value: program)) }
        guard let present = try membership() else { return said }
        let isAnnounced = try file.read {
            try SpaceRecord(RecordTable($0), present.hub.space)?.address != nil
        }
        if isAnnounced {
            said.append((name: "url", value: HubMark.text(present.url, present.tls)))
        }
        return said
    }

    /// Where the hub was before it moved.
    public func formerAddress() throws -> Address? {
        try file.read { store in
            let meta = MetaTable(store)
            guard let url = try meta.text(ReplicaKey.formerURL) else { return nil }
            return Address(
                url: url, tls: try meta.blob(ReplicaKey.formerTLS).flatMap { Hash256(bytes: $0) })
        }
    }

    /// Goes on with the hub at another address, where it has proved that it is the same.
    public func moveHub(to address: Address) throws {
        try file.write { store in
            let meta = MetaTable(store)
            try meta.set(ReplicaKey.formerURL, try meta.text(ReplicaKey.hubURL).map { .text($0) })
            try meta.set(ReplicaKey.formerTLS, try meta.blob(ReplicaKey.tls).map { .blob($0) })
            try meta.set(ReplicaKey.hubURL, .text(address.url))
            try meta.set(ReplicaKey.tls, (address.tls?.bytes).map { .blob($0) })
            try meta.set(ReplicaKey.newAddress, .text(address.url))
            try Self.widenWay(meta)
        }
    }
}
