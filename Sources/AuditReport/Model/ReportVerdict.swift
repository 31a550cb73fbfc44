public import OutreachSchema

/// What the report comes to, said first.
public struct ReportVerdict: Sendable {
    public enum Outcome: Sendable {
        /// All that was checked is in order; what was compared is the same.
        case ok
        /// There are problems or differences: they count more than what could not be checked.
        case found
        /// Nothing wrong was found, but something could not be checked: the gaps say what.
        case incomplete
    }

    /// Findings.
    public var problems: Int
    /// Records that differ; nil where nothing was compared.
    public var differences: Int?
    /// Why the audit could not be completed; empty if it was.
    public var gaps: [BilingualText]

    public init(problems: Int = 0, differences: Int? = nil, gaps: [BilingualText] = []) {
        self.problems = problems
        self.differences = differences
        self.gaps = gaps
    }

    public var outcome: Outcome {
        if problems > 0 || (differences ?? 0) > 0 { return .found }
        return gaps.isEmpty ? .ok : .incomplete
    }
}
