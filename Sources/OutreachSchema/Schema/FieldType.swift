/// What a field holds, and so how a typed text is read and a stored value shown.
public enum FieldType: Sendable, Hashable {
    /// Free text, at most `maximumBytes` of UTF-8. Stored as typed, without spaces around it.
    case text(maximumBytes: Int)
    /// A count from 0 to `maximum`.
    case integer(maximum: Int)
    case number(ClosedRange<Double>)
    case bool
    /// Stored as a key of the vocabulary.
    case enumeration(Vocabulary)
    /// An instant; stored as RFC 3339 in UTC with seconds and `Z`.
    case time
    /// The code of a grid, such as `JC01`. Stored half-width and in upper case.
    case grid
    /// The code of a point, such as `NDJ-014`. Stored half-width and in upper case.
    case pointCode

    /// The word for this type in `Protocol/schema.json`.
    public var name: String {
        switch self {
        case .text: "text"
        case .integer: "integer"
        case .number: "number"
        case .bool: "bool"
        case .enumeration: "enumeration"
        case .time: "time"
        case .grid: "grid"
        case .pointCode: "point_code"
        }
    }

    /// Bytes of UTF-8 in one line on a form.
    public static let lineLimitBytes = 512
    /// Names and places: one line on a form.
    public static let shortText = FieldType.text(maximumBytes: lineLimitBytes)
    /// Remarks: the largest text that the protocol carries.
    public static let longText = FieldType.text(maximumBytes: 16_384)
    /// Characters in the code of a grid or point.
    public static let codeLengthLimit = 32

    public static func closed(_ terms: Vocabulary.Term...) -> FieldType {
        .enumeration(Vocabulary(terms, isOpen: false))
    }

    public static func open(_ terms: Vocabulary.Term...) -> FieldType {
        .enumeration(Vocabulary(terms, isOpen: true))
    }
}
