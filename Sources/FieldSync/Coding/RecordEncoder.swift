import SyncCore

/// Takes a record apart into its fields.
enum RecordEncoder {
    /// - Throws: `FieldSyncError` for a value that no field can hold; what the type throws itself.
    static func fields(of record: some Encodable) throws -> [String: Value] {
        let collected = Collected()
        try record.encode(to: ObjectEncoder(collected: collected))
        if let fault = collected.fault { throw fault }
        return collected.fields
    }

    /// What has been encoded so far.
    fileprivate final class Collected {
        var fields: [String: Value] = [:]
        var single: Value?
        /// A container that cannot throw was asked for what there is not.
        var fault: FieldSyncError?

        func refuse(_ path: [any CodingKey]) {
            let name = path.last?.stringValue ?? "the record"
            fault = FieldSyncError(
                .unsupportedValue, "\(name) is a list or an object: a field holds one value.",
                mend: "Make a collection of its own for it, or a field for each part.")
        }
    }
}

/// Encodes the record itself: an object of fields.
private struct ObjectEncoder: Encoder {
    let collected: RecordEncoder.Collected
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Fields(collected: collected))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        collected.refuse([])
        return Refused(collected: collected, codingPath: [])
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        collected.refuse([])
        return Single(collected: collected, codingPath: [])
    }
}

private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let collected: RecordEncoder.Collected
    var codingPath: [any CodingKey] { [] }

    private func set(_ value: Value, _ key: Key) throws {
        collected.fields[try RecordFieldName.field(key.stringValue)] = value
    }

    func encodeNil(forKey key: Key) throws { try set(.null, key) }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        let part = RecordEncoder.Collected()
        try value.encode(to: ValueEncoder(collected: part, codingPath: [key]))
        if let fault = part.fault { throw fault }
        try set(part.single ?? .null, key)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        collected.refuse([key])
        return KeyedEncodingContainer(Fields<Nested>(collected: .init()))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        collected.refuse([key])
        return Refused(collected: collected, codingPath: [key])
    }

    func superEncoder() -> any Encoder { ObjectEncoder(collected: collected) }
    func superEncoder(forKey key: Key) -> any Encoder { ObjectEncoder(collected: collected) }
}

/// Encodes one field.
private struct ValueEncoder: Encoder {
    let collected: RecordEncoder.Collected
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        collected.refuse(codingPath)
        return KeyedEncodingContainer(Fields(collected: .init()))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        collected.refuse(codingPath)
        return Refused(collected: collected, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        Single(collected: collected, codingPath: codingPath)
    }
}

private struct Single: SingleValueEncodingContainer {
    let collected: RecordEncoder.Collected
    let codingPath: [any CodingKey]

    func encodeNil() throws { collected.single = .null }
    func encode(_ value: Bool) throws { collected.single = .bool(value) }
    func encode(_ value: String) throws { collected.single = .text(value) }
    func encode(_ value: Double) throws { collected.single = .number(value) }
    func encode(_ value: Float) throws { collected.single = .number(Double(value)) }
    func encode(_ value: Int) throws { try encode(whole: value) }
    func encode(_ value: Int8) throws { try encode(whole: value) }
    func encode(_ value: Int16) throws { try encode(whole: value) }
    func encode(_ value: Int32) throws { try encode(whole: value) }
    func encode(_ value: Int64) throws { try encode(whole: value) }
    func encode(_ value: UInt) throws { try encode(whole: value) }
    func encode(_ value: UInt8) throws { try encode(whole: value) }
    func encode(_ value: UInt16) throws { try encode(whole: value) }
    func encode(_ value: UInt32) throws { try encode(whole: value) }
    func encode(_ value: UInt64) throws { try encode(whole: value) }

    func encode<T: Encodable>(_ value: T) throws {
        try value.encode(to: ValueEncoder(collected: collected, codingPath: codingPath))
    }

    /// Numbers are doubles on the wire (RFC 8785): larger whole numbers would be rounded.
    private func encode(whole value: some BinaryInteger) throws {
        guard value.magnitude <= 1 << 53 else {
            throw FieldSyncError(
                .unsupportedValue, "\(value) is too large for a field.",
                mend: "Keep whole numbers beyond 2 to the power of 53 as texts.")
        }
        collected.single = .number(Double(value))
    }
}

/// Takes what is no field's; the fault is noted.
private struct Refused: UnkeyedEncodingContainer {
    let collected: RecordEncoder.Collected
    let codingPath: [any CodingKey]
    var count: Int { 0 }

    func encodeNil() throws {}
    func encode<T: Encodable>(_ value: T) throws {}

    func nestedContainer<Key: CodingKey>(
        keyedBy type: Key.Type
    ) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Fields(collected: .init()))
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
    func superEncoder() -> any Encoder {
        ValueEncoder(collected: collected, codingPath: codingPath)
    }
}
