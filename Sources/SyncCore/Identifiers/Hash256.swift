import Crypto

/// A SHA-256 value; also a number mod 2^256, as the digest's buckets add them up.
///
/// On the wire: 64 lower-case hex digits.
public struct Hash256: Sendable, Hashable, Comparable {
    /// Four 64-bit words, most significant first.
    public var words: (UInt64, UInt64, UInt64, UInt64)

    public static let zero = Hash256(words: (0, 0, 0, 0))
    /// Bytes in one value.
    public static let byteCount = 32

    init(words: (UInt64, UInt64, UInt64, UInt64)) {
        self.words = words
    }

    /// Exactly 32 bytes, else nil.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        let array = Array(bytes)
        self = array.withUnsafeBytes { Hash256(loading: $0) }
    }

    /// Reads the first 32 bytes of `buffer`, which must hold as many.
    public init(loading buffer: UnsafeRawBufferPointer) {
        precondition(buffer.count >= Self.byteCount, "a hash has 32 bytes, not \(buffer.count)")
        func word(_ n: Int) -> UInt64 {
            UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: n * 8, as: UInt64.self))
        }
        words = (word(0), word(1), word(2), word(3))
    }

    /// Reads 64 lower-case hex digits; nil for anything else.
    public init?(hex: some StringProtocol) {
        guard let bytes = Hex.bytes(hex), let hash = Hash256(bytes: bytes) else { return nil }
        self = hash
    }

    public var hex: String { Hex.text(bytes) }

    public var bytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(Self.byteCount)
        append(to: &out)
        return out
    }

    /// Appends the 32 bytes, most significant first.
    public func append(to out: inout [UInt8]) {
        for word in [words.0, words.1, words.2, words.3] {
            withUnsafeBytes(of: word.bigEndian) { out.append(contentsOf: $0) }
        }
    }

    /// Writes the 32 bytes, most significant first, at the start of `target`.
    public func store(in target: UnsafeMutableRawBufferPointer) {
        target.storeBytes(of: words.0.bigEndian, toByteOffset: 0, as: UInt64.self)
        target.storeBytes(of: words.1.bigEndian, toByteOffset: 8, as: UInt64.self)
        target.storeBytes(of: words.2.bigEndian, toByteOffset: 16, as: UInt64.self)
        target.storeBytes(of: words.3.bigEndian, toByteOffset: 24, as: UInt64.self)
    }

    /// The first 16 bytes as an identifier.
    public var prefixID: ID128 { ID128(high: words.0, low: words.1) }

    public static func == (lhs: Hash256, rhs: Hash256) -> Bool { lhs.words == rhs.words }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
    }

    public static func < (lhs: Hash256, rhs: Hash256) -> Bool { lhs.words < rhs.words }

    /// Sum mod 2^256.
    public static func &+= (lhs: inout Hash256, rhs: Hash256) {
        var carry: UInt64 = 0
        func add(_ a: inout UInt64, _ b: UInt64) {
            let (sum, first) = a.addingReportingOverflow(b)
            let (total, second) = sum.addingReportingOverflow(carry)
            a = total
            carry = first || second ? 1 : 0
        }
        add(&lhs.words.3, rhs.words.3)
        add(&lhs.words.2, rhs.words.2)
        add(&lhs.words.1, rhs.words.1)
        add(&lhs.words.0, rhs.words.0)
    }

    /// Difference mod 2^256.
    public static func &-= (lhs: inout Hash256, rhs: Hash256) {
        var complement = Hash256(
            words: (~rhs.words.0, ~rhs.words.1, ~rhs.words.2, ~rhs.words.3))
        complement &+= Hash256(words: (0, 0, 0, 1))
        lhs &+= complement
    }
}

extension Hash256: CustomStringConvertible {
    public var description: String { hex }
}

extension Hash256 {
    /// SHA-256 of one run of bytes.
    public static func sha256(_ bytes: UnsafeRawBufferPointer) -> Hash256 {
        var hasher = SHA256()
        hasher.update(bufferPointer: bytes)
        return Hash256(hasher.finalize())
    }

    public static func sha256(_ bytes: [UInt8]) -> Hash256 {
        bytes.withUnsafeBytes { sha256($0) }
    }

    init(_ digest: SHA256.Digest) {
        self = digest.withUnsafeBytes { Hash256(loading: $0) }
    }
}
