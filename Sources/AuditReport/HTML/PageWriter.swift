import OutreachSchema

/// Writes a page, one section after another; each is in a file of `Sections`.
struct PageWriter {
    let page: ReportPage

    init(_ page: ReportPage) {
        self.page = page
    }

    var isComparison: Bool { page.inputs.count > 1 }

    /// `A` or `B`; nil where there is one input only.
    func letter(_ input: Int) -> String? {
        isComparison ? (input == 0 ? "A" : "B") : nil
    }

    func written() -> String {
        var html = HTMLText()
        html.element("html", ["lang": page.language.tag]) { html in
            html.raw("\n")
            PageShell.writeHead(
                title: title[page.language], generator: "FieldSync sync-audit report", to: &html)
            html.element("body") { html in
                html.raw("\n")
                PageShell.writeLanguages(page.language, to: &html)
                html.element("main") { writeSections(to: &$0) }
            }
            html.raw("\n")
        }
        return ReportPage.signature + html.markup + "\n"
    }

    var title: BilingualText {
        isComparison ? ReportTexts.comparisonTitle : ReportTexts.title
    }

    private func writeSections(to html: inout HTMLText) {
        let sections: [(inout HTMLText) -> Void] = [
            { writeVerdict(to: &$0) }, { writeNotChecked(to: &$0) }, { writeFindings(to: &$0) },
            { writeDifferences(to: &$0) }, { writeCounts(to: &$0) }, { writeCoverage(to: &$0) },
            { writeLags(to: &$0) }, { writeListings(to: &$0) }, { writeScope(to: &$0) },
        ]
        for section in sections {
            html.raw("\n")
            section(&html)
        }
        html.raw("\n")
    }

    /// What was checked, in which files, and how to do it again: on paper side by side.
    private func writeScope(to html: inout HTMLText) {
        html.element("div", ["class": "halves"]) { html in
            html.element("div") { html in
                writeChecked(to: &html)
                writeCommand(to: &html)
            }
            html.element("div") { writeInputs(to: &$0) }
        }
    }

    /// `2021-01-05 21:40`, in the space's zone.
    func time(_ milliseconds: Int64) -> String {
        // Years that the calendar does not have would not be read as dates.
        guard (0...253_402_214_400_000).contains(milliseconds) else {
            return "\(milliseconds) ms"
        }
        return "\(page.zone.localTime(atUTCSeconds: milliseconds / 1_000))"
    }
}
