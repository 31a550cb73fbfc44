import CommandKit
import OutreachSchema

/// A report for people: the period, the totals, the coverage of points, the groups.
struct ReportPage {
    let report: OutreachReport
    let from: Shift?
    let to: Shift?
    let zone: ZoneRules

    private var words: FieldReportMessages { Messages.fieldReports }

    func print(on console: Console) {
        console.print(console.styled(period, .bold))
        var form = Form()
        for entry in report.total.entries {
            form.append(label(of: entry.key), "\(entry.count)")
        }
        console.print(form)
        printCoverage(on: console)
        guard let grouping = report.grouping, !report.groups.isEmpty else { return }
        console.print()
        console.print(table(by: grouping, fitting: console.dataColumns))
        printBars(by: grouping, on: console)
    }

    /// Stops by group as bars: on a terminal only, and where there are any.
    private func printBars(by grouping: ReportGrouping, on console: Console) {
        let counts = report.groups.map { (name: name(of: $0), count: $0.figures.stops) }
        guard let columns = console.dataColumns, let most = counts.map(\.count).max(), most > 0
        else { return }
        console.print()
        console.print(console.styled(label(of: "stops"), .bold))
        let width = counts.map(\.name.displayWidth).max() ?? 0
        let room = min(columns - width - "\(most)".count - 4, FigureBar.longest)
        for (name, count) in counts {
            let bar = FigureBar.bar(count, of: most, width: room)
            console.print("  \(name.padded(toColumns: width))  \(bar) \(count)")
        }
    }

    private var period: String {
        guard from != nil || to != nil else { return words.wholeLog.text(["zone": zone.name]) }
        return words.period.text([
            "from": from?.description ?? words.beginning.text(),
            "to": to?.description ?? words.today.text(), "zone": zone.name,
        ])
    }

    private func label(of key: String) -> String {
        ReportFigures.label(of: key)?[.current] ?? key
    }

    private func printCoverage(on console: Console) {
        let coverage = report.coverage
        guard coverage.pointsActive > 0 else { return }
        let text = words.coverage.text([
            "made": coverage.madeVisits, "required": coverage.requiredVisits,
            "shifts": coverage.shifts, "visited": coverage.shiftsVisited,
            "points": coverage.pointsActive,
        ])
        console.print(console.wrapped(text))
        if let columns = console.dataColumns {
            console.print(
                FigureBar.text(
                    coverage.madeVisits, of: coverage.requiredVisits,
                    width: min(columns - 2, FigureBar.longest)))
        }
        guard !coverage.unvisitedPoints.isEmpty else { return }
        let folded = PointRanges.folded(
            coverage.unvisitedPoints, among: coverage.activePoints)
        console.print(
            console.wrapped(
                words.unvisited.text([
                    "n": coverage.unvisitedPoints.count,
                    "points": folded.joined(separator: Language.current == .zhHans ? "、" : ", "),
                ])))
    }

    /// A table of one group a row; on a narrow terminal, of one figure a row if that fits better.
    private func table(by grouping: ReportGrouping, fitting columns: Int?) -> Table {
        let wide = groupsAsRows(grouping)
        guard let columns, let header = wide.lines(fitting: nil).map(\.displayWidth).max(),
            header > columns
        else { return wide }
        return figuresAsRows(grouping, fitting: columns) ?? wide
    }

    /// Figures that are zero everywhere are left out.
    private var shownKeys: [String] {
        report.total.entries.filter { entry in
            entry.key != "grids" && report.groups.contains { count(entry.key, $0) > 0 }
        }.map(\.key)
    }

    private func count(_ key: String, _ group: OutreachReport.Group) -> Int {
        group.figures.entries.first { $0.key == key }?.count ?? 0
    }

    private func header(of grouping: ReportGrouping) -> String {
        switch grouping {
        case .grid: words.gridHeader.text()
        case .shift: words.shiftHeader.text()
        }
    }

    private func name(of group: OutreachReport.Group) -> String {
        group.name ?? words.noGroup.text()
    }

    private func groupsAsRows(_ grouping: ReportGrouping) -> Table {
        let keys = shownKeys
        var table = Table(
            [.fixed(header(of: grouping))] + keys.map { .number(label(of: $0)) })
        for group in report.groups {
            table.append([name(of: group)] + keys.map { "\(count($0, group))" })
        }
        return table
    }

    /// Nil if that does not fit either.
    private func figuresAsRows(_ grouping: ReportGrouping, fitting columns: Int) -> Table? {
        var table = Table(
            [.fixed(words.figureHeader.text())] + report.groups.map { .number(name(of: $0)) })
        for key in shownKeys {
            table.append([label(of: key)] + report.groups.map { "\(count(key, $0))" })
        }
        let width = table.lines(fitting: nil).map(\.displayWidth).max() ?? 0
        return width <= columns ? table : nil
    }
}
