// The first letters of the readings of ideographs, for typing with few keys: 南大街 is ndj.
//
// Problem: readings need a dictionary of megabytes.
// Idea: the 3,755 ideographs of GB 2312's first level stand in the order of their readings, so that
// 23 boundaries tell the first letter of each. Rarer ideographs have none here, and readings that
// depend on the word are those of the ideograph alone. Source: GB/T 2312-1980, rows 16 to 55.

/// The first letters of ideographs.
public enum PinyinInitials {
    /// The first code of each letter; there are no readings in i, u and v.
    private static let firstCodes: [(UInt16, Character)] = [
        (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"),
        (0xB8C1, "g"), (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"),
        (0xC4C3, "n"), (0xC5B6, "o"), (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"),
        (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"), (0xD1B9, "y"), (0xD4D1, "z"),
    ]
    private static let lastCode: UInt16 = 0xD7F9

    private static let initialByScalar: [Unicode.Scalar: Character] = {
        var initials: [Unicode.Scalar: Character] = [:]
        let tables = GB18030Tables.shared
        for (index, (first, letter)) in firstCodes.enumerated() {
            let end = index + 1 < firstCodes.count ? firstCodes[index + 1].0 : lastCode + 1
            for code in first..<end where code & 0xFF >= 0xA1 && code & 0xFF != 0xFF {
                let bytes = [UInt8(code >> 8), UInt8(code & 0xFF)]
                guard let scalar = tables.scalar(in: bytes, at: 0)?.0 else { continue }
                initials[scalar] = letter
            }
        }
        return initials
    }()

    /// The initials of the ideographs, and letters and digits as they are, in lower case. Characters
    /// without an initial are left out.
    public static func of(_ text: String) -> String {
        var out = ""
        for scalar in TextFolding.matchText(text).unicodeScalars {
            if scalar.isASCII {
                if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                    out.unicodeScalars.append(scalar)
                }
            } else if let initial = initialByScalar[scalar] {
                out.append(initial)
            }
        }
        return out
    }

    /// Whether letters may be initials: two at least, so that one letter is a word's beginning.
    static func areInitials(_ text: String) -> Bool {
        text.utf8.count >= 2 && text.utf8.allSatisfy { (0x61...0x7A).contains($0) }
    }
}
