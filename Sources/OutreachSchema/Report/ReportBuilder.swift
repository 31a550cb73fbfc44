public import SyncCore

/// Adds up live records, in any order, into a report.
///
/// The caller leaves out deleted records. Collections and fields that are not the schema's are
/// passed over. Points belong to no shift: a period leaves them all in.
public struct ReportBuilder: Sendable {
    private let zone: ZoneRules
    private let from: Shift?
    private let to: Shift?
    private let grouping: ReportGrouping?

    private var total = ReportFigures()
    private var coverage = PointCoverageTally()
    private var figuresByGroup: [String?: ReportFigures] = [:]
    /// Records that name a point but no grid: they go to the grid of the point.
    private var figuresByPoint: [String: ReportFigures] = [:]
    private var gridsByPoint: [String: String] = [:]

    /// - Parameters:
    ///   - from: first shift of the period; with it, records without a time are left out.
    ///   - to: last shift of the period, included.
    public init(
        zone: ZoneRules, from: Shift? = nil, to: Shift? = nil,
        groupedBy grouping: ReportGrouping? = nil
    ) {
        self.zone = zone
        self.from = from
        self.to = to
        self.grouping = grouping
    }

    public mutating func add(collection: String, fields: [String: Value]) {
        add(collection: collection) { fields[$0] }
    }

    /// - Parameter value: the value of a field, nil where the record has none.
    public mutating func add(collection name: String, value: (String) -> Value?) {
        guard let collection = Schema.outreach.collection(named: name) else { return }
        let shift = shift(of: collection, value)
        if collection.eventTimeField != nil {
            guard isInPeriod(shift) else { return }
        }
        total.add(collection: name, value: value)
        note(name, shift, value)
        switch grouping {
        case nil: return
        case .grid: addToGrid(name, value)
        case .shift:
            guard collection.eventTimeField != nil else { return }
            figuresByGroup[shift?.description, default: .init()].add(collection: name, value: value)
        }
    }

    private func shift(
        of collection: CollectionDescription, _ value: (String) -> Value?
    ) -> Shift? {
        guard let field = collection.eventTimeField, let text = value(field)?.text,
            let seconds = RFC3339.utcSeconds(text)
        else { return nil }
        return Shift(containingUTCSeconds: seconds, in: zone)
    }

    private func isInPeriod(_ shift: Shift?) -> Bool {
        guard let shift else { return from == nil && to == nil }
        return shift.isWithin(from, to)
    }

    /// Keeps what the coverage of points needs.
    private mutating func note(_ name: String, _ shift: Shift?, _ value: (String) -> Value?) {
        if name == "points", let code = value("code")?.text {
            coverage.addPoint(
                code: code, requiredPerShift: value("required_per_shift")?.integer ?? 1,
                isActive: value("active") != .bool(false))
            gridsByPoint[code] = value("grid")?.text
        } else if name == "stops", let point = value("point")?.text, let shift {
            coverage.addStop(point: point, shift: shift)
        }
    }

    private mutating func addToGrid(_ name: String, _ value: (String) -> Value?) {
        if let grid = value("grid")?.text, !grid.isEmpty {
            figuresByGroup[grid, default: .init()].add(collection: name, value: value)
        } else if let point = value("point")?.text {
            figuresByPoint[point, default: .init()].add(collection: name, value: value)
        } else {
            figuresByGroup[nil, default: .init()].add(collection: name, value: value)
        }
    }

    public func build() -> OutreachReport {
        var figures = figuresByGroup
        for (point, share) in figuresByPoint {
            figures[gridsByPoint[point], default: .init()].merge(share)
        }
        let groups = figures.map { OutreachReport.Group(name: $0.key, figures: $0.value) }
            .sorted { first, second in
                guard let name = first.name else { return false }
                return second.name.map { name < $0 } ?? true
            }
        return OutreachReport(
            total: total, coverage: coverage.coverage(from: from, to: to), grouping: grouping,
            groups: groups)
    }
}
