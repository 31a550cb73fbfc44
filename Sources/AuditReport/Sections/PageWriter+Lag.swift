import OutreachSchema

extension PageWriter {
    func writeLags(to html: inout HTMLText) {
        guard !page.lags.isEmpty else { return }
        html.heading(ReportTexts.lag, of: letter(page.lagInput))
        html.paragraph(ReportTexts.lagNote, style: "soft")
        let shown = Array(page.lags.prefix(LagPicture.deviceLimit))
        LagPicture(lags: shown.filter { $0.changes > 0 }).write(to: &html)
        let columns = [
            ReportTexts.device, ReportTexts.changes, ReportTexts.median, ReportTexts.largest,
            ReportTexts.lastPosition, ReportTexts.lastSeen,
        ]
        html.table(label: ReportTexts.lag, columns: columns, numeric: [1, 2, 3, 4]) { html in
            html.element("tbody") { html in
                for lag in shown { html.element("tr") { write(lag, to: &$0) } }
            }
        }
        html.andMore(page.lags.count - shown.count)
    }

    private func write(_ lag: DeviceLag, to html: inout HTMLText) {
        html.element("th", ["scope": "row", "class": "w"]) { html in
            html.value(lag.name.clipped(to: 80))
            if lag.isRevoked {
                html.text(" ")
                html.element("span", ["class": "gap-word"]) { $0.words(ReportTexts.revoked) }
            }
            html.element("br")
            html.code(lag.device)
        }
        html.numberCell(lag.changes)
        for span in [lag.median, lag.largest] {
            html.element("td", ["class": "n"]) { html in
                guard lag.changes > 0 else { return html.text("–") }
                html.words(NumberWords.span(milliseconds: span))
            }
        }
        html.numberCell(Int(lag.lastPosition))
        html.element("td", ["class": "when"]) { $0.text(lag.lastSeen.map { time($0) } ?? "–") }
    }
}
