import OutreachSchema

/// HTML that is put together from text: everything that is not markup of ours is escaped.
package struct HTMLText {
    private(set) var markup = ""
    /// The columns of the table that is being written, where each cell repeats what it is.
    var cellLabels: [BilingualText]?
    /// Of the next cell in its row.
    private var column = 0

    /// Appends markup that this program wrote itself.
    mutating func raw(_ text: StaticString) { markup += "\(text)" }

    /// Appends text of any origin.
    mutating func text(_ text: String) { markup += Self.escaped(text) }

    /// Appends a value of any origin, so that its direction does not reach the text around it.
    mutating func value(_ text: String) {
        markup += "<bdi>" + Self.escaped(text) + "</bdi>"
    }

    /// Appends a value that is said in two languages; clipped.
    mutating func value(_ text: BilingualText) {
        let both = BilingualText(en: text.en.clipped(), zh: text.zh.clipped())
        guard both.en != both.zh else { return value(both.en) }
        element("bdi") {
            $0.words(BilingualText(en: "{text}", zh: "{text}"), bilingual: ["text": both])
        }
    }

    /// Appends an identifier, hash or path: a value in letters of one width.
    mutating func code(_ text: String) {
        markup += "<bdi class=\"code\">" + Self.escaped(text) + "</bdi>"
    }

    /// Appends an element without content.
    mutating func element(_ name: StaticString, _ attributes: Attributes = [:]) {
        open(name, attributes)
        if !Self.isVoid(name) { markup += "</\(name)>" }
    }

    /// Appends an element; attribute values may be of any origin.
    mutating func element(
        _ name: StaticString, _ attributes: Attributes = [:], _ content: (inout HTMLText) -> Void
    ) {
        open(name, attributes)
        content(&self)
        markup += "</\(name)>"
    }

    typealias Attributes = KeyValuePairs<StaticString, String>

    private mutating func open(_ name: StaticString, _ attributes: Attributes) {
        markup += "<\(name)"
        for (attribute, value) in attributes {
            markup += " \(attribute)=\"" + Self.escaped(value) + "\""
        }
        markup += ">"
        label("\(name)")
    }

    /// A wide table's rows are blocks on a phone: then the heading of a column is no help.
    private mutating func label(_ name: String) {
        guard let labels = cellLabels else { return }
        if name == "tr" { column = 0 }
        guard name == "td" || name == "th" else { return }
        defer { column += 1 }
        guard column > 0, column < labels.count else { return }
        let text = labels[column]
        cellLabels = nil
        element("span", ["class": "label"]) { $0.words(text) }
        cellLabels = labels
    }

    private static func isVoid(_ name: StaticString) -> Bool {
        ["meta", "input", "br"].contains("\(name)")
    }
}

extension HTMLText {
    /// Appends a text of ours in both languages, of which the page shows one.
    ///
    /// - Parameter values: what replaces each `{name}`; of any origin.
    mutating func words(
        _ text: BilingualText, _ values: KeyValuePairs<String, String> = [:]
    ) {
        for language in LabelLanguage.allCases {
            element("span", ["class": "t", "lang": language.tag]) { html in
                html.fill(text[language], values)
            }
            // Without the style sheet both are read, one after the other.
            if language == .english { markup += " " }
        }
    }

    /// Appends a text of ours in both languages whose values are in two languages, too.
    mutating func words(
        _ text: BilingualText, bilingual values: KeyValuePairs<String, BilingualText>
    ) {
        for language in LabelLanguage.allCases {
            element("span", ["class": "t", "lang": language.tag]) { html in
                let chosen = values.map { (key: $0.key, value: $0.value[language]) }
                html.fill(text[language], chosen)
            }
            if language == .english { markup += " " }
        }
    }

    private mutating func fill(
        _ template: String, _ values: some Collection<(key: String, value: String)>
    ) {
        var rest = template[...]
        while let start = rest.firstIndex(of: "{") {
            text(String(rest[..<start]))
            rest = rest[rest.index(after: start)...]
            guard let end = rest.firstIndex(of: "}") else { break }
            let name = rest[..<end]
            if let found = values.first(where: { $0.key == name }) { value(found.value) }
            rest = rest[rest.index(after: end)...]
        }
        text(String(rest))
    }
}

extension LabelLanguage {
    /// The language tag of BCP 47.
    var tag: String { self == .chinese ? "zh-Hans" : "en" }

    /// What its speakers call it.
    var ownName: String { self == .chinese ? "简体中文" : "English" }
}
