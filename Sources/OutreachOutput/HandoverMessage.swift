import CommandKit
public import OutreachSchema
import SyncCore

/// A period in at most 20 lines of 40 columns: figures, hazards, points not reached, what is left
/// to do. No remarks and no names: it leaves the shift. In the task's language.
public struct HandoverMessage {
    /// What is left to do where the message is written.
    public struct Waiting: Sendable {
        public let conflicts: Int
        public let unsent: Int

        /// - Parameters:
        ///   - conflicts: that nobody has settled.
        ///   - unsent: changes that are not at the hub.
        public init(conflicts: Int, unsent: Int) {
            self.conflicts = conflicts
            self.unsent = unsent
        }
    }

    public let report: OutreachReport
    public let tally: HandoverTally
    public let waiting: Waiting
    private let space: String?
    private let presenter: ValuePresenter

    public static let columnLimit = 40
    public static let lineLimit = 20
    /// Hazards and lines of points that are told; the rest is counted.
    private static let hazardLimit = 6
    private static let pointLineLimit = 4
    private var words: FieldHandoverMessages { Messages.fieldHandover }

    /// - Parameters:
    ///   - report: of the tally's period.
    ///   - space: what the operator calls it; nil before a sync.
    public init(
        report: OutreachReport, tally: HandoverTally, waiting: Waiting, space: String?,
        presenter: ValuePresenter
    ) {
        self.report = report
        self.tally = tally
        self.waiting = waiting
        self.space = space
        self.presenter = presenter
    }

    /// The message, each line within the width.
    public var lines: [String] {
        var lines = [title.truncated(toColumns: Self.columnLimit)]
        lines += figureLines
        if report.coverage.pointsActive > 0 { lines.append(visits) }
        lines += hazardLines
        if tally.olderOpen > 0 { lines.append(words.older.text(["n": tally.olderOpen])) }
        lines += pointLines
        if waiting.conflicts > 0 {
            lines.append(words.conflicts.text(["n": waiting.conflicts]))
        }
        if waiting.unsent > 0 { lines.append(words.unsent.text(["n": waiting.unsent])) }
        assert(lines.count <= Self.lineLimit)
        return lines.map { $0.truncated(toColumns: Self.columnLimit) }
    }

    private var title: String {
        let name = space?.sanitised() ?? ""
        switch (tally.from, tally.through) {
        case (let from?, let through?) where from == through:
            return name.isEmpty
                ? words.title.text(["shift": from])
                : words.titleOf.text(["space": name, "shift": from])
        case (let from, let through):
            return words.titleOfPeriod.text([
                "space": name.isEmpty ? words.handover.text() : name,
                "from": from.map { "\($0)" } ?? "…", "to": through.map { "\($0)" } ?? "…",
            ])
        }
    }

    /// Figures that are not zero; the stops always.
    private var figureLines: [String] {
        let total = report.total
        let figures: [(Message, Int)] = [
            (words.stops, total.stops), (words.activities, total.activities),
            (words.education, total.education), (words.helped, total.peopleHelped),
            (words.inquiries, total.inquiriesAnswered),
            (words.leaflets, total.leafletsDistributed),
            (words.accidents, total.accidentsPrevented),
        ]
        let shown = figures.enumerated().filter { $0.offset == 0 || $0.element.1 > 0 }
        let texts = shown.map {
            words.figure.text(["label": $0.element.0.text(), "n": $0.element.1])
        }
        return Self.packed(texts, joint: presenter.language == .chinese ? "，" : ", ")
    }

    private var visits: String {
        let coverage = report.coverage
        return words.visits.text([
            "made": coverage.madeVisits, "required": coverage.requiredVisits,
            "reached": coverage.pointsActive - coverage.unvisitedPoints.count,
            "points": coverage.pointsActive,
        ])
    }

    private var hazardLines: [String] {
        let hazards = tally.found
        guard !hazards.isEmpty else { return [words.noHazards.text()] }
        var lines = [words.hazards.text(["n": tally.foundCount])]
        lines += hazards.prefix(Self.hazardLimit).map { " " + text(of: $0) }
        let more = tally.foundCount - Self.hazardLimit
        if more > 0 { lines.append(words.more.text(["n": more])) }
        return lines
    }

    private func text(of hazard: [String: Value]) -> String {
        let names = ["point", "grid", "category", "status", "assigned_to"]
        let parts = names.compactMap { name -> String? in
            if name == "grid", hazard["point"]?.text != nil { return nil }
            let field = CollectionDescription.hazards.field(named: name)
            let text = presenter.text(of: hazard[name] ?? .null, for: field)
            guard !text.isEmpty else { return nil }
            // A word of somebody's own may name a person after all.
            return PersonalData.kinds(in: text).isEmpty ? text.sanitised() : words.masked.text()
        }
        return parts.joined(separator: " ")
    }

    private var pointLines: [String] {
        let coverage = report.coverage
        guard coverage.pointsActive > 0 else { return [] }
        guard !coverage.unvisitedPoints.isEmpty else { return [words.allVisited.text()] }
        let folded = PointRanges.folded(
            coverage.unvisitedPoints, among: coverage.activePoints)
        let joint = presenter.language == .chinese ? "、" : ", "
        let text = words.unvisited.text([
            "n": coverage.unvisitedPoints.count,
            "points": HandoverMessage.withoutRepeatedLetters(folded).joined(separator: joint),
        ])
        let lines = text.wrapped(toColumns: Self.columnLimit, indentation: 1)
        guard lines.count > Self.pointLineLimit else { return lines }
        var kept = Array(lines.prefix(Self.pointLineLimit))
        kept[kept.count - 1] =
            kept[kept.count - 1].truncated(toColumns: Self.columnLimit - 2) + " …"
        return kept
    }

    /// `NDJ-001…013`, `016…140`: letters that stand before are not said again.
    public static func withoutRepeatedLetters(_ ranges: [String]) -> [String] {
        var before = ""
        return ranges.map { range in
            let letters = String(range.prefix { !$0.isNumber })
            defer { before = letters }
            let isRepeated = letters == before && !letters.isEmpty && letters != range
            return isRepeated ? String(range.dropFirst(letters.count)) : range
        }
    }

    /// Texts side by side, as many in a line as fit.
    private static func packed(_ texts: [String], joint: String) -> [String] {
        var lines: [String] = []
        for text in texts {
            let longer = (lines.last ?? "") + joint + text
            if lines.isEmpty || longer.displayWidth > columnLimit {
                lines.append(text)
            } else {
                lines[lines.count - 1] = longer
            }
        }
        return lines
    }
}
