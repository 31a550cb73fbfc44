/// What a register holds: a scalar of JSON.
///
/// Texts are equal when their UTF-8 bytes are. (Swift's `String` would call the composed and the
/// decomposed `é` equal; SQLite and the wire would not.) Numbers are finite; negative zero is zero.
/// Source: Protocol/README.md §2.1.
public enum Value: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)

    public static func == (lhs: Value, rhs: Value) -> Bool {
        switch (lhs, rhs) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let flag): hasher.combine(flag)
        case .number(let number): hasher.combine(number)
        case .text(let text): for byte in text.utf8 { hasher.combine(byte) }
        }
    }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .text(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(nilLiteral: ()) { self = .null }
}

extension Value {
    /// The text, or nil for another kind of value.
    public var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The number, or nil for another kind of value.
    public var number: Double? {
        if case .number(let number) = self { number } else { nil }
    }

    /// The flag, or nil for another kind of value.
    public var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// The number as an integer, if it is one within ±(2^53−1).
    public var integer: Int? {
        guard case .number(let number) = self, number.rounded() == number,
            abs(number) <= 9_007_199_254_740_991
        else { return nil }
        return Int(number)
    }
}
