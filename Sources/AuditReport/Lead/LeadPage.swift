public import OutreachSchema

/// A page for a lead: the figures, the coverage by night and grid, the hazards. Of places and
/// nights, never of people. Two equal pages give the same bytes.
public struct LeadPage: Sendable {
    /// The language shown first; the reader can switch.
    private let language: LabelLanguage
    private let zone: ZoneRules
    private let space: String
    private let report: OutreachReport
    /// Figures of as many nights before; nil without a period.
    private let before: ReportFigures?
    private let tally: LeadTally

    public init(
        language: LabelLanguage, zone: ZoneRules, space: String, report: OutreachReport,
        before: ReportFigures?, tally: LeadTally
    ) {
        self.language = language
        self.zone = zone
        self.space = space
        self.report = report
        self.before = before
        self.tally = tally
    }

    /// How every such page begins: what may be replaced by another one.
    public static let signature = "<!doctype html>\n<!-- FieldSync lead's report, form 1 -->\n"

    /// The whole file, UTF-8.
    public func html() -> String {
        var html = HTMLText()
        html.element("html", ["lang": language.tag]) { html in
            PageShell.writeHead(
                title: LeadTexts.title[language].replacing("{space}", with: space),
                generator: "FieldSync", to: &html)
            html.element("body") { html in
                PageShell.writeLanguages(language, to: &html)
                html.element("main") { writeSections(to: &$0) }
            }
        }
        return Self.signature + html.markup + "\n"
    }

    private func writeSections(to html: inout HTMLText) {
        html.element("h1") { $0.words(LeadTexts.title, ["space": space]) }
        let coverage = tally.coverage()
        html.paragraph(
            LeadTexts.period,
            [
                "from": coverage?.first.map { "\($0)" } ?? "–",
                "to": coverage?.last.map { "\($0)" } ?? "–", "zone": zone.name,
                "visited": "\(report.coverage.shiftsVisited)",
                "nights": "\(report.coverage.shifts)",
            ], style: "soft")
        writeFigures(to: &html)
        write(coverage, to: &html)
        writeHazards(to: &html)
    }

    private func writeFigures(to html: inout HTMLText) {
        html.heading(LeadTexts.figures)
        var columns = [LeadTexts.figure, LeadTexts.now]
        if before != nil { columns += [LeadTexts.before, LeadTexts.change] }
        html.table(
            label: LeadTexts.figures, columns: columns, numeric: Set(1..<columns.count)
        ) { html in
            html.element("tbody") { html in
                for entry in report.total.entries { writeRow(entry, to: &html) }
            }
        }
        if before == nil { html.paragraph(LeadTexts.noBefore, style: "soft") }
        let bars = report.groups.filter { $0.figures.stops > 0 }.map { group in
            let name = group.name ?? "–"
            return BarPicture.Bar(
                label: BilingualText(en: name, zh: name), count: group.figures.stops)
        }
        guard !bars.isEmpty else { return }
        html.subheading(LeadTexts.stopsByGrid)
        BarPicture(title: LeadTexts.stopsByGrid, bars: bars).write(to: &html)
    }

    private func writeRow(_ entry: (key: String, count: Int), to html: inout HTMLText) {
        html.element("tr") { html in
            html.element("th", ["scope": "row"]) { html in
                html.words(
                    ReportFigures.label(of: entry.key) ?? .init(en: entry.key, zh: entry.key))
            }
            html.numberCell(entry.count)
            guard let earlier = before?.entries.first(where: { $0.key == entry.key })?.count
            else { return }
            html.numberCell(earlier)
            let change = entry.count - earlier
            html.element("td", ["class": "n"]) {
                $0.text((change > 0 ? "+" : "") + NumberWords.grouped(change))
            }
        }
    }

    private func write(_ map: CoverageMap?, to html: inout HTMLText) {
        html.heading(LeadTexts.coverage)
        guard let map, !map.rows.isEmpty else { return html.paragraph(LeadTexts.noCoverage) }
        html.paragraph(
            LeadTexts.coverageLead,
            [
                "made": NumberWords.grouped(map.made),
                "required": NumberWords.grouped(map.required),
                "share": NumberWords.share(map.made, of: map.required),
            ])
        html.paragraph(LeadTexts.legend, style: "soft")
        html.element("div", ["class": "scroll", "tabindex": "0"]) {
            CoveragePicture(map: map).write(to: &$0)
        }
        html.andMore(map.pointCount - map.rows.count)
    }

    private func writeHazards(to html: inout HTMLText) {
        writeTable(
            LeadTexts.found, tally.found(),
            LeadTally.states.map { state in
                CollectionDescription.hazards.field(named: "status")?.label(ofWord: state)
                    ?? BilingualText(en: state, zh: state)
            }, to: &html)
        writeTable(LeadTexts.waiting, tally.waiting(), LeadTexts.ages, to: &html)
    }

    private func writeTable(
        _ title: BilingualText, _ rows: [(department: String, counts: [Int])],
        _ columns: [BilingualText], to html: inout HTMLText
    ) {
        html.heading(title)
        guard !rows.isEmpty else { return html.paragraph(LeadTexts.none) }
        let field = CollectionDescription.hazards.field(named: "assigned_to")
        html.table(
            label: title, columns: [LeadTexts.department] + columns,
            numeric: Set(1...columns.count)
        ) { html in
            html.element("tbody") { html in
                for row in rows {
                    html.element("tr") { html in
                        html.element("th", ["scope": "row"]) { html in
                            if row.department.isEmpty {
                                html.words(LeadTexts.nobody)
                            } else if let label = field?.label(ofWord: row.department) {
                                html.words(label)
                            } else {
                                html.value(row.department.clipped(to: 80))
                            }
                        }
                        for count in row.counts { html.numberCell(count) }
                    }
                }
            }
        }
    }
}

extension FieldDescription {
    /// The labels of a word of an enumeration; nil for another.
    fileprivate func label(ofWord key: String) -> BilingualText? {
        guard case .enumeration(let vocabulary) = type else { return nil }
        return vocabulary.label(of: key)
    }
}
