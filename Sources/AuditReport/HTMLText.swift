/// HTML that is put together from text: everything that is not markup of ours is escaped.
struct HTMLText {
    private(set) var markup = ""

    /// Appends markup that this program wrote itself.
    mutating func raw(_ text: String) { markup += text }

    /// Appends text of any origin.
    mutating func text(_ text: String) { markup += Self.escaped(text) }

    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
