import Crypto
public import SyncCore

/// A device's or hub's private Ed25519 key (RFC 8032).
public struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// Bytes of the seed that is stored.
    public static let seedByteCount = 32

    /// A new key from the system's random source.
    public init() {
        key = Curve25519.Signing.PrivateKey()
    }

    /// - Parameter seed: 32 bytes; nil is returned for another count.
    public init?(seed: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            return nil
        }
        self.key = key
    }

    /// The 32 bytes to store.
    public var seed: [UInt8] { Array(key.rawRepresentation) }

    public var publicKey: PublicKey {
        PublicKey(checked: key.publicKey)
    }

    /// Signs the text of a note (c2sp.org/signed-note), which never begins as a message here does.
    public func signNote(_ text: [UInt8]) -> Signature {
        precondition(!text.starts(with: "fieldsync/".utf8), "a message is no note")
        do { return Signature(checked: Array(try key.signature(for: text))) } catch {
            preconditionFailure("signing with a valid key cannot fail: \(error)")
        }
    }

    /// Signs `"fieldsync/" kind "/1\n"` and the exact bytes.
    public func sign(_ kind: MessageKind, _ bytes: some Collection<UInt8>) -> Signature {
        do {
            return Signature(checked: Array(try key.signature(for: kind.message(bytes))))
        } catch {
            preconditionFailure("signing with a valid key cannot fail: \(error)")
        }
    }
}
