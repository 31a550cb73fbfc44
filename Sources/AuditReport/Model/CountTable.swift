public import OutreachSchema

/// Counts whose parts and sums were found apart from each other, so that they can be compared.
public struct CountTable: Sendable {
    public var title: BilingualText
    /// What a row is.
    public var rowLabel: BilingualText
    public var columns: [BilingualText]
    public var rows: [Row]
    /// What the sum of all parts must be, counted another way.
    public var expected: Int
    /// How that was counted.
    public var expectation: BilingualText

    public struct Row: Sendable {
        public enum Name: Sendable {
            case value(String)
            case words(BilingualText)
        }
        public var name: Name
        /// One count a column.
        public var counts: [Int]

        public init(_ name: Name, _ counts: [Int]) {
            self.name = name
            self.counts = counts
        }

        var sum: Int { counts.reduce(0) { $0.addingSaturated($1) } }
    }

    public init(
        title: BilingualText, rowLabel: BilingualText, columns: [BilingualText], rows: [Row],
        expected: Int, expectation: BilingualText
    ) {
        self.title = title
        self.rowLabel = rowLabel
        self.columns = columns
        self.rows = rows
        self.expected = expected
        self.expectation = expectation
    }

    func sum(ofColumn column: Int) -> Int {
        rows.reduce(0) { $0.addingSaturated($1.counts[column]) }
    }

    /// Over all rows and columns.
    public var sum: Int { rows.reduce(0) { $0.addingSaturated($1.sum) } }

    public var addsUp: Bool { sum == expected }
}

extension Int {
    /// Data from a file cannot make a sum trap.
    func addingSaturated(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }
}
