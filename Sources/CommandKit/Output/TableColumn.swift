/// A column of a table.
public struct TableColumn: Sendable, Hashable {
    public var header: String
    public var alignment: TextAlignment
    /// The most columns of a terminal that it takes; nil for as many as there are. Without a
    /// terminal nothing is cut.
    public var maximumWidth: Int?
    /// Whether it gives way when the terminal is narrow. Ids and numbers do not: half of one is
    /// worse than none.
    public var isShrinkable: Bool

    public init(
        _ header: String, alignment: TextAlignment, maximumWidth: Int? = nil, isShrinkable: Bool
    ) {
        self.header = header
        self.alignment = alignment
        self.maximumWidth = maximumWidth
        self.isShrinkable = isShrinkable
    }

    /// Words: left, shrinks.
    public static func text(_ header: String, maximumWidth: Int? = nil) -> TableColumn {
        TableColumn(header, alignment: .left, maximumWidth: maximumWidth, isShrinkable: true)
    }

    /// Ids, times, codes: left, never cut.
    public static func fixed(_ header: String) -> TableColumn {
        TableColumn(header, alignment: .left, isShrinkable: false)
    }

    /// Numbers: right, never cut.
    public static func number(_ header: String) -> TableColumn {
        TableColumn(header, alignment: .right, isShrinkable: false)
    }
}
