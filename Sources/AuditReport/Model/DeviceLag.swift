/// How long one device's changes took to reach the hub.
public struct DeviceLag: Sendable {
    /// In hex.
    public var device: String
    public var name: String
    public var isRevoked: Bool
    /// Changes that the figures are of; 0 if none arrived.
    public var changes: Int
    /// Claimed time to the hub's receipt, in milliseconds; negative if the device's clock was
    /// ahead.
    public var median: Int64
    public var largest: Int64
    /// Where its last batch stands in the journal; 0 if there is none.
    public var lastPosition: Int64
    /// When the hub last heard of it; nil if that is not known.
    public var lastSeen: Int64?

    public init(
        device: String, name: String, isRevoked: Bool, changes: Int, median: Int64,
        largest: Int64, lastPosition: Int64, lastSeen: Int64?
    ) {
        self.device = device
        self.name = name
        self.isRevoked = isRevoked
        self.changes = changes
        self.median = median
        self.largest = largest
        self.lastPosition = lastPosition
        self.lastSeen = lastSeen
    }
}
