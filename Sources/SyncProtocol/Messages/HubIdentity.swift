public import SyncCore

/// Whom a device believes: what its invite pinned.
public struct HubIdentity: Sendable, Equatable {
    public let key: PublicKey
    public let space: SpaceID

    public init(key: PublicKey, space: SpaceID) {
        self.key = key
        self.space = space
    }

    public var hub: DeviceID { key.deviceID }

    /// Whether a head is this hub's, of this space.
    public func vouches(for head: SignedHead) -> Bool {
        head.head.space == space && head.head.hub == hub && head.isSigned(by: key)
    }
}
