public import SyncCore

/// The figures of a period, in total and by grid or shift.
public struct OutreachReport: Sendable, Hashable {
    public let total: ReportFigures
    public let coverage: PointCoverage
    public let grouping: ReportGrouping?
    /// In the order of their names; records without a grid or shift come last.
    public let groups: [Group]

    public struct Group: Sendable, Hashable {
        /// Code of the grid or date of the shift; nil for records that have none.
        public let name: String?
        public let figures: ReportFigures
    }

    /// The object that `report --json` prints: the totals, `point_coverage` and `groups`, each
    /// group with `grid` or `shift` (null for records that have none).
    public func jsonDocument() -> JSONValue {
        var members = Self.members(total)
        members["point_coverage"] = coverage.jsonDocument
        members["groups"] = .array(
            groups.map { group in
                var members = Self.members(group.figures)
                if let grouping {
                    members[grouping.rawValue] = group.name.map { .string($0) } ?? .null
                }
                return .object(members)
            })
        return .object(members)
    }

    private static func members(_ figures: ReportFigures) -> [String: JSONValue] {
        Dictionary(uniqueKeysWithValues: figures.entries.map { ($0.key, JSONValue($0.count)) })
    }
}

extension PointCoverage {
    fileprivate var jsonDocument: JSONValue {
        [
            "shifts": JSONValue(shifts), "shifts_visited": JSONValue(shiftsVisited),
            "points_active": JSONValue(pointsActive),
            "required_visits": JSONValue(requiredVisits),
            "made_visits": JSONValue(madeVisits),
            "missed": JSONValue(missed),
            "unvisited_points": .array(unvisitedPoints.map { .string($0) }),
        ]
    }
}
