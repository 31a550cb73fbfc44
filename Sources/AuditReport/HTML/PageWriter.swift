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
            writeHead(to: &html)
            html.element("body") { html in
                html.raw("\n")
                writeLanguages(to: &html)
                html.element("main") { writeSections(to: &$0) }
            }
            html.raw("\n")
        }
        return ReportPage.signature + html.markup + "\n"
    }

    private func writeHead(to html: inout HTMLText) {
        html.element("head") { html in
            html.raw(
                """
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
                style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="referrer" content="no-referrer">
                <meta name="generator" content="FieldSync sync-audit report">

                """)
            html.element("title") { $0.text(title[page.language]) }
            html.raw("<style>\n")
            html.raw(StyleSheet.text)
            html.raw("</style>")
        }
        html.raw("\n")
    }

    var title: BilingualText {
        isComparison ? ReportTexts.comparisonTitle : ReportTexts.title
    }

    /// Two buttons that the style sheet reads: no script is needed to change the language.
    private func writeLanguages(to html: inout HTMLText) {
        for language in LabelLanguage.allCases {
            html.raw("<input type=\"radio\" name=\"language\" class=\"choice\"")
            html.raw(language == .english ? " id=\"show-en\"" : " id=\"show-zh\"")
            html.raw(language == page.language ? " checked>" : ">")
        }
        html.element("div", ["class": "languages"]) { html in
            for language in LabelLanguage.allCases {
                let target = language == .english ? "show-en" : "show-zh"
                html.element("label", ["for": target, "lang": language.tag]) {
                    $0.text(language.ownName)
                }
            }
        }
        html.raw("\n")
    }

    private func writeSections(to html: inout HTMLText) {
        let sections: [(inout HTMLText) -> Void] = [
            { writeVerdict(to: &$0) }, { writeInputs(to: &$0) }, { writeChecks(to: &$0) },
            { writeFindings(to: &$0) }, { writeDifferences(to: &$0) }, { writeCounts(to: &$0) },
            { writeCoverage(to: &$0) }, { writeLags(to: &$0) }, { writeListings(to: &$0) },
            { writeCommand(to: &$0) },
        ]
        for section in sections {
            html.raw("\n")
            section(&html)
        }
        html.raw("\n")
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
