// Finding numbers that people write in groups.
//
// Problem: "139 1234 5678" and "１３９-1234-5678" are mobile numbers, but "2021-01-05 13:40",
// "12 15 20 33" and "131.12345678" are not, and all are digits with something between.
// Idea: cut the text into runs of digit groups, then try every stretch of whole groups. A stretch
// counts only if it is grouped as people group such numbers: groups of three or more digits, or
// every digit by itself, or an id split at the parts of its birth date; a single full stop is a
// decimal point.

/// Groups of digits with only separators between them, such as `139 1234 5678`.
struct DigitRun {
    private var groups: [[UInt8]] = []
    /// Whether exactly one full stop, and nothing else, stands before the group of that number.
    private var isDecimal: [Bool] = []
    /// Whether the last digit is followed by X: it may be a citizen id's check digit.
    private var endsInX = false

    /// The runs of a text that touch no letter.
    static func runs(in text: String) -> [DigitRun] {
        let scalars = text.unicodeScalars.map(TextFolding.halfWidth)
        var runs: [DigitRun] = []
        var index = 0
        while index < scalars.count {
            guard isDigit(scalars[index]) else {
                index += 1
                continue
            }
            let touchesWord = index > 0 && isWord(scalars[index - 1])
            var run = DigitRun()
            index = run.scan(scalars, from: index)
            if touchesWord { run.dropFirstGroup() }
            runs.append(run)
        }
        return runs
    }

    /// Takes groups in from `start`; returns the index after the run.
    private mutating func scan(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
        var index = start
        var separator = ""
        while true {
            let end = scalars[index...].firstIndex { !Self.isDigit($0) } ?? scalars.count
            groups.append(scalars[index..<end].map { UInt8($0.value - 0x30) })
            isDecimal.append(separator == ".")
            index = end
            let next = scalars[index...].firstIndex { !Self.isSeparator($0) } ?? scalars.count
            guard next < scalars.count, Self.isDigit(scalars[next]), next > index,
                next - index <= Self.separatorLimit
            else { break }
            separator = String(String.UnicodeScalarView(scalars[index..<next]))
            index = next
        }
        endWord(scalars, at: index)
        return index
    }

    /// A letter right after the last group makes it a code; an X that ends the word is a digit.
    private mutating func endWord(_ scalars: [Unicode.Scalar], at index: Int) {
        guard index < scalars.count, Self.isWord(scalars[index]) else { return }
        let isX = scalars[index] == "X" || scalars[index] == "x"
        if isX && (index + 1 == scalars.count || !Self.isWord(scalars[index + 1])) {
            endsInX = true
        } else {
            groups.removeLast()
            isDecimal.removeLast()
        }
    }

    private mutating func dropFirstGroup() {
        guard !groups.isEmpty else { return }
        groups.removeFirst()
        isDecimal.removeFirst()
    }

    /// "139 - 1234" has three; more than that separates two things.
    private static let separatorLimit = 3

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        (0x30...0x39).contains(scalar.value)
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || (scalar.isASCII && scalar.properties.isAlphabetic)
    }

    /// Space, full stop, and the hyphens and dashes of the keyboards in use.
    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20, 0x2D, 0x2E, 0x2010...0x2015, 0x2212: true
        default: false
        }
    }
}

extension DigitRun {
    /// The digits of an id may look like a mobile number as well; they count once.
    var personalData: Set<PersonalData> {
        let ids = stretches(where: isCitizenID)
        let mobiles = stretches(where: isMobileNumber).filter { mobile in
            !ids.contains { $0.overlaps(mobile) }
        }
        var found: Set<PersonalData> = []
        if !ids.isEmpty { found.insert(.citizenID) }
        if !mobiles.isEmpty { found.insert(.mobileNumber) }
        return found
    }

    private func stretches(
        where isNumber: ([UInt8], ClosedRange<Int>) -> Bool
    ) -> [ClosedRange<Int>] {
        var found: [ClosedRange<Int>] = []
        for start in groups.indices {
            var digits: [UInt8] = []
            for end in start..<groups.count {
                digits += groups[end]
                guard digits.count <= Self.longestNumber else { break }
                if isNumber(digits, start...end) { found.append(start...end) }
            }
        }
        return found
    }

    /// Digits of a citizen id.
    private static let longestNumber = 18

    private func isMobileNumber(_ digits: [UInt8], _ stretch: ClosedRange<Int>) -> Bool {
        let prefixes: [[UInt8]] = [[], [8, 6], [0, 0, 8, 6]]
        guard prefixes.contains(digits.dropLast(11)), digits.count >= 11 else { return false }
        let number = digits.suffix(11)
        guard number.first == 1, number.dropFirst().first! >= 3 else { return false }
        return isUsualGrouping(stretch, besides: [])
    }

    private func isCitizenID(_ digits: [UInt8], _ stretch: ClosedRange<Int>) -> Bool {
        let hasX = endsInX && stretch.upperBound == groups.count - 1
        guard digits.count == (hasX ? 17 : 18), isUsualGrouping(stretch, besides: [6, 4, 2, 2])
        else { return false }
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + Int($1.0) * $1.1 }
        let check = (12 - sum % 11) % 11
        return check == (hasX ? 10 : Int(digits[17]))
    }

    /// Whether people would write one number in these groups.
    private func isUsualGrouping(_ stretch: ClosedRange<Int>, besides split: [Int]) -> Bool {
        let lengths = groups[stretch].map(\.count)
        if lengths.count == 2 && isDecimal[stretch.upperBound] { return false }
        let parts = lengths.dropFirst(isCountryCode(stretch) ? 1 : 0)
        return lengths.allSatisfy { $0 == 1 } || parts.allSatisfy { $0 >= 3 }
            || (!split.isEmpty && lengths.starts(with: split))
    }

    /// 86 may stand as a group of its own.
    private func isCountryCode(_ stretch: ClosedRange<Int>) -> Bool {
        groups[stretch.lowerBound] == [8, 6]
    }
}
