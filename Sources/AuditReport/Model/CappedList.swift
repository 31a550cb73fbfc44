/// The first items of a list that may be long, and how many there are in all.
public struct CappedList<Item: Sendable>: Sendable {
    public private(set) var items: [Item] = []
    public private(set) var total = 0
    private let limit: Int

    public init(limit: Int = 200) {
        self.limit = limit
    }

    public init(_ items: some Sequence<Item>, limit: Int = 200) {
        self.limit = limit
        for item in items { append(item) }
    }

    public mutating func append(_ item: @autoclosure () -> Item) {
        if items.count < limit { items.append(item()) }
        total += 1
    }

    /// Counts items that were found but not kept.
    public mutating func skip(_ count: Int) { total += count }

    /// How many are left out.
    public var rest: Int { total - items.count }
    public var isEmpty: Bool { total == 0 }
}
