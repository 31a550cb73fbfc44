/// What a report is broken down by. There is none by person, device or organisation.
public enum ReportGrouping: String, Sendable, CaseIterable {
    case grid, shift
}
