import SyncCore

/// The id of a record: 16 bytes, made by the device that made the record.
public struct RecordID: Sendable, Hashable, Comparable, CustomStringConvertible {
    let id: ID128

    init(_ id: ID128) { self.id = id }

    /// Reads 32 lower-case hexadecimal digits; nil for anything else.
    public init?(_ text: String) {
        guard let id = ID128(hex: text) else { return nil }
        self.id = id
    }

    /// 32 lower-case hexadecimal digits.
    public var description: String { id.hex }

    public static func < (lhs: RecordID, rhs: RecordID) -> Bool { lhs.id < rhs.id }
}

extension RecordID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = RecordID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "an id is 32 hexadecimal digits")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
