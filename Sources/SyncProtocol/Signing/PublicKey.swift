import Crypto
public import SyncCore

/// A device's or hub's public Ed25519 key. On the wire: 64 lower-case hex digits.
public struct PublicKey: Sendable, Hashable {
    /// The 32 bytes.
    public let bytes: [UInt8]

    public init?(bytes: [UInt8]) {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            return nil
        }
        self.init(checked: key)
    }

    public init?(hex: String) {
        guard let bytes = Hex.bytes(hex) else { return nil }
        self.init(bytes: bytes)
    }

    init(checked key: Curve25519.Signing.PublicKey) {
        bytes = Array(key.rawRepresentation)
    }

    public var hex: String { Hex.text(bytes) }

    /// First 16 bytes of the SHA-256 of the key.
    public var deviceID: DeviceID { Hash256.sha256(bytes).prefixID }

    /// Whether `signature` is this key's over the text of a note.
    public func verifiesNote(_ signature: Signature, _ text: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            return false
        }
        return key.isValidSignature(signature.bytes, for: text)
    }

    /// Whether `signature` is this key's over the kind and the exact bytes.
    public func verifies(
        _ signature: Signature, _ kind: MessageKind, _ content: some Collection<UInt8>
    ) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            return false
        }
        return key.isValidSignature(signature.bytes, for: kind.message(content))
    }
}
