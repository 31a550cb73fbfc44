public import SyncCore

/// What became of one row of a file.
public enum ImportOutcome: Sendable, Hashable {
    case accepted(ImportedRow)
    case rejected(RejectedRow)
}

/// A row that passed all checks.
public struct ImportedRow: Sendable, Hashable {
    /// Line of the file on which the row starts, from 1.
    public let line: Int
    public let id: RecordID
    /// Empty cells are absent.
    public let fields: [String: Value]
    /// Fields that seem to hold personal data and were allowed; to be recorded.
    public let personalFields: [String]
    /// Whether the row names a record that is there: an export that was edited.
    public let isEdit: Bool
    /// Fields that the file has columns for.
    public let columns: Set<String>
    /// The record's stamp when it was exported; nil if the file does not tell.
    public let base: StampTime?
    /// As they stand in the file.
    public let cells: [String]
}

/// A row that stays out, with all that is wrong with it.
public struct RejectedRow: Sendable, Hashable {
    /// Line of the file on which the row starts, from 1.
    public let line: Int
    /// As they stand in the file.
    public let cells: [String]
    public let problems: [EntryProblem]

    public init(line: Int, cells: [String], problems: [EntryProblem]) {
        self.line = line
        self.cells = cells
        self.problems = problems
    }

    /// One line: `line 12: Point (point) is missing: fill it in`.
    public func reason(in language: LabelLanguage) -> String {
        let texts = problems.map { $0.text(in: language) }
        switch language {
        case .english: return "line \(line): " + texts.joined(separator: "; ")
        case .chinese: return "第\(line)行：" + texts.joined(separator: "；")
        }
    }
}
