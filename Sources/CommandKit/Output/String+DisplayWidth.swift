extension Character {
    /// The columns that a terminal gives it. An emoji sequence is one picture, two columns wide.
    var terminalColumns: Int {
        let scalars = unicodeScalars
        guard let first = scalars.first, scalars.count > 1 else {
            return unicodeScalars.first?.terminalColumns ?? 0
        }
        let isPicture =
            first.properties.isEmojiPresentation
            || scalars.contains { $0.value == 0xFE0F }
            || (0x1F1E6...0x1F1FF).contains(first.value)
        return isPicture ? 2 : scalars.reduce(0) { $0 + $1.terminalColumns }
    }
}

extension StringProtocol {
    /// The columns that a terminal needs for the text: 2 for each ideograph, 0 for each mark.
    ///
    /// Control characters count as 0; `sanitised()` first, if the text is data.
    public var displayWidth: Int {
        if utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return utf8.count }
        return reduce(0) { $0 + $1.terminalColumns }
    }

    /// The text cut to `columns`, its end replaced by `…` if something had to go.
    public func truncated(toColumns columns: Int) -> String {
        guard displayWidth > columns else { return String(self) }
        guard columns > 0 else { return "" }
        var kept = ""
        var width = 0
        for character in self {
            width += character.terminalColumns
            guard width <= columns - 1 else { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// The text filled with spaces to `columns`; as it is, if it is wider.
    public func padded(
        toColumns columns: Int, alignment: TextAlignment = .left
    ) -> String {
        let space = String(repeating: " ", count: Swift.max(0, columns - displayWidth))
        return alignment == .left ? self + space : space + self
    }
}
