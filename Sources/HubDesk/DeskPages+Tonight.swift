import AuditReport
import OutreachOutput
import OutreachSchema
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import SystemTimeZones

/// The first page: the shift that runs, on a map and in counts.
extension DeskPages {
    func tonight() async throws -> [String: Any] {
        let (replica, zone) = try await desk.current()
        let now = environment.nowMilliseconds()
        let shift = Shift(containingUTCSeconds: now / 1_000, in: zone)
        var points: [(code: String, name: String, grid: String, at: GeoPosition?)] = []
        try replica.eachRecord(ofFewIn: CollectionDescription.points.name) { view in
            guard !view.isDeleted, let code = view.values["code"]?.text,
                view.values["active"] != .bool(false)
            else { return }
            points.append(
                (
                    code, view.values["name"]?.text ?? "", view.values["grid"]?.text ?? "–",
                    GeoPosition(view.values)
                ))
        }
        // The same night of the four weeks before, for comparison.
        let nights = [0, -7, -14, -21, -28].map { Shift(date: shift.date + $0) }
        let reports = try nights.map {
            try ReplicaPeriod(replica, zone: zone, from: $0, through: $0).report()
        }
        let unvisited = Set(reports[0].coverage.unvisitedPoints)
        var grids: [String: (points: Int, left: [String])] = [:]
        for point in points {
            grids[point.grid, default: (0, [])].points += 1
            if unvisited.contains(point.code) {
                grids[point.grid]?.left.append("\(point.code) \(point.name)")
            }
        }
        let figures = reports[0].total.entries.filter {
            !["points", "grids"].contains($0.key)
        }.map { entry in
            let before = reports.dropFirst().map { report in
                report.total.entries.first { $0.key == entry.key }?.count ?? 0
            }
            let average = Double(before.reduce(0, +)) / Double(max(before.count, 1))
            return [
                "label": ReportFigures.label(of: entry.key)?[labels] ?? entry.key,
                "count": "\(entry.count)",
                "average": String(Int(average.rounded())),
            ]
        }
        let names = try deviceNames(replica)
        let waitingHazards = try hazardAges(replica, zone, now: now)
        let waiting = try replica.conflicts().count { !$0.isSettled }
        return [
            "shift": "\(shift)", "figures": figures,
            "map": DeskMap(
                points.map {
                    .init(
                        place: $0.at, isLeft: unvisited.contains($0.code), code: $0.code,
                        grid: $0.grid)
                }
            ).svg(title: words["map"] ?? ""),
            "points": points.count, "left": unvisited.count,
            "grids": grids.sorted { $0.key < $1.key }.map { grid in
                [
                    "name": grid.key, "points": "\(grid.value.points)",
                    "done": "\(grid.value.points - grid.value.left.count)",
                    "left": grid.value.left.joined(separator: ", "),
                ] as [String: Any]
            },
            "stops": try replica.latestRecords(
                in: CollectionDescription.stops.name, by: "arrived_at", limit: 12,
                isDeleted: false
            ).reversed().map { try row($0, names, zone) },
            "hazards": try openHazards(replica, zone, now: now),
            "ages": LeadTexts.ages.map { $0[labels] },
            "waiting_hazards": waitingHazards, "has_waiting": !waitingHazards.isEmpty,
            "waiting": waiting == 0 ? [] : [waiting],
            "position": try store.facts().position,
        ]
    }

    /// How many open hazards of each age each department has.
    private func hazardAges(
        _ replica: Replica, _ zone: ZoneRules, now: Int64
    ) throws -> [[String: Any]] {
        let name = CollectionDescription.hazards.name
        var tally = LeadTally(zone: zone, from: nil, through: nil, now: now / 1_000)
        try replica.eachRecord(ofFewIn: name) { view in
            if !view.isDeleted { tally.add(collection: name, fields: view.values) }
        }
        return tally.waiting().map { row in
            let department = shown(.text(row.department), "assigned_to", name, zone)
            return [
                "department": row.department.isEmpty ? LeadTexts.nobody[labels] : department,
                "counts": row.counts.map { "\($0)" },
            ]
        }
    }

    /// Those that nobody has ended, by department, the oldest first.
    private func openHazards(
        _ replica: Replica, _ zone: ZoneRules, now: Int64
    ) throws -> [[String: Any]] {
        let collection = CollectionDescription.hazards.name
        var found: [(department: String, seconds: Int64, row: [String: Any])] = []
        try replica.eachRecord(ofFewIn: collection) { view in
            let status = view.values["status"]?.text ?? "open"
            guard !view.isDeleted, status == "open" || status == "assigned" else { return }
            let seconds = view.values["found_at"]?.text.flatMap { RFC3339.utcSeconds($0) } ?? 0
            let department = shown(view.values["assigned_to"], "assigned_to", collection, zone)
            found.append(
                (
                    department, seconds,
                    [
                        "id": view.key.id.hex,
                        "department": department.isEmpty ? "–" : department,
                        "category": shown(view.values["category"], "category", collection, zone),
                        "place": view.values["point"]?.text ?? view.values["grid"]?.text ?? "–",
                        "days": "\(max(0, (now / 1_000 - seconds) / 86_400))",
                    ]
                ))
        }
        return found.sorted { ($0.department, $0.seconds) < ($1.department, $1.seconds) }
            .map(\.row)
    }
}
