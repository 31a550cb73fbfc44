/// How far the visits that each point requires were made.
public struct PointCoverage: Sendable, Hashable {
    /// Shifts of the period: as asked for, else from the first stop's to the last stop's.
    public let shifts: Int
    /// Those of them in which a stop was made.
    public let shiftsVisited: Int
    /// Codes of the live points that are not switched off, sorted.
    public let activePoints: [String]
    /// Over all active points: visits per shift (1 where the point does not say) × shifts that hold
    /// a visit. A night on which nobody went out is none that was missed; one night that was asked
    /// for counts in any case.
    public let requiredVisits: Int
    /// Stops that count towards it: at each point and shift at most as many as required.
    public let madeVisits: Int
    /// Active points that require visits and had none in the period, by code.
    public let unvisitedPoints: [String]

    public var pointsActive: Int { activePoints.count }

    public var missed: Int { requiredVisits - madeVisits }
}

/// Collects what `PointCoverage` needs, in any order of records.
struct PointCoverageTally {
    private var requiredByPoint: [String: Int] = [:]
    private var visits: [Visit: Int] = [:]

    private struct Visit: Hashable {
        let point: String
        let shift: Shift
    }

    mutating func addPoint(code: String, requiredPerShift: Int, isActive: Bool) {
        guard isActive else { return }
        requiredByPoint[code] = max(requiredPerShift, 0)
    }

    mutating func addStop(point: String, shift: Shift) {
        visits[Visit(point: point, shift: shift), default: 0] += 1
    }

    func coverage(from: Shift?, to: Shift?) -> PointCoverage {
        let shifts = visits.keys.map(\.shift)
        let count: Int
        if let first = from ?? shifts.min(), let last = to ?? shifts.max() {
            count = max(last.date.daysSinceEpoch - first.date.daysSinceEpoch + 1, 0)
        } else {
            count = 0
        }
        let visitedCount = Set(shifts).count
        let isOneNight = from != nil && from == to
        let made = visits.reduce(0) { $0 + min($1.value, requiredByPoint[$1.key.point] ?? 0) }
        let visited = Set(visits.keys.map(\.point))
        let unvisited = requiredByPoint.filter { $0.value > 0 && !visited.contains($0.key) }
        return PointCoverage(
            shifts: count, shiftsVisited: visitedCount,
            activePoints: requiredByPoint.keys.sorted(),
            requiredVisits: requiredByPoint.values.reduce(0, +)
                * (isOneNight ? 1 : visitedCount), madeVisits: made,
            unvisitedPoints: unvisited.keys.sorted())
    }
}
