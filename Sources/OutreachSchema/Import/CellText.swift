/// What is in a cell besides its meaning: characters that are not seen, units, separators.
enum CellText {
    /// Without zero-width characters, half-width, lower case, trimmed.
    static func matchText(_ text: String) -> String {
        TextFolding.matchText(visible(text))
    }

    /// Zero-width characters come along with what was copied from a chat or a page.
    static func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isInvisible) else { return text }
        var out = String.UnicodeScalarView()
        out.append(contentsOf: text.unicodeScalars.filter { !isInvisible($0) })
        return String(out)
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F: true
        default: false
        }
    }

    private static let units: Set<Character> = [
        "人", "名", "位", "个", "個", "份", "次", "张", "張", "处", "處", "条", "條", "元",
    ]

    /// `1,234` and `３人` as plain digits; other texts as they are.
    static func number(_ text: String) -> String {
        var plain = matchText(text)
        if let last = plain.last, units.contains(last) {
            plain = TextFolding.trimmed(String(plain.dropLast()))
        }
        let parts = plain.split(separator: ",", omittingEmptySubsequences: false)
        let isGrouped =
            parts.count > 1 && (1...3).contains(parts[0].count)
            && parts.dropFirst().allSatisfy { $0.prefix { $0 != "." }.count == 3 }
        return isGrouped ? parts.joined() : plain
    }

    private static let totals: Set<String> = [
        "合计", "总计", "小计", "共计", "汇总", "total", "totals", "sum", "subtotal", "grandtotal",
    ]

    /// Whether a cell begins a row of totals.
    static func isTotal(_ text: String) -> Bool {
        let plain = TraditionalFolding.simplified(matchText(text))
            .filter { $0 != " " && $0 != ":" && $0 != "：" }
        return totals.contains(plain)
    }

    /// A title as it is compared: without stars, notes in brackets, spaces and line breaks.
    static func title(_ text: String) -> String {
        var plain = TraditionalFolding.simplified(matchText(text))
        for note in ["(必填)", "(required)", "(选填)", "(optional)"] {
            plain = plain.replacing(note, with: "")
        }
        plain.removeAll { character in
            character == "*" || character == ":" || character == "\t" || character.isNewline
        }
        return TextFolding.matchKey(plain)
    }
}
