import SyncCore

/// An Ed25519 signature. On the wire: 128 lower-case hex digits.
public struct Signature: Sendable, Hashable {
    static let byteCount = 64

    /// The 64 bytes.
    public let bytes: [UInt8]

    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    public init?(hex: String) {
        guard let bytes = Hex.bytes(hex) else { return nil }
        self.init(bytes: bytes)
    }

    init(checked bytes: [UInt8]) {
        self.bytes = bytes
    }

    public var hex: String { Hex.text(bytes) }
}
