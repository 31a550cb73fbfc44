public import SyncCore

extension Schema {
    /// The content of `Protocol/schema.json`, which lets a client in another language enter
    /// records. A test keeps the file equal to this.
    public func jsonDocument() -> JSONValue {
        [
            "version": JSONValue(version),
            "operator_collections": .array(Self.operatorCollections.map { .string($0) }),
            "collections": .array(collections.map(\.jsonDocument)),
        ]
    }
}

extension CollectionDescription {
    fileprivate var jsonDocument: JSONValue {
        [
            "name": .string(name),
            "label": label.jsonDocument,
            "event_time": eventTimeField.map { .string($0) } ?? .null,
            "spans": .array(spans.map { .array([.string($0.start), .string($0.end)]) }),
            "list_columns": .array(listColumns.map { .string($0) }),
            "fields": .array(fields.map(\.jsonDocument)),
        ]
    }
}

extension FieldDescription {
    fileprivate var jsonDocument: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name),
            "type": .string(type.name),
            "required": .bool(isRequired),
            "repeatable": .bool(isRepeatable),
            "label": label.jsonDocument,
            "headers": .array(headers.map { .string($0) }),
        ]
        members.merge(type.facets) { _, facet in facet }
        return .object(members)
    }
}

extension FieldType {
    /// The members of a field that its type adds.
    fileprivate var facets: [String: JSONValue] {
        switch self {
        case .text(let maximumBytes): ["maximum_bytes": JSONValue(maximumBytes)]
        case .integer(let maximum): ["minimum": 0, "maximum": JSONValue(maximum)]
        case .number(let range):
            ["minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
        case .enumeration(let vocabulary):
            [
                "open": .bool(vocabulary.isOpen),
                "values": .array(vocabulary.terms.map(\.jsonDocument)),
            ]
        case .grid, .pointCode: ["maximum_characters": JSONValue(Self.codeLengthLimit)]
        case .bool, .time: [:]
        }
    }
}

extension Vocabulary.Term {
    fileprivate var jsonDocument: JSONValue {
        [
            "key": .string(key),
            "label": label.jsonDocument,
            "spellings": .array(spellings.map { .string($0) }),
        ]
    }
}

extension BilingualText {
    fileprivate var jsonDocument: JSONValue { ["en": .string(en), "zh": .string(zh)] }
}
