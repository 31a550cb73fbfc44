/// The canonical JSON of one scalar: what a register holds, carries and is compared by.
///
/// Kept as bytes, so that a value travels from one replica to the next without being read.
public struct CanonicalValue: Sendable, Hashable, Comparable {
    /// Canonical JSON of a null, boolean, number or text.
    public let bytes: [UInt8]

    public static let `true` = CanonicalValue(.bool(true))
    public static let `false` = CanonicalValue(.bool(false))

    public init(_ value: Value) {
        var out: [UInt8] = []
        CanonicalJSON.append(value, to: &out)
        bytes = out
    }

    /// Takes bytes that a `CanonicalReader` has accepted as a scalar.
    public init(checked bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    public var value: Value {
        bytes.withUnsafeBytes { buffer in
            switch buffer[0] {
            case UInt8(ascii: "n"): .null
            case UInt8(ascii: "t"): .bool(true)
            case UInt8(ascii: "f"): .bool(false)
            case UInt8(ascii: "\""): .text(CanonicalText.decode(buffer))
            default: .number(Double(String(decoding: buffer, as: UTF8.self)) ?? 0)
            }
        }
    }

    /// Byte order of the canonical JSON: the order that decides between equal stamps.
    public static func < (lhs: CanonicalValue, rhs: CanonicalValue) -> Bool {
        lhs.bytes.lexicographicallyPrecedes(rhs.bytes)
    }
}
