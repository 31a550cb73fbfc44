public import SyncCore

/// Names a row as it stands in a file: also one whose name no program would have written.
public struct RowKey: Sendable, Hashable, Comparable {
    /// Raw bytes: texts that are equal as characters may differ as bytes.
    public let collectionBytes: [UInt8]
    public let idBytes: [UInt8]

    public init(collection: [UInt8], id: [UInt8]) {
        collectionBytes = collection
        idBytes = id
    }

    public init(_ key: RecordKey) {
        self.init(collection: Array(key.collection.utf8), id: key.id.bytes)
    }

    public var collection: String { String(decoding: collectionBytes, as: UTF8.self) }
    /// Lower-case hex; 32 digits for a valid id.
    public var id: String { Hex.text(idBytes) }

    /// Nil for a name that no record can have.
    public var recordKey: RecordKey? {
        guard idBytes.count == 16, let id = RecordID(bytes: idBytes),
            FieldName.isValid(collection)
        else { return nil }
        return RecordKey(collection, id)
    }

    /// By collection, then by id.
    public static func < (lhs: RowKey, rhs: RowKey) -> Bool {
        lhs.collectionBytes != rhs.collectionBytes
            ? lhs.collectionBytes.lexicographicallyPrecedes(rhs.collectionBytes)
            : lhs.idBytes.lexicographicallyPrecedes(rhs.idBytes)
    }
}
