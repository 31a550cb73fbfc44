public import SyncCore

/// Whom a device believes: what its invite pinned, and the keys that took that one's place.
public struct HubIdentity: Sendable, Equatable {
    /// The key that signs now.
    public let key: PublicKey
    public let space: SpaceID
    /// How it came to be that one.
    public let succession: KeySuccession

    public init(key: PublicKey, space: SpaceID) {
        self.key = key
        self.space = space
        succession = .none
    }

    /// What is stored of an identity.
    ///
    /// - Returns: nil if the succession does not end in this key, or is another space's.
    public init?(key: PublicKey, space: SpaceID, succession: KeySuccession) {
        if let last = succession.handovers.last {
            guard last.to == key, last.space == space else { return nil }
        }
        self.key = key
        self.space = space
        self.succession = succession
    }

    /// The hub's device id: that of its first key.
    public var hub: DeviceID { succession.handovers.first?.hub ?? key.deviceID }

    /// Whether a key is this hub's, or was.
    public func has(_ other: PublicKey) -> Bool {
        other == key || succession.keys.contains(other)
    }

    /// What this identity becomes by a succession that the hub shows.
    ///
    /// - Returns: nil if it does not go on from what is believed: another space, another hub, or a
    ///   succession that lacks a key that is known to have come.
    public func following(_ shown: KeySuccession) -> HubIdentity? {
        guard let last = shown.handovers.last, last.space == space, last.to != key else {
            return nil
        }
        let (known, keys) = (succession.keys, shown.keys)
        let goesOn = known.isEmpty ? keys.contains(key) : keys.starts(with: known)
        guard goesOn else { return nil }
        return HubIdentity(key: last.to, space: space, succession: shown)
    }

    /// The same hub with all that a succession says of the time before this key: an invite pins
    /// the key alone.
    public func completed(by shown: KeySuccession) -> HubIdentity? {
        guard succession.isEmpty, let last = shown.handovers.last, last.to == key else {
            return nil
        }
        return HubIdentity(key: key, space: space, succession: shown)
    }

    /// The hub as it is to be believed once a succession was shown; itself where nothing follows.
    public func learning(_ shown: KeySuccession) -> HubIdentity {
        following(shown) ?? completed(by: shown) ?? self
    }

    /// Whether a head is this hub's, of this space: signed by the present key, or by a former one
    /// while it was the hub's.
    public func vouches(for head: SignedHead) -> Bool {
        guard head.head.space == space, head.head.hub == hub else { return false }
        return isSigned(at: head.head.size) { head.isSigned(by: $0) }
    }

    /// Whether a batch is one of the hub's own, signed by the key that it had at that position.
    public func wrote(_ batch: SealedBatch, at position: Int64) -> Bool {
        guard batch.space == space, batch.device == hub else { return false }
        return isSigned(at: position) { $0.verifies(batch.signature, .batch, batch.bytes) }
    }

    /// Whether a key that may have signed at a size did.
    private func isSigned(at size: Int64, _ verifies: (PublicKey) -> Bool) -> Bool {
        verifies(key)
            || succession.handovers.contains { size <= $0.size && verifies($0.from) }
    }
}
