import OutreachSchema

extension PageWriter {
    func writeCoverage(to html: inout HTMLText) {
        guard let map = page.coverage else { return }
        html.heading(ReportTexts.coverage, of: letter(0))
        guard let first = map.first, let last = map.last, map.pointCount > 0 else {
            html.paragraph(ReportTexts.noCoverage)
            if map.stops > 0 { writeStops(map, to: &html) }
            return
        }
        html.paragraph(
            ReportTexts.coverageLead,
            [
                "made": NumberWords.grouped(map.made),
                "required": NumberWords.grouped(map.required),
                "share": NumberWords.share(map.made, of: map.required),
                "nights": NumberWords.grouped(map.visitedCount),
                "all": NumberWords.grouped(map.nightCount),
                "points": NumberWords.grouped(map.pointCount), "first": "\(first)",
                "last": "\(last)",
            ])
        html.paragraph(ReportTexts.coverageNote, ["zone": page.zone.name], style: "soft")
        writeLegend(to: &html)
        html.element(
            "div",
            [
                "class": "scroll broad coverage", "tabindex": "0", "role": "region",
                "aria-label": "\(ReportTexts.coverage.en) · \(ReportTexts.coverage.zh)",
            ]
        ) { CoveragePicture(map: map).write(to: &$0) }
        // A phone shows a strip of the latest nights: more would be too small to read.
        html.element("div", ["class": "narrow"]) {
            CoveragePicture(map: map.latest(CoverageMap.stripLimit)).write(to: &$0)
        }
        if let shown = map.nights.first, map.nightCount > map.nights.count {
            html.paragraph(
                ReportTexts.nightsLeftOut,
                [
                    "first": "\(shown)", "last": map.nights.last.map { "\($0)" } ?? "",
                    "n": NumberWords.grouped(map.nightCount - map.nights.count),
                ], style: "soft")
        }
        html.andMore(map.pointCount - map.rows.count)
        html.element("div", ["class": "halves"]) { html in
            html.element("div") { writeMissed(map, to: &$0) }
            html.element("div") { writeStops(map, to: &$0) }
        }
    }

    private func writeLegend(to html: inout HTMLText) {
        let entries: [(style: String, text: BilingualText)] = [
            ("v0", ReportTexts.levelNone), ("v1", ReportTexts.levelPart),
            ("v2", ReportTexts.levelMet), ("v3", ReportTexts.levelMore),
        ]
        html.element("ul", ["class": "legend"]) { html in
            for entry in entries {
                html.element("li") { html in
                    html.element(
                        "svg",
                        [
                            "width": "14", "height": "14", "viewBox": "0 0 14 14",
                            "aria-hidden": "true",
                        ]
                    ) { html in
                        html.element(
                            "rect",
                            [
                                "class": entry.style, "x": "1", "y": "1", "width": "12",
                                "height": "12",
                            ])
                        html.element(
                            "rect",
                            [
                                "class": "edge", "x": "1", "y": "1", "width": "12",
                                "height": "12",
                            ])
                    }
                    html.words(entry.text)
                }
            }
        }
    }

    private func writeMissed(_ map: CoverageMap, to html: inout HTMLText) {
        guard !map.mostMissed.isEmpty else { return }
        html.subheading(ReportTexts.mostMissed)
        let columns = [
            ReportTexts.point, ReportTexts.pointName, ReportTexts.perShift, ReportTexts.made,
            ReportTexts.missed,
        ]
        html.table(label: ReportTexts.mostMissed, columns: columns, numeric: [2, 3, 4]) { html in
            html.element("tbody") { html in
                for row in map.mostMissed {
                    html.element("tr") { html in
                        html.element("th", ["scope": "row"]) { $0.code(row.code.clipped(to: 40)) }
                        html.element("td") { $0.value(row.name.clipped(to: 80)) }
                        html.numberCell(row.required)
                        html.numberCell(row.made)
                        html.numberCell(row.missed)
                    }
                }
            }
        }
    }

    /// Every live stop is in one of the rows.
    private func writeStops(_ map: CoverageMap, to html: inout HTMLText) {
        let rows: [(BilingualText, Int)] = [
            (ReportTexts.stopsCounted, map.stopsCounted),
            (ReportTexts.stopsElsewhere, map.stopsElsewhere),
            (ReportTexts.stopsUnplaced, map.stopsUnplaced),
            (ReportTexts.stopsInFuture, map.stopsInFuture),
        ]
        html.subheading(ReportTexts.stopsAccounted)
        let columns = [ReportTexts.stops, ReportTexts.sum]
        html.table(label: ReportTexts.stopsAccounted, columns: columns, numeric: [1]) { html in
            html.element("tbody") { html in
                for row in rows {
                    html.element("tr") { html in
                        html.element("th", ["scope": "row"]) { $0.words(row.0) }
                        html.numberCell(row.1)
                    }
                }
            }
            html.element("tfoot") { html in
                html.element("tr") { html in
                    html.element("th", ["scope": "row"]) { $0.words(ReportTexts.sum) }
                    html.numberCell(map.stops)
                }
            }
        }
        guard let figures = page.figures else { return }
        html.element("p") {
            writeEquality(map.stops, figures.stops, ReportTexts.liveStops, to: &$0)
        }
    }
}
