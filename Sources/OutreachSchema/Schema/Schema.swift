/// The collections of the outreach log. The only code that knows what a patrol stop is.
///
/// The engine and the hub work without it. Collections and fields that are not here are kept,
/// carried and shown as they are.
public struct Schema: Sendable {
    /// Grows when a field or collection is added; never decides whether data is taken.
    public let version: Int
    public let collections: [CollectionDescription]

    public static let outreach = Schema(
        version: 1, collections: [.points, .stops, .activities, .education, .hazards])

    /// Collections that only an operator writes (Protocol/README.md §5.4, `space`).
    public static let operatorCollections = ["points"]

    /// Nil for a collection that this version does not know.
    public func collection(named name: String) -> CollectionDescription? {
        collections.first { $0.name == name }
    }

    /// The typed SQL views, one for each collection.
    public var views: [ViewDescription] {
        collections.map { collection in
            ViewDescription(
                name: collection.name, collection: collection.name,
                columns: collection.fields.map { .init(name: $0.name, field: $0.name) })
        }
    }
}
