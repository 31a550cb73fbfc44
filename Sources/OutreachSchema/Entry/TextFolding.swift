/// The width, case and space differences between input methods that never mean anything.
package enum TextFolding {
    /// Without white space or a byte order mark around it.
    package static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let last = scalars.last,
            isSpace(first) || isSpace(last)
        else { return text }
        guard let start = scalars.firstIndex(where: { !isSpace($0) }),
            let end = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[start...end])
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar == " " || (0x09...0x0D).contains(scalar.value) }
        return scalar.properties.isWhitespace || scalar == "\u{FEFF}"
    }

    /// Full-width ASCII (U+FF01 to U+FF5E) and the ideographic space as their ASCII twins.
    static func halfWidth(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { out.append(halfWidth(scalar)) }
        return String(out)
    }

    static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)!
        case 0x3000, 0xA0: " "
        default: scalar
        }
    }

    /// Half-width, lower case, trimmed: for words, numbers and times.
    static func matchText(_ text: String) -> String {
        trimmed(halfWidth(text)).lowercased()
    }

    /// As `matchText`, with `fire safety`, `fire-safety` and `fire_safety` the same.
    static func matchKey(_ text: String) -> String {
        let plain = matchText(text)
        guard plain.utf8.contains(where: { $0 == 0x20 || $0 == 0x2D }) else { return plain }
        return String(plain.map { $0 == " " || $0 == "-" ? "_" : $0 })
    }

    /// The stored form of a code: half-width, upper case, trimmed.
    static func code(_ text: String) -> String {
        trimmed(halfWidth(text)).uppercased()
    }
}
