import OutreachSchema

extension PageWriter {
    /// What was not checked comes first: a reader must know it before believing the rest.
    func writeNotChecked(to html: inout HTMLText) {
        html.heading(ReportTexts.notChecked)
        write(page.checks.filter { $0.state == .notDone }, to: &html)
    }

    func writeChecked(to html: inout HTMLText) {
        html.heading(ReportTexts.checked)
        write(page.checks.filter { $0.state != .notDone }, to: &html)
    }

    private func write(_ checks: [ReportCheck], to html: inout HTMLText) {
        guard !checks.isEmpty else { return html.paragraph(ReportTexts.nothing, style: "soft") }
        html.element("ul", ["class": "checks"]) { html in
            for check in checks {
                html.element("li") { html in
                    html.element("span", ["class": check.state.style]) { html in
                        html.text(check.state.sign + " ")
                        html.words(check.state.word)
                    }
                    html.text(" ")
                    html.words(check.text)
                    guard let why = check.why else { return }
                    html.element("span", ["class": "why"]) { $0.words(why) }
                }
            }
        }
    }

    func writeFindings(to html: inout HTMLText) {
        html.heading(ReportTexts.findings)
        guard !page.findings.isEmpty else {
            return html.paragraph(ReportTexts.noFindings)
        }
        let columns = [
            ReportTexts.number, ReportTexts.finding, ReportTexts.place, ReportTexts.evidence,
            ReportTexts.mend,
        ]
        html.table(label: ReportTexts.findings, columns: columns, numeric: [0]) { html in
            html.element("tbody") { html in
                for (index, finding) in page.findings.items.enumerated() {
                    html.element("tr") { write(finding, number: index + 1, to: &$0) }
                }
            }
        }
        html.andMore(page.findings.rest)
    }

    private func write(_ finding: ReportFinding, number: Int, to html: inout HTMLText) {
        html.numberCell(number)
        html.element("th", ["scope": "row", "class": "w"]) { html in
            html.words(finding.title)
            html.element("br")
            html.code(finding.code)
        }
        html.element("td", ["class": "w"]) { $0.value(finding.place) }
        html.element("td", ["class": "w"]) { $0.value(finding.evidence) }
        html.element("td", ["class": "w"]) { $0.words(finding.mend) }
    }
}

extension ReportCheck.State {
    var style: String {
        switch self {
        case .passed: "ok-word"
        case .failed: "bad-word"
        case .notDone: "gap-word"
        }
    }

    var sign: String {
        switch self {
        case .passed: "✓"
        case .failed: "✗"
        case .notDone: "–"
        }
    }

    var word: BilingualText {
        switch self {
        case .passed: ReportTexts.passed
        case .failed: ReportTexts.failed
        case .notDone: ReportTexts.notDone
        }
    }
}

extension String {
    /// At most so many characters: one value must not fill the page.
    func clipped(to limit: Int = 400) -> String {
        // A character may be of any length, so its scalars are counted.
        unicodeScalars.count <= limit ? self : String(unicodeScalars.prefix(limit)) + "…"
    }
}
