/// A 16-byte identifier, ordered by its bytes.
///
/// On the wire: 32 lower-case hex digits. In SQLite: a 16-byte blob.
public struct ID128: Sendable, Hashable, Comparable {
    /// The first eight bytes, big-endian.
    public let high: UInt64
    /// The last eight bytes, big-endian.
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The first 16 of `bytes`; nil if there are fewer.
    public init?(bytes: some Sequence<UInt8>) {
        var words: (UInt64, UInt64) = (0, 0)
        var count = 0
        for byte in bytes.prefix(16) {
            if count < 8 {
                words.0 = words.0 << 8 | UInt64(byte)
            } else {
                words.1 = words.1 << 8 | UInt64(byte)
            }
            count += 1
        }
        guard count == 16 else { return nil }
        self.init(high: words.0, low: words.1)
    }

    /// The same of bytes in memory: of a row of a database.
    public init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 16 else { return nil }
        self.init(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }

    /// Reads 32 lower-case hex digits; nil for anything else.
    public init?(hex: some StringProtocol) {
        var text = String(hex)
        let parsed = text.withUTF8 { Hex.readID(UnsafeRawBufferPointer($0)) }
        guard let parsed else { return nil }
        self = parsed
    }

    /// Appends the 32 lower-case hex digits.
    public func appendHex(to out: inout [UInt8]) {
        Hex.append(high, to: &out)
        Hex.append(low, to: &out)
    }

    /// 32 lower-case hex digits.
    public var hex: String {
        String(unsafeUninitializedCapacity: 32) { buffer in
            Hex.write(high, digits: 16, to: buffer.baseAddress!)
            Hex.write(low, digits: 16, to: buffer.baseAddress! + 16)
            return 32
        }
    }

    /// The 16 bytes, most significant first.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
            UnsafeMutableRawPointer(buffer.baseAddress!)
                .storeBytes(of: high.bigEndian, as: UInt64.self)
            UnsafeMutableRawPointer(buffer.baseAddress! + 8)
                .storeBytes(of: low.bigEndian, as: UInt64.self)
            count = 16
        }
    }

    public static func < (lhs: ID128, rhs: ID128) -> Bool {
        lhs.high != rhs.high ? lhs.high < rhs.high : lhs.low < rhs.low
    }
}

extension ID128: CustomStringConvertible {
    public var description: String { hex }
}

/// Names a record within its collection: a UUIDv7, or for an imported row a hash.
public typealias RecordID = ID128
/// First 16 bytes of the SHA-256 of the device's public key.
public typealias DeviceID = ID128
/// Names one neighbourhood's data.
public typealias SpaceID = ID128
/// Names one unbroken history of a hub's journal.
public typealias EpochID = ID128

extension ID128 {
    /// Reads 32 lower-case hex digits in ASCII; nil for anything else.
    public init?(hexBytes: UnsafeRawBufferPointer) {
        guard let id = Hex.readID(hexBytes) else { return nil }
        self = id
    }
}
