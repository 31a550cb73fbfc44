public import OutreachSchema

/// A table of things found, in the words of what found them.
public struct ReportListing: Sendable {
    public var title: BilingualText
    public var note: BilingualText
    public var columns: [BilingualText]
    public var rows: CappedList<[Cell]>

    public enum Cell: Sendable {
        case value(String)
        case code(String)
        case words(BilingualText)
        case count(Int)
        /// Milliseconds since 1970.
        case time(Int64)
        /// Milliseconds.
        case span(Int64)
    }

    public init(
        title: BilingualText, note: BilingualText, columns: [BilingualText],
        rows: CappedList<[Cell]>
    ) {
        self.title = title
        self.note = note
        self.columns = columns
        self.rows = rows
    }
}
