import SyncCore
import SyncReplica
import SyncStore

/// Collections that are known at run time only, from a JSON document.
///
/// ```json
/// {"collections": [{"name": "items", "fields": [
///     {"name": "title", "type": "text", "required": true},
///     {"name": "amount", "type": "number"}]}]}
/// ```
///
/// Types are `text`, `number`, `bool`, and `enumeration` with `values` (texts, or objects with a
/// `key`); other types are texts. Further members are passed over.
public struct Schema: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public let name: String
        public let type: String
        public let isRequired: Bool
        /// Of an enumeration; empty: any text.
        public let values: [String]
    }

    public struct Collection: Sendable, Equatable {
        public let name: String
        public let fields: [Field]
    }

    public let collections: [Collection]

    public init(json: String) throws(FieldSyncError) {
        let document: JSONValue
        do { document = try JSONParser.parse(Array(json.utf8)) } catch {
            throw Self.malformed("it is not JSON")
        }
        guard let listed = document["collections"]?.array, !listed.isEmpty else {
            throw Self.malformed("it has no collections")
        }
        var collections: [Collection] = []
        for one in listed { collections.append(try Self.collection(one)) }
        self.collections = collections
    }

    public subscript(name: String) -> Collection? { collections.first { $0.name == name } }

    private static func collection(_ json: JSONValue) throws(FieldSyncError) -> Collection {
        guard let name = json["name"]?.string, FieldName.isValid(name) else {
            throw malformed("a collection has no name that it can have")
        }
        var fields: [Field] = []
        for one in json["fields"]?.array ?? [] {
            guard let field = one["name"]?.string, FieldName.isValid(field),
                let type = one["type"]?.string
            else { throw malformed("a field of \(name) has no name or no type") }
            let isOpen = one["open"] == .bool(true)
            let values = (one["values"]?.array ?? []).compactMap { $0.string ?? $0["key"]?.string }
            fields.append(
                Field(
                    name: field, type: type, isRequired: one["required"] == .bool(true),
                    values: isOpen ? [] : values))
        }
        return Collection(name: name, fields: fields)
    }

    private static func malformed(_ why: String) -> FieldSyncError {
        FieldSyncError(
            .unsupportedValue, "That is no schema: \(why).",
            mend: "See the example at Schema's documentation.")
    }
}

extension Schema.Collection {
    /// - Parameter isNew: whether what is required must be there.
    func check(_ fields: [String: FieldValue], isNew: Bool) throws(FieldSyncError) {
        for (name, value) in fields {
            guard let field = self.fields.first(where: { $0.name == name }) else {
                throw refused("\(self.name) has no field \(name)")
            }
            guard field.allows(value) else { throw refused("\(name) cannot be \(value)") }
        }
        for field in self.fields where field.isRequired {
            let isLeftOut = isNew && fields[field.name] == nil
            guard !isLeftOut, fields[field.name] != FieldValue.none else {
                throw refused("\(field.name) is missing")
            }
        }
    }

    private func refused(_ why: String) -> FieldSyncError {
        FieldSyncError(
            .unsupportedValue, "The record cannot be saved: \(why).",
            mend: "Its schema says what it can hold.")
    }
}

extension Schema.Field {
    fileprivate func allows(_ value: FieldValue) -> Bool {
        switch (type, value) {
        case (_, .none): true
        case ("bool", .bool), ("boolean", .bool), ("number", .number), ("integer", .number): true
        case ("bool", _), ("boolean", _), ("number", _), ("integer", _): false
        case (_, .text(let text)): values.isEmpty || values.contains(text)
        default: false
        }
    }
}

/// A record of a collection of a `Schema`.
public struct FieldRecord: Sendable, Identifiable, Equatable {
    public let id: RecordID
    public let fields: [String: FieldValue]

    public subscript(field: String) -> FieldValue { fields[field] ?? .none }
}

extension Replica {
    /// The records of a collection, in the order in which they were made here; deleted ones left out.
    public func records(
        in collection: Schema.Collection
    ) throws(FieldSyncError) -> [FieldRecord] {
        try FieldSyncError.mapping {
            try engine.records(in: collection.name).filter { !$0.isDeleted }.map {
                FieldRecord(
                    id: RecordID($0.key.id), fields: $0.values.mapValues(FieldValue.init))
            }
        }
    }

    /// Saves a new record, checked against the schema.
    @discardableResult
    public func add(
        _ fields: [String: FieldValue], to collection: Schema.Collection
    ) throws(FieldSyncError) -> RecordID {
        try collection.check(fields, isNew: true)
        return try save {
            let id = engine.newRecordID()
            try engine.save([
                Edit(RecordKey(collection.name, id), .set(fields.mapValues(\.value)))
            ])
            return RecordID(id)
        }
    }

    /// Writes fields of a record, checked against the schema; the others stay as they are.
    public func set(
        _ fields: [String: FieldValue], of id: RecordID, in collection: Schema.Collection
    ) throws(FieldSyncError) {
        try collection.check(fields, isNew: false)
        try save {
            let key = RecordKey(collection.name, id.id)
            guard let present = try engine.record(key), !present.isDeleted else {
                throw ReplicaFault.recordMissing(collection: collection.name, id: id.description)
            }
            try engine.save([Edit(key, .set(fields.mapValues(\.value)))])
        }
    }
}
