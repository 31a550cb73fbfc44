extension StringProtocol {
    /// The text with everything visible that a terminal would obey.
    ///
    /// A note from another device may hold an escape sequence that clears the screen, a carriage
    /// return that overwrites the line, or an override that turns the text round. Control
    /// characters become their pictures (`␛`), line ends `⏎`, tabs a space, and the rest
    /// `<U+202E>`. Text without any comes back unchanged.
    ///
    /// - Parameter keepsLineEnds: leaves `\n` as it is and takes `\r\n` for it.
    public func sanitised(keepsLineEnds: Bool = false) -> String {
        guard unicodeScalars.contains(where: \.isHarmfulToTerminal) else { return String(self) }
        var text = ""
        var isAfterReturn = false
        for scalar in unicodeScalars {
            if isAfterReturn && scalar != "\n" { text += Self.visible("\r") }
            isAfterReturn = scalar == "\r"
            switch scalar {
            case "\r": continue
            case "\n": text += keepsLineEnds ? "\n" : "⏎"
            case "\t": text += " "
            case _ where scalar.isHarmfulToTerminal: text += Self.visible(scalar)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return isAfterReturn ? text + Self.visible("\r") : text
    }

    private static func visible(_ scalar: Unicode.Scalar) -> String {
        if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) {
            return String(picture)
        }
        if scalar.value == 0x7F { return "␡" }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "<U+" + String(repeating: "0", count: Swift.max(0, 4 - digits.count)) + digits + ">"
    }
}
