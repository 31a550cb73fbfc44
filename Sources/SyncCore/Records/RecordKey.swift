/// Names a record within a space.
public struct RecordKey: Sendable, Hashable, Comparable {
    /// `[a-z_][a-z0-9_]{0,31}`.
    public let collection: String
    public let id: RecordID

    public init(_ collection: String, _ id: RecordID) {
        self.collection = collection
        self.id = id
    }

    /// By collection, then by id: the order of listings.
    public static func < (lhs: RecordKey, rhs: RecordKey) -> Bool {
        lhs.collection != rhs.collection ? lhs.collection < rhs.collection : lhs.id < rhs.id
    }
}
