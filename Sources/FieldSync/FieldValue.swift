import SyncCore

/// What a field holds.
public enum FieldValue: Sendable, Hashable {
    case none
    case bool(Bool)
    /// A double, as JSON has it (RFC 8785).
    case number(Double)
    case text(String)

    init(_ value: Value) {
        switch value {
        case .null: self = .none
        case .bool(let flag): self = .bool(flag)
        case .number(let number): self = .number(number)
        case .text(let text): self = .text(text)
        }
    }

    var value: Value {
        switch self {
        case .none: .null
        case .bool(let flag): .bool(flag)
        case .number(let number): .number(number)
        case .text(let text): .text(text)
        }
    }
}

extension FieldValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral text: String) { self = .text(text) }
    public init(booleanLiteral flag: Bool) { self = .bool(flag) }
    public init(integerLiteral number: Int) { self = .number(Double(number)) }
    public init(floatLiteral number: Double) { self = .number(number) }
    public init(nilLiteral: ()) { self = .none }
}

extension FieldValue: CustomStringConvertible {
    public var description: String {
        switch self {
        case .none: "–"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        case .text(let text): text
        }
    }
}
