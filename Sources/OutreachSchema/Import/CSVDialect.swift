/// Where a file's records begin and what separates its cells.
struct CSVDialect: Equatable {
    let delimiter: UInt8
    /// Offset and line of the header.
    let start: Int
    let line: Int

    private static let candidates: [UInt8] = [
        UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"),
    ]

    /// A first line `sep=;`, as spreadsheets write it, decides; else the candidate that the first
    /// line with content has most often outside quotes; else the comma.
    init(detecting bytes: [UInt8]) {
        if let announced = Self.announced(bytes) {
            self = announced
            return
        }
        var counts = [Int](repeating: 0, count: Self.candidates.count)
        var isQuoted = false
        var hasContent = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, byte == 0x0A || byte == 0x0D {
                if hasContent { break }
                continue
            }
            hasContent = true
            if !isQuoted, let place = Self.candidates.firstIndex(of: byte) { counts[place] += 1 }
        }
        let most = counts.max() ?? 0
        let place = most > 0 ? counts.firstIndex(of: most) ?? 0 : 0
        self.init(delimiter: Self.candidates[place], start: 0, line: 1)
    }

    private init(delimiter: UInt8, start: Int, line: Int) {
        self.delimiter = delimiter
        self.start = start
        self.line = line
    }

    private static func announced(_ bytes: [UInt8]) -> CSVDialect? {
        guard bytes.starts(with: "sep=".utf8), bytes.count > 5, candidates.contains(bytes[4]),
            let lineEnd = bytes[5...].firstIndex(where: { $0 == 0x0A }),
            lineEnd <= 6
        else { return nil }
        return CSVDialect(delimiter: bytes[4], start: lineEnd + 1, line: 2)
    }
}
