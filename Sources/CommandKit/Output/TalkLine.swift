/// A line of talk, styled as a whole or not at all: what is broken is its words.
struct TalkLine {
    /// The control sequence before it, and the one after it; empty for a plain line.
    private let opening: Substring
    private let words: Substring
    private let closing: Substring

    private static let escape: Character = "\u{1B}"
    private static let reset = "\u{1B}[0m"

    init(_ line: Substring) {
        let isStyled = line.first == Self.escape && line.hasSuffix(Self.reset)
        guard isStyled, let end = line.firstIndex(of: "m") else {
            (opening, words, closing) = ("", line, "")
            return
        }
        let start = line.index(after: end)
        let finish = line.index(line.endIndex, offsetBy: -Self.reset.count)
        guard start <= finish else {
            (opening, words, closing) = ("", line, "")
            return
        }
        opening = line[..<start]
        words = line[start..<finish]
        closing = line[finish...]
    }

    /// Further lines begin two columns in from the first.
    func wrapped(toColumns columns: Int) -> [String] {
        let own = words.prefix { $0 == " " }.count
        return words.wrapped(toColumns: columns, indentation: min(own + 2, columns / 2))
            .map { opening + $0 + closing }
    }
}
