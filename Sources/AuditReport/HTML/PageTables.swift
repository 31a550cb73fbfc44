import OutreachSchema

extension HTMLText {
    /// A table that scrolls sideways by itself where the screen is narrow.
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
            html.element("table") { html in
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
                body(&html)
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
