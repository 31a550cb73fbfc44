import OutreachSchema

extension PageWriter {
    func writeListings(to html: inout HTMLText) {
        for listing in page.listings {
            html.heading(listing.title, of: letter(0))
            html.paragraph(listing.note, style: "soft")
            guard !listing.rows.isEmpty else {
                html.paragraph(ReportTexts.nothing)
                continue
            }
            html.table(
                label: listing.title, columns: listing.columns, numeric: listing.numericColumns
            ) { html in
                html.element("tbody") { html in
                    for row in listing.rows.items {
                        html.element("tr") { html in for cell in row { write(cell, to: &html) } }
                    }
                }
            }
            html.andMore(listing.rows.rest)
        }
    }

    private func write(_ cell: ReportListing.Cell, to html: inout HTMLText) {
        switch cell {
        case .value(let text): html.element("td") { $0.value(text.clipped()) }
        case .code(let text): html.element("td") { $0.code(text.clipped()) }
        case .words(let text): html.element("td") { $0.words(text) }
        case .count(let number): html.numberCell(number)
        case .time(let milliseconds):
            html.element("td", ["class": "when"]) { $0.text(time(milliseconds)) }
        case .span(let milliseconds):
            html.element("td", ["class": "n"]) {
                $0.words(NumberWords.span(milliseconds: milliseconds))
            }
        }
    }

    func writeCommand(to html: inout HTMLText) {
        html.heading(ReportTexts.command)
        html.paragraph(ReportTexts.commandNote)
        html.element("pre") { $0.code(page.command) }
        html.element("p", ["class": "soft"]) { html in
            html.text("sync-audit ")
            html.value(page.version)
        }
    }
}

extension ReportListing {
    fileprivate var numericColumns: Set<Int> {
        guard let row = rows.items.first else { return [] }
        return Set(
            row.indices.filter { index in
                switch row[index] {
                case .count, .span: true
                default: false
                }
            })
    }
}
