public import OutreachSchema
public import SyncCore

/// Collects what a lead's page shows besides the figures, in any order of records.
public struct LeadTally: Sendable {
    private let zone: ZoneRules
    private let from: Shift?
    private let through: Shift?
    /// Seconds since 1970: the age of a hazard is counted from here.
    private let now: Int64
    private var points: [String: (grid: String, required: Int)] = [:]
    private var visits: [Shift: [String: Int]] = [:]
    private var hazards: [Hazard] = []

    struct Hazard: Sendable {
        let department: String
        let status: String
        let ageDays: Int
        let isOfPeriod: Bool
    }

    public init(zone: ZoneRules, from: Shift?, through: Shift?, now: Int64) {
        self.zone = zone
        self.from = from
        self.through = through
        self.now = now
    }

    /// Takes a live record: points, stops of the period and every hazard.
    public mutating func add(collection: String, fields: [String: Value]) {
        switch collection {
        case "points": addPoint(fields)
        case "stops":
            guard let shift = shift("arrived_at", fields), isInPeriod(shift),
                let point = fields["point"]?.text
            else { return }
            visits[shift, default: [:]][point, default: 0] += 1
        case "hazards": addHazard(fields)
        default: return
        }
    }

    private mutating func addPoint(_ fields: [String: Value]) {
        guard let code = fields["code"]?.text, fields["active"] != .bool(false) else { return }
        let required = fields["required_per_shift"]?.integer ?? 1
        points[code] = (fields["grid"]?.text ?? "", max(required, 0))
    }

    private mutating func addHazard(_ fields: [String: Value]) {
        let found = fields["found_at"]?.text.flatMap { RFC3339.utcSeconds($0) }
        let age = found.map { Int(max(0, now - $0) / CivilDate.secondsPerDay) } ?? 0
        hazards.append(
            Hazard(
                department: fields["assigned_to"]?.text ?? "",
                status: fields["status"]?.text ?? "open", ageDays: age,
                isOfPeriod: shift("found_at", fields).map(isInPeriod) ?? false))
    }

    private func shift(_ field: String, _ fields: [String: Value]) -> Shift? {
        fields[field]?.text.flatMap { RFC3339.utcSeconds($0) }
            .map { Shift(containingUTCSeconds: $0, in: zone) }
    }

    private func isInPeriod(_ shift: Shift) -> Bool {
        shift.isWithin(from, through)
    }

    /// Grids as rows, nights as columns, required visits made in each; nil without points or nights.
    func coverage() -> CoverageMap? {
        guard let first = from ?? visits.keys.min(), let last = through ?? visits.keys.max(),
            first <= last, !points.isEmpty
        else { return nil }
        let days = first.date.daysSinceEpoch...last.date.daysSinceEpoch
        let nights = days.suffix(CoverageMap.nightLimit)
            .map { Shift(date: CivilDate(daysSinceEpoch: $0)) }
        let visited = Set(visits.keys.filter { (first...last).contains($0) })
        let rows = Dictionary(grouping: points.keys) { points[$0]?.grid ?? "" }
            .filter { !$0.key.isEmpty }.sorted { $0.key < $1.key }
            .map { row(of: $0.key, points: $0.value, nights, first == last ? 1 : visited.count) }
        let made = rows.reduce(0) { $0 + $1.made }
        return CoverageMap(
            nights: nights, first: first, last: last, nightCount: days.count,
            visitedCount: visited.count, idleNights: Set(nights).subtracting(visited),
            rows: Array(rows.prefix(CoverageMap.pointLimit)), pointCount: rows.count,
            mostMissed: [], required: rows.reduce(made) { $0 + $1.missed }, made: made,
            stopsCounted: 0, stopsElsewhere: 0, stopsUnplaced: 0, stopsInFuture: 0)
    }

    private func row(
        of grid: String, points codes: [String], _ nights: [Shift], _ nightCount: Int
    ) -> CoverageMap.Row {
        func made(_ night: Shift) -> Int {
            guard let counts = visits[night] else { return 0 }
            return codes.reduce(0) { $0 + min(counts[$1] ?? 0, points[$1]?.required ?? 0) }
        }
        let required = codes.reduce(0) { $0 + (points[$1]?.required ?? 0) }
        let all = visits.keys.reduce(0) { $0 + made($1) }
        return CoverageMap.Row(
            code: grid, name: "", required: required, visits: nights.map(made), made: all,
            missed: max(0, required * nightCount - all))
    }
}

extension LeadTally {
    /// The ages by which hazards that wait are told: the largest number of days of each.
    static let ageLimits = [1, 7, 30, .max]

    /// Hazards that wait for somebody, by department: how many of each age.
    package func waiting() -> [(department: String, counts: [Int])] {
        let open = hazards.filter { ["open", "assigned"].contains($0.status) }
        return grouped(open) { hazards in
            var least = 0
            return Self.ageLimits.map { limit in
                defer { least = limit == .max ? least : limit + 1 }
                return hazards.count { (least...limit).contains($0.ageDays) }
            }
        }
    }

    static let states = ["open", "assigned", "resolved", "dismissed"]

    /// Hazards found in the period, by department: how many in each state.
    func found() -> [(department: String, counts: [Int])] {
        grouped(hazards.filter(\.isOfPeriod)) { hazards in
            Self.states.map { state in hazards.count { $0.status == state } }
        }
    }

    private func grouped(
        _ hazards: [Hazard], _ counts: ([Hazard]) -> [Int]
    ) -> [(department: String, counts: [Int])] {
        Dictionary(grouping: hazards, by: \.department).sorted { $0.key < $1.key }
            .map { ($0.key, counts($0.value)) }
    }
}
