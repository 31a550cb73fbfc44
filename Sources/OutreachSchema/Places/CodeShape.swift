/// A code taken apart: `NDJ-014` is the letters `NDJ` and the number 14.
struct CodeShape: Hashable {
    /// All before the last run of digits, without separators.
    let letters: String
    /// The last run of digits, if the code ends with one; without leading zeros.
    let number: String?

    /// - Parameter code: as `TextFolding.code` gives it.
    init(_ code: String) {
        let digits = code.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
        let rest = code.dropLast(digits.count)
        letters = String(rest.filter { !"-_./ ".contains($0) })
        let significant = digits.drop { $0 == "0" }
        number = digits.isEmpty ? nil : significant.isEmpty ? "0" : String(significant)
    }

    /// The code with what looks alike made alike, and no separators: for the nearest ones.
    static func lookalike(_ code: String) -> String {
        var out = ""
        for character in code where !"-_./ ".contains(character) {
            switch character {
            case "O", "Q": out.append("0")
            case "I", "L": out.append("1")
            case "Z": out.append("2")
            case "S": out.append("5")
            case "B": out.append("8")
            default: out.append(character)
            }
        }
        return out
    }
}
