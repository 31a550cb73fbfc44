public import OutreachSchema

/// All that a report says. Two equal pages give the same bytes.
///
/// Instants are milliseconds since 1970. Texts may be of any origin: they are escaped when
/// written. There is no time of making, so that a report can be made again and compared.
public struct ReportPage: Sendable {
    /// The language shown first; the reader can switch.
    public var language: LabelLanguage
    /// The zone of the times shown.
    public var zone: ZoneRules
    /// Of the program that made it.
    public var version: String
    /// What makes the same report again.
    public var command: String
    public var verdict: ReportVerdict
    /// One, or two that were compared.
    public var inputs: [ReportInput]
    public var checks: [ReportCheck] = []
    public var findings = CappedList<ReportFinding>()
    public var counts: [CountTable] = []
    /// What the live records say was done; nil if the records could not be read.
    public var figures: ReportFigures?
    public var coverage: CoverageMap?
    public var lags: [DeviceLag] = []
    /// Of which of two inputs the lags are: an index of `inputs`. What else is of one only is of
    /// the first.
    public var lagInput = 0
    public var differences: DifferenceList?
    /// Further listings: backdated entries, conflicts.
    public var listings: [ReportListing] = []

    public init(
        language: LabelLanguage, zone: ZoneRules, version: String, command: String,
        verdict: ReportVerdict, inputs: [ReportInput]
    ) {
        self.language = language
        self.zone = zone
        self.version = version
        self.command = command
        self.verdict = verdict
        self.inputs = inputs
    }

    /// How every report begins: what may be replaced by another one.
    public static let signature = "<!doctype html>\n<!-- FieldSync audit report, form 1 -->\n"

    /// The most bytes that a report takes, whatever the inputs.
    public static let byteLimit = 2_000_000

    /// The whole file, UTF-8.
    public func html() -> String { PageWriter(self).written() }
}
