import Crypto

/// What a hash or a signature is about, so that none can stand in for another.
///
/// `message(kind, bytes)` is `"fieldsync/" kind "/1\n"` followed by the exact bytes.
/// Source: Protocol/README.md §2.3.
public enum MessageKind: String, Sendable, CaseIterable {
    case batch, head, join, page, digest, bucket, records, record, conflict
    case pull, bundle, refused
    case proof, journal, entries
    case heads, batches, found, ask, history, handover
    case imported = "import"
    /// In a hub's file alone.
    case access

    /// The ASCII bytes that go before the content.
    public var prefix: [UInt8] { Array("fieldsync/\(rawValue)/1\n".utf8) }

    /// Prefix and content in one run: what Ed25519 signs.
    public func message(_ bytes: some Collection<UInt8>) -> [UInt8] {
        prefix + bytes
    }

    /// SHA-256 of the message.
    public func hash(_ bytes: UnsafeRawBufferPointer) -> Hash256 {
        var hasher = prehashed
        hasher.update(bufferPointer: bytes)
        return Hash256(hasher.finalize())
    }

    public func hash(_ bytes: [UInt8]) -> Hash256 {
        bytes.withUnsafeBytes { hash($0) }
    }

    /// A hasher that has taken the prefix in.
    var prehashed: SHA256 {
        switch self {
        case .record: Self.recordHasher
        default: Self.hasher(prefix)
        }
    }

    /// Records are hashed by the thousand: their prefix is made once.
    private static let recordHasher = hasher(MessageKind.record.prefix)

    private static func hasher(_ prefix: [UInt8]) -> SHA256 {
        var hasher = SHA256()
        prefix.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return hasher
    }
}
