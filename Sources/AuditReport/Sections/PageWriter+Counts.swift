import OutreachSchema

extension PageWriter {
    /// Tables whose sums are shown beside a count that was made another way.
    func writeCounts(to html: inout HTMLText) {
        guard !page.counts.isEmpty || page.figures != nil else { return }
        html.heading(ReportTexts.counts)
        html.element("div", ["class": "halves"]) { html in
            for table in page.counts { html.element("div") { write(table, to: &$0) } }
            if let figures = page.figures {
                html.element("div") { write(figures, to: &$0) }
            }
        }
    }

    private func write(_ figures: ReportFigures, to html: inout HTMLText) {
        html.element("h3") { html in
            if let letter = letter(0) { html.text(letter + " · ") }
            html.words(ReportTexts.figures)
        }
        html.paragraph(ReportTexts.figuresNote, style: "soft")
        let columns = [ReportTexts.figure, ReportTexts.sum]
        html.table(label: ReportTexts.figures, columns: columns, numeric: [1]) { html in
            html.element("tbody") { html in
                for (key, count) in figures.entries {
                    html.element("tr") { html in
                        html.element("th", ["scope": "row"]) { html in
                            html.words(
                                ReportFigures.label(of: key) ?? BilingualText(en: key, zh: key))
                        }
                        html.numberCell(count)
                    }
                }
            }
        }
    }

    private func write(_ table: CountTable, to html: inout HTMLText) {
        html.subheading(table.title)
        // One column is its own sum.
        let sums = table.columns.count > 1 ? [ReportTexts.sum] : []
        let columns = [table.rowLabel] + table.columns + sums
        html.table(
            label: table.title, columns: columns, numeric: Set(1..<columns.count)
        ) { html in
            html.element("tbody") { html in
                for row in table.rows { html.element("tr") { write(row, to: &$0) } }
            }
            html.element("tfoot") { html in
                html.element("tr") { html in
                    html.element("th", ["scope": "row"]) { $0.words(ReportTexts.sum) }
                    for column in table.columns.indices {
                        html.numberCell(table.sum(ofColumn: column))
                    }
                    if !sums.isEmpty { html.numberCell(table.sum) }
                }
            }
        }
        html.element("p") {
            writeEquality(table.sum, table.expected, table.expectation, to: &$0)
        }
    }

    private func write(_ row: CountTable.Row, to html: inout HTMLText) {
        html.element("th", ["scope": "row"]) { html in
            switch row.name {
            case .value(let text): html.value(text.clipped(to: 80))
            case .words(let text): html.words(text)
            }
        }
        for count in row.counts { html.numberCell(count) }
        if row.counts.count > 1 { html.numberCell(row.sum) }
    }

    /// `✓ 12 = 12 (what the second is)`.
    func writeEquality(
        _ sum: Int, _ expected: Int, _ expectation: BilingualText, to html: inout HTMLText
    ) {
        let isEqual = sum == expected
        html.element("span", ["class": isEqual ? "ok-word" : "bad-word"]) { html in
            html.text(
                "\(isEqual ? "✓" : "✗") \(NumberWords.grouped(sum)) "
                    + "\(isEqual ? "=" : "≠") \(NumberWords.grouped(expected))")
        }
        html.text(" ")
        html.element("span", ["class": "soft"]) { $0.words(expectation) }
    }
}
