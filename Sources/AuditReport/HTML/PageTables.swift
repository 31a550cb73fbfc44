import OutreachSchema

extension HTMLText {
    /// From so many columns of words, or of any kind, on a table's rows become blocks on a phone.
    private static let wideFrom = 3
    private static let widestTable = 6

    /// A table; where the screen is narrow its rows become blocks, or its columns shrink.
    ///
    /// - Parameters:
    ///   - label: what a screen reader says of it.
    ///   - numeric: the columns that hold numbers.
    mutating func table(
        label: BilingualText, columns: [BilingualText], numeric: Set<Int> = [],
        _ body: (inout HTMLText) -> Void
    ) {
        element(
            "div",
            [
                "class": "scroll", "tabindex": "0", "role": "region",
                "aria-label": "\(label.en) · \(label.zh)",
            ]
        ) { html in
            let isWide =
                columns.count - numeric.count >= HTMLText.wideFrom
                || columns.count >= HTMLText.widestTable
            html.element("table", isWide ? ["class": "wide"] : [:]) { html in
                html.element("thead") { html in
                    html.element("tr") { html in
                        for (index, column) in columns.enumerated() {
                            html.element(
                                "th",
                                ["scope": "col", "class": numeric.contains(index) ? "n" : "c"]
                            ) { $0.words(column) }
                        }
                    }
                }
                html.cellLabels = isWide ? columns : nil
                body(&html)
                html.cellLabels = nil
            }
        }
    }

    mutating func numberCell(_ number: Int) {
        element("td", ["class": "n"]) { $0.text(NumberWords.grouped(number)) }
    }

    /// Says how many of a list are left out, if any are.
    mutating func andMore(_ rest: Int) {
        guard rest > 0 else { return }
        element("p", ["class": "soft"]) {
            $0.words(ReportTexts.andMore, ["n": NumberWords.grouped(rest)])
        }
    }

    mutating func paragraph(
        _ text: BilingualText, _ values: KeyValuePairs<String, String> = [:],
        style: String = "plain"
    ) {
        element("p", ["class": style]) { $0.words(text, values) }
    }

    /// - Parameter letter: of which of two inputs the section speaks.
    mutating func heading(_ text: BilingualText, of letter: String? = nil) {
        element("h2") { html in
            if let letter { html.text(letter + " · ") }
            html.words(text)
        }
    }

    mutating func subheading(_ text: BilingualText) { element("h3") { $0.words(text) } }
}
