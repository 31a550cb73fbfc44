import CommandKit
import OutreachOutput
import OutreachSchema
import SyncCore
import SyncReplica

/// Tonight at a glance: the shift, what is left to do, what is not sent, the next commands.
struct HomePage {
    private let open: OpenReplica
    private let shift: Shift
    private let report: OutreachReport
    private let status: ReplicaStatus
    /// Points without a visit, by grid.
    private let unvisitedByGrid: [String: [String]]
    /// The grid of the last stop of this shift.
    private let grid: String?
    private let openHazards: [ShownRecord]

    /// Grids and hazards that fit a small screen.
    private static let gridLimit = 6
    private static let hazardLimit = 3
    private var words: FieldEntryMessages { Messages.fieldEntry }

    init(_ open: OpenReplica) throws {
        self.open = open
        let shift = try open.runningShift()
        var last: (time: String, values: [String: Value])?
        report = try open.report(from: shift, through: shift) { collection, view in
            guard collection.name == "stops", let time = view.values["arrived_at"]?.text,
                collection.shift(of: view.values, in: open.zone) == shift
            else { return }
            if time >= last?.time ?? "" { last = (time, view.values) }
        }
        self.shift = shift
        status = try open.replica.status()
        let places = try open.allPlaces()
        unvisitedByGrid = Dictionary(grouping: report.coverage.unvisitedPoints) {
            places.point(code: $0)?.grid ?? "–"
        }
        let grid =
            last?.values["grid"]?.text
            ?? last?.values["point"]?.text.flatMap { places.point(code: $0)?.grid }
        self.grid = grid
        openHazards = try Self.openHazards(open, in: grid, places)
    }

    private static func openHazards(
        _ open: OpenReplica, in grid: String?, _ places: PlaceDirectory
    ) throws -> [ShownRecord] {
        guard let grid else { return [] }
        var found: [ShownRecord] = []
        try open.replica.eachRecord(ofFewIn: CollectionDescription.hazards.name) { view in
            let values = view.values
            let isOpen = ["open", "assigned", nil].contains(values["status"]?.text)
            let place =
                values["grid"]?.text
                ?? values["point"]?.text.flatMap { places.point(code: $0)?.grid }
            if isOpen, !view.isDeleted, place == grid { found.append(open.shown(view.state)) }
        }
        return found
    }

    func print(on console: Console) throws {
        let title = words.homeTitle.text(["name": status.name, "shift": shift])
        console.print(console.styled(title, .bold))
        console.print(console.wrapped("  " + figures))
        printCoverage(on: console)
        let sent =
            status.pending > 0
            ? words.notSent.text(["n": status.pending]) : words.allSent.text()
        if status.hubURL != nil || status.pending > 0 { console.print(sent) }
        if status.openConflicts > 0 {
            console.print(words.openConflicts.text(["n": status.openConflicts]))
        }
        try printHazards(on: console)
        console.print(words.next.text())
        for command in nextCommands { console.print("  " + command) }
        console.say(words.helpHint.text())
    }

    private var figures: String {
        let shown = report.total.entries.filter { entry in
            entry.key == "stops" || (entry.count > 0 && !["points", "grids"].contains(entry.key))
        }
        let texts = shown.map { entry in
            "\(ReportFigures.label(of: entry.key)?[.current] ?? entry.key) \(entry.count)"
        }
        return texts.joined(separator: open.language == .chinese ? "，" : ", ")
    }

    private func printCoverage(on console: Console) {
        let coverage = report.coverage
        guard coverage.pointsActive > 0 else { return }
        guard !coverage.unvisitedPoints.isEmpty else {
            return console.print(words.allVisited.text())
        }
        console.print(words.toVisit.text(["n": coverage.unvisitedPoints.count]))
        // This grid first, then those with most to do.
        let grids = unvisitedByGrid.keys.sorted { first, second in
            if (first == grid) != (second == grid) { return first == grid }
            let counts = (unvisitedByGrid[first]!.count, unvisitedByGrid[second]!.count)
            return counts.0 == counts.1 ? first < second : counts.0 > counts.1
        }
        for name in grids.prefix(Self.gridLimit) {
            let folded = PointRanges.folded(unvisitedByGrid[name]!, among: coverage.activePoints)
            let points = HandoverMessage.withoutRepeatedLetters(folded)
            let joint = open.language == .chinese ? "、" : ", "
            let line = "  \(name)  \(points.joined(separator: joint))".sanitised()
            console.print(console.dataColumns.map { line.truncated(toColumns: $0) } ?? line)
        }
        let rest = grids.dropFirst(Self.gridLimit).reduce(0) { $0 + unvisitedByGrid[$1]!.count }
        if rest > 0 { console.print("  " + words.moreGrids.text(["n": rest])) }
    }

    private func printHazards(on console: Console) throws {
        guard let grid, !openHazards.isEmpty else { return }
        console.print(words.openHazards.text(["grid": grid, "n": openHazards.count]))
        for hazard in openHazards.suffix(Self.hazardLimit) {
            let names = ["point", "category", "status", "assigned_to"].filter {
                hazard.values[$0] ?? .null != .null
            }
            let line = try "  " + RecordLine(hazard, open).text(of: names)
            console.print(console.wrapped(line.sanitised()))
        }
    }

    /// The two or three commands that make most sense now.
    private var nextCommands: [String] {
        var commands = ["sync-field stop add"]
        if status.hubURL == nil {
            commands.append("sync-field join INVITE")
        } else if status.openConflicts > 0 {
            commands.append("sync-field conflict list")
        } else if status.pending > 0 || status.lastSync == nil {
            commands.append("sync-field sync")
        }
        if report.total.stops > 0 { commands.append("sync-field handover") }
        return commands
    }

    var json: JSONOutput {
        [
            "shift": .string("\(shift)"), "grid": JSONOutput(grid),
            "figures": JSONOutput(report.jsonDocument()),
            "to_visit": .object(
                unvisitedByGrid.sorted { $0.key < $1.key }.map {
                    .init($0.key, .array($0.value.map { .string($0) }))
                }),
            "pending": .int(status.pending), "conflicts_open": .int(status.openConflicts),
            "hazards_open_here": .array(openHazards.map { .string($0.state.key.id.hex) }),
            "next": .array(nextCommands.map { .string($0) }),
        ]
    }
}
