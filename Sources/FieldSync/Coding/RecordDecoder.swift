import SyncCore

/// Makes a record of its fields.
struct RecordDecoder: Decoder {
    let fields: [String: Value]
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func record<Record: Decodable>(
        _ type: Record.Type, of fields: [String: Value]
    ) throws -> Record {
        try Record(from: RecordDecoder(fields: fields))
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(StoredFields(fields: fields))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Self.isObject }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw Self.isObject }

    private static let isObject = FieldSyncError(
        .unreadableRecord, "A record is an object of fields.", mend: "Read it as a struct.")
}

private struct StoredFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let fields: [String: Value]
    var codingPath: [any CodingKey] { [] }
    /// Only types that ask for all keys (a dictionary) need them.
    var allKeys: [Key] { fields.keys.compactMap { Key(stringValue: $0) } }

    private func find(_ key: Key) throws -> Value? {
        fields[try RecordFieldName.field(key.stringValue)]
    }

    func contains(_ key: Key) -> Bool { (try? find(key)) != nil }

    func decodeNil(forKey key: Key) throws -> Bool {
        if case .null = try find(key) ?? .null { true } else { false }
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        guard let value = try find(key) else {
            throw DecodingError.keyNotFound(
                key, .init(codingPath: [key], debugDescription: "the record has no such field"))
        }
        return try T(from: ValueDecoder(value: value, codingPath: [key]))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw Self.oneValue(key) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw Self.oneValue(key)
    }

    func superDecoder() throws -> any Decoder { RecordDecoder(fields: fields) }
    func superDecoder(forKey key: Key) throws -> any Decoder { RecordDecoder(fields: fields) }

    private static func oneValue(_ key: Key) -> DecodingError {
        .typeMismatch(
            [String].self, .init(codingPath: [key], debugDescription: "a field holds one value"))
    }
}

/// Reads one field.
private struct ValueDecoder: Decoder, SingleValueDecodingContainer {
    let value: Value
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw mismatch([String: String].self)
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw mismatch([String].self) }

    func decodeNil() -> Bool { if case .null = value { true } else { false } }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let flag) = value else { throw mismatch(type) }
        return flag
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .text(let text) = value else { throw mismatch(type) }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard case .number(let number) = value else { throw mismatch(type) }
        return number
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try whole() }
    func decode(_ type: Int8.Type) throws -> Int8 { try whole() }
    func decode(_ type: Int16.Type) throws -> Int16 { try whole() }
    func decode(_ type: Int32.Type) throws -> Int32 { try whole() }
    func decode(_ type: Int64.Type) throws -> Int64 { try whole() }
    func decode(_ type: UInt.Type) throws -> UInt { try whole() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try whole() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try whole() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try whole() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try whole() }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: self) }

    private func whole<T: FixedWidthInteger>() throws -> T {
        guard let number = T(exactly: try decode(Double.self)) else { throw mismatch(T.self) }
        return number
    }

    private func mismatch(_ type: Any.Type) -> DecodingError {
        .typeMismatch(
            type, .init(codingPath: codingPath, debugDescription: "it holds \(value)"))
    }
}
