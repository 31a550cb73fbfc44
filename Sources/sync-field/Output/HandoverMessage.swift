import CommandKit
import OutreachSchema
import SyncCore
import SyncProtocol
import SyncReplica

/// The night in at most 20 lines of 40 columns: figures, hazards, points not reached, what is left
/// to do. No remarks and no names: it leaves the shift.
struct HandoverMessage {
    private let report: OutreachReport
    private let shift: Shift
    /// Those found in the shift, in the order found.
    private let hazards: [ShownRecord]
    /// Found before and neither resolved nor dismissed.
    private let olderOpenHazards: Int
    private let conflicts: Int
    private let unsent: Int
    private let space: String?
    private let open: OpenReplica

    static let columnLimit = 40
    static let lineLimit = 20
    /// Hazards and lines of points that are told; the rest is counted.
    private static let hazardLimit = 6
    private static let pointLineLimit = 4
    private var words: FieldHandoverMessages { Messages.fieldHandover }

    init(_ open: OpenReplica, _ shift: Shift) throws {
        self.open = open
        self.shift = shift
        report = try open.report(from: shift, through: shift)
        var found: [ShownRecord] = []
        var older = 0
        try open.replica.eachRecord(ofFewIn: CollectionDescription.hazards.name) { view in
            guard !view.isDeleted else { return }
            let record = open.shown(view.state)
            if record.shift == shift { found.append(record) }
            let isOpen = ["open", "assigned", nil].contains(record.values["status"]?.text)
            if isOpen, let earlier = record.shift, earlier < shift { older += 1 }
        }
        hazards = found.sorted { Self.time($0) < Self.time($1) }
        olderOpenHazards = older
        conflicts = try open.replica.conflicts()
            .filter { !$0.conflict.isResolved && !$0.isResolvedHere }.count
        unsent = try open.replica.pendingCount()
        space = try open.spaceName()
    }

    private static func time(_ hazard: ShownRecord) -> String {
        hazard.values["found_at"]?.text ?? ""
    }

    /// The message, each line within the width.
    var lines: [String] {
        var lines = [title.truncated(toColumns: Self.columnLimit)]
        lines += figureLines
        if report.coverage.pointsActive > 0 { lines.append(visits) }
        lines += hazardLines
        if olderOpenHazards > 0 { lines.append(words.older.text(["n": olderOpenHazards])) }
        lines += pointLines
        if conflicts > 0 { lines.append(words.conflicts.text(["n": conflicts])) }
        if unsent > 0 { lines.append(words.unsent.text(["n": unsent])) }
        assert(lines.count <= Self.lineLimit)
        return lines.map { $0.truncated(toColumns: Self.columnLimit) }
    }

    private var title: String {
        guard let space, !space.isEmpty else { return words.title.text(["shift": shift]) }
        return words.titleOf.text(["space": space, "shift": shift])
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
        return Self.packed(texts, joint: open.language == .chinese ? "，" : ", ")
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
        guard !hazards.isEmpty else { return [words.noHazards.text()] }
        var lines = [words.hazards.text(["n": hazards.count])]
        lines += hazards.prefix(Self.hazardLimit).map { " " + text(of: $0) }
        let more = hazards.count - Self.hazardLimit
        if more > 0 { lines.append(words.more.text(["n": more])) }
        return lines
    }

    private func text(of hazard: ShownRecord) -> String {
        let names = ["point", "grid", "category", "status", "assigned_to"]
        let parts = names.compactMap { name -> String? in
            if name == "grid", hazard.values["point"]?.text != nil { return nil }
            let field = hazard.collection?.field(named: name)
            let text = open.presenter.text(of: hazard.values[name] ?? .null, for: field)
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
        let joint = open.language == .chinese ? "、" : ", "
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
    static func withoutRepeatedLetters(_ ranges: [String]) -> [String] {
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

    var json: JSONOutput {
        [
            "shift": .string("\(shift)"), "text": .string(lines.joined(separator: "\n")),
            "figures": JSONOutput(report.jsonDocument()),
            "hazards_open_before": .int(olderOpenHazards),
            "conflicts_open": .int(conflicts), "pending": .int(unsent),
        ]
    }
}

extension OpenReplica {
    /// What the operator calls the space; nil before a sync.
    func spaceName() throws -> String? {
        guard let space = try replica.membership()?.hub.space else { return nil }
        return try replica.record(RecordKey(HubCollection.space, space))?.values["name"]?.text
    }
}
