public import OutreachSchema
public import SyncCore

/// Collects points and stops, in any order, into a `CoverageMap`.
public struct CoverageTally: Sendable {
    private struct Point {
        let name: String
        let required: Int
    }

    private struct Visit: Hashable {
        let point: String
        let shift: Shift
    }

    private let zone: ZoneRules
    private var points: [String: Point] = [:]
    private var visits: [Visit: Int] = [:]
    private var unplaced = 0

    public init(zone: ZoneRules) {
        self.zone = zone
    }

    /// Takes a live record; collections other than points and stops are passed over.
    public mutating func add(collection: String, value: (String) -> Value?) {
        switch collection {
        case CollectionDescription.points.name: addPoint(value)
        case CollectionDescription.stops.name: addStop(value)
        default: return
        }
    }

    private mutating func addPoint(_ value: (String) -> Value?) {
        guard let code = value("code")?.text, value("active") != .bool(false) else { return }
        let required = value("required_per_shift")?.integer ?? 1
        // The schema's maximum: a number from elsewhere cannot make a sum trap.
        points[code] = Point(
            name: value("name")?.text ?? "", required: min(max(required, 0), 100))
    }

    private mutating func addStop(_ value: (String) -> Value?) {
        guard let point = value("point")?.text,
            let seconds = value("arrived_at")?.text.flatMap({ RFC3339.utcSeconds($0) })
        else {
            unplaced += 1
            return
        }
        let shift = Shift(containingUTCSeconds: seconds, in: zone)
        visits[Visit(point: point, shift: shift), default: 0] += 1
    }

    /// - Parameter newest: the newest instant that the files know of, in milliseconds since 1970;
    ///   a stop of a later night is a mistake in its time, and only counted.
    public func map(newest: Int64) -> CoverageMap {
        // Years that the calendar does not have are cut off.
        let seconds = min(max(newest / 1_000, 0), 253_402_214_400)
        let latest = Shift(containingUTCSeconds: seconds, in: zone)
        var past = self
        past.visits = visits.filter { $0.key.shift <= latest }
        let all = visits.values.reduce(0, +)
        return past.map(inFuture: all - past.visits.values.reduce(0, +))
    }

    private func map(inFuture: Int) -> CoverageMap {
        let shifts = visits.keys.map(\.shift)
        let (first, last) = (shifts.min(), shifts.max())
        let count = first.flatMap { first in last.map { Self.nights($0, since: first) + 1 } } ?? 0
        let nights = shown(last: last, count: count)
        let rows = points.keys.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        var made: [String: Int] = [:]
        for (visit, number) in visits {
            guard let point = points[visit.point] else { continue }
            made[visit.point, default: 0] += min(number, point.required)
        }
        let visited = Set(shifts)
        let all = rows.map { row($0, made[$0] ?? 0, nights: nights, of: visited.count) }
        let elsewhere = visits.reduce(0) { $0 + (points[$1.key.point] == nil ? $1.value : 0) }
        let missed = all.enumerated().filter { $0.element.missed > 0 }
            .sorted { ($1.element.missed, $0.offset) < ($0.element.missed, $1.offset) }
        return CoverageMap(
            nights: nights, first: first, last: last, nightCount: count,
            visitedCount: visited.count, idleNights: Set(nights).subtracting(visited),
            rows: Array(all.prefix(CoverageMap.pointLimit)), pointCount: all.count,
            mostMissed: missed.prefix(CoverageMap.missedLimit).map(\.element),
            required: all.reduce(0) { $0 + $1.made + $1.missed },
            made: all.reduce(0) { $0 + $1.made },
            stopsCounted: visits.values.reduce(0, +) - elsewhere, stopsElsewhere: elsewhere,
            stopsUnplaced: unplaced, stopsInFuture: inFuture)
    }

    private func row(_ code: String, _ made: Int, nights: [Shift], of count: Int) -> CoverageMap.Row
    {
        let point = points[code] ?? Point(name: "", required: 0)
        return CoverageMap.Row(
            code: code, name: point.name, required: point.required,
            visits: nights.map { visits[Visit(point: code, shift: $0)] ?? 0 }, made: made,
            missed: point.required * count - made)
    }

    private static func nights(_ shift: Shift, since first: Shift) -> Int {
        shift.date.daysSinceEpoch - first.date.daysSinceEpoch
    }

    /// The latest nights; where others hold far more visits (a log with a long pause, one stray
    /// date), those.
    private func shown(last: Shift?, count: Int) -> [Shift] {
        guard let last else { return [] }
        let number = min(count, CoverageMap.nightLimit)
        let end = busiestEnd(of: number, last: last)
        return (0..<number).map { Shift(date: end.date + ($0 - number + 1)) }
    }

    /// The last night of the stretch that is drawn; nights without a stop need not be walked.
    private func busiestEnd(of number: Int, last: Shift) -> Shift {
        var stopsByNight: [Shift: Int] = [:]
        for (visit, stops) in visits { stopsByNight[visit.shift, default: 0] += stops }
        let nights = stopsByNight.sorted { $0.key < $1.key }
        var (start, sum, best) = (0, 0, (sum: 0, end: last))
        for night in nights {
            sum += night.value
            while Self.nights(night.key, since: nights[start].key) >= number {
                sum -= nights[start].value
                start += 1
            }
            if sum >= best.sum { best = (sum, night.key) }
        }
        // The last sum is that of the latest stretch.
        guard best.sum > Self.farMore * sum, let first = nights.first?.key else { return last }
        let missing = number - 1 - Self.nights(best.end, since: first)
        return missing > 0 ? Shift(date: best.end.date + missing) : best.end
    }

    /// How many times the visits of the latest nights another stretch must have to be drawn.
    private static let farMore = 4
}
