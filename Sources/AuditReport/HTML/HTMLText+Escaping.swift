extension HTMLText {
    /// Text as it may stand in content and in a quoted attribute.
    ///
    /// Characters that are not seen but change what is seen (controls, direction overrides, zero
    /// widths, line separators) are shown by their numbers: `⟦U+202E⟧`; a line end is `⏎`.
    package static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: needsCare) else { return text }
        var out = ""
        var isAfterReturn = false
        for scalar in text.unicodeScalars {
            defer { isAfterReturn = scalar == "\r" }
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            case "\r": out += "⏎"
            case "\n": out += isAfterReturn ? "" : "⏎"
            case "\t": out += " "
            case _ where isHidden(scalar): out += visible(scalar)
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    private static func needsCare(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x22, 0x26, 0x27, 0x3C, 0x3E: true
        case 0x20...0x7E: false
        default: isHidden(scalar)
        }
    }

    /// The joiners of emoji and of Indic and Persian words stay: they are part of what is seen.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value != 0x200C, scalar.value != 0x200D else { return false }
        if scalar.properties.isNoncharacterCodePoint { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }

    private static func visible(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "⟦U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "⟧"
    }
}
