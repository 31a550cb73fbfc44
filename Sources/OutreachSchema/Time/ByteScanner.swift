/// A cursor over the UTF-8 of a short text, for the grammars of dates and times.
///
/// Each step takes what it names and says whether it was there; nothing is taken otherwise.
struct ByteScanner {
    private let bytes: [UInt8]
    private(set) var index = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { index == bytes.count }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// A run of ASCII digits whose length lies in `lengths`.
    mutating func digits(_ lengths: ClosedRange<Int>) -> Int? {
        var number = 0
        var end = index
        while end < bytes.count, end - index <= lengths.upperBound, isDigit(bytes[end]) {
            number = number * 10 + Int(bytes[end] - 0x30)
            end += 1
        }
        guard lengths.contains(end - index) else { return nil }
        index = end
        return number
    }

    /// The digits after a decimal point are checked and left out: times are kept to the second.
    mutating func skipFraction() -> Bool {
        guard takeAny(".,") else { return true }
        let start = index
        while let byte = current, isDigit(byte) { index += 1 }
        return index > start
    }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    mutating func take(_ word: String) -> Bool {
        guard bytes[index...].starts(with: word.utf8) else { return false }
        index += word.utf8.count
        return true
    }

    /// One of the ASCII characters of `characters`.
    mutating func takeAny(_ characters: StaticString) -> Bool {
        guard let byte = current else { return false }
        let choices = UnsafeBufferPointer(
            start: characters.utf8Start, count: characters.utf8CodeUnitCount)
        guard choices.contains(byte) else { return false }
        index += 1
        return true
    }

    mutating func skipSpaces() {
        while current == 0x20 { index += 1 }
    }
}
