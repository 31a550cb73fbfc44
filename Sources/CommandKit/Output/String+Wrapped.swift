extension StringProtocol {
    /// Breaks the text into lines of at most `columns`.
    ///
    /// Breaks at spaces, and before any ideograph, but never before closing punctuation (the short
    /// form of UAX #14 that Chinese help texts need). A word wider than the line stays whole.
    ///
    /// - Parameter indentation: the spaces before each line but the first, whose own are kept.
    public func wrapped(toColumns columns: Int, indentation: Int = 0) -> [String] {
        guard displayWidth > columns, columns > indentation + 2 else { return [String(self)] }
        let margin = String(repeating: " ", count: indentation)
        var lines: [String] = []
        var line = String(prefix { $0 == " " })
        var hasWords = false
        for word in dropFirst(line.count).unbreakableRuns() {
            let ink = word.reversed().drop { $0 == " " }.reversed()
            if hasWords && line.displayWidth + String(ink).displayWidth > columns {
                lines.append(line.withoutTrailingSpaces)
                line = margin
            }
            line += word
            hasWords = true
        }
        return lines + [line.withoutTrailingSpaces]
    }

    private var withoutTrailingSpaces: String {
        String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
    }

    /// The parts between which a line may break, each with the spaces after it.
    private func unbreakableRuns() -> [String] {
        var runs: [String] = []
        var previous: Character = " "
        for character in self {
            let isBreak =
                character != " " && !character.isClosing && !previous.isOpening
                && (previous == " " || character.terminalColumns == 2
                    || previous.terminalColumns == 2)
            if isBreak || runs.isEmpty {
                runs.append(String(character))
            } else {
                runs[runs.count - 1].append(character)
            }
            previous = character
        }
        return runs
    }
}

extension Character {
    fileprivate var isClosing: Bool { "，。、；：？！）」』》】”’…,.;:?!)]}'".contains(self) }
    fileprivate var isOpening: Bool { "（「『《【“‘([{'".contains(self) }
}
