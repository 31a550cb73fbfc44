// What changed within a text, for people.
//
// Words are compared as wholes, and Chinese and Japanese by character, since they have no spaces.
// Tokens are equal when their bytes are: Swift's `==` takes the composed and the decomposed form of
// a character for the same. The longest common subsequence is found by the usual table, which is
// bounded: of two long texts that share little, the whole middle is shown as replaced.
// Source: Wagner and Fischer, "The String-to-String Correction Problem", 1974.

/// One run of a text beside another.
public enum TextMark: Sendable, Equatable {
    case same(String)
    case removed(String)
    case added(String)
}

public enum TextMarks {
    /// Cells of the table: half a megabyte, a few milliseconds.
    static let cellLimit = 250_000

    /// How one text becomes the other.
    public static func marks(from old: String, to new: String) -> [TextMark] {
        let (a, b) = (tokens(old), tokens(new))
        let (first, second) = (a.map { Array($0.utf8) }, b.map { Array($0.utf8) })
        var start = 0
        while start < a.count, start < b.count, first[start] == second[start] { start += 1 }
        var (endA, endB) = (a.count, b.count)
        while endA > start, endB > start, first[endA - 1] == second[endB - 1] {
            endA -= 1
            endB -= 1
        }
        var marks = MarkList()
        for token in a[..<start] { marks.append(.same(token)) }
        if (endA - start) * (endB - start) > cellLimit {
            for token in a[start..<endA] { marks.append(.removed(token)) }
            for token in b[start..<endB] { marks.append(.added(token)) }
        } else {
            addMiddle(a[start..<endA], b[start..<endB], to: &marks)
        }
        for token in a[endA...] { marks.append(.same(token)) }
        return marks.marks
    }

    private static func addMiddle(
        _ a: ArraySlice<String>, _ b: ArraySlice<String>, to marks: inout MarkList
    ) {
        let (a, b) = (Array(a), Array(b))
        let (first, second) = (a.map { Array($0.utf8) }, b.map { Array($0.utf8) })
        let width = b.count + 1
        // Length of the longest common subsequence of what follows.
        var common = [UInt16](repeating: 0, count: (a.count + 1) * width)
        for i in a.indices.reversed() {
            for j in b.indices.reversed() {
                common[i * width + j] =
                    first[i] == second[j]
                    ? common[(i + 1) * width + j + 1] + 1
                    : max(common[(i + 1) * width + j], common[i * width + j + 1])
            }
        }
        var (i, j) = (0, 0)
        while i < a.count || j < b.count {
            if i < a.count, j < b.count, first[i] == second[j] {
                marks.append(.same(a[i]))
                (i, j) = (i + 1, j + 1)
            } else if j == b.count
                || i < a.count && common[(i + 1) * width + j] >= common[i * width + j + 1]
            {
                marks.append(.removed(a[i]))
                i += 1
            } else {
                marks.append(.added(b[j]))
                j += 1
            }
        }
    }

    /// Words, runs of spaces, and every other character by itself.
    private static func tokens(_ text: String) -> [String] {
        var tokens: [String] = []
        var kind = Kind.single
        for character in text {
            let next = Kind(character)
            if next == kind, next != .single, !tokens.isEmpty {
                tokens[tokens.count - 1].append(character)
            } else {
                tokens.append(String(character))
            }
            kind = next
        }
        return tokens
    }

    private enum Kind {
        case word, space, single

        init(_ character: Character) {
            let first = character.unicodeScalars.first?.value ?? 0
            let isIdeograph =
                (0x2E80...0x9FFF).contains(first) || (0xF900...0xFAFF).contains(first)
                || (0x20000...0x3FFFF).contains(first)
            if isIdeograph {
                self = .single
            } else if character.isWhitespace {
                self = .space
            } else {
                self = character.isLetter || character.isNumber ? .word : .single
            }
        }
    }
}

/// Marks with neighbours of one kind joined, what was removed before what was added.
private struct MarkList {
    private(set) var marks: [TextMark] = []

    mutating func append(_ mark: TextMark) {
        switch (marks.last, mark) {
        case (.same(let text)?, .same(let more)): replaceLast(.same(text + more))
        case (.removed(let text)?, .removed(let more)): replaceLast(.removed(text + more))
        case (.added(let text)?, .added(let more)): replaceLast(.added(text + more))
        default: marks.append(mark)
        }
    }

    private mutating func replaceLast(_ mark: TextMark) { marks[marks.count - 1] = mark }
}
