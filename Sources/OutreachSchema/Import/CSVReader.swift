// Reading CSV that people's spreadsheets wrote.
//
// Problem: one stray quotation mark may swallow the rest of a file into one cell, and then the
// rest of the rows is lost without a word.
// Idea: RFC 4180 is read strictly where quotes are concerned: after a closing quote only a
// delimiter, a line break or the end may come, and a quoted cell has a limit. Where that fails,
// the one physical line is handed out as broken, and reading goes on with the next line.

/// One record of a file.
struct CSVRecord: Equatable {
    /// Line of the file on which it starts, from 1.
    let line: Int
    let cells: [String]
    /// The quotation marks did not pair up: `cells` is the raw line, cut at delimiters.
    var isBroken = false

    var isBlank: Bool { cells.allSatisfy(\.isEmpty) }
}

/// Reads UTF-8 text record by record; line breaks are CRLF, LF or CR.
struct CSVReader {
    private let bytes: [UInt8]
    private let delimiter: UInt8
    private var index: Int
    private var line: Int

    /// A quoted cell that is longer was never closed: four times the largest text of the protocol.
    static let quotedCellLimitBytes = 65_536

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D

    /// - Parameters:
    ///   - start: offset of the first record, after a `sep=` line.
    ///   - line: number of the line at that offset.
    init(_ bytes: [UInt8], delimiter: UInt8, from start: Int = 0, line: Int = 1) {
        self.bytes = bytes
        self.delimiter = delimiter
        index = start
        self.line = line
    }

    /// Nil at the end. Blank lines come out as records with one empty cell.
    mutating func next() -> CSVRecord? {
        guard index < bytes.count else { return nil }
        let start = (index: index, line: line)
        var cells: [String] = []
        repeat {
            guard let cell = readCell() else {
                (index, line) = start
                return readBrokenLine()
            }
            cells.append(cell)
        } while takeDelimiter()
        takeLineBreak()
        return CSVRecord(line: start.line, cells: cells)
    }

    private mutating func takeDelimiter() -> Bool {
        guard index < bytes.count, bytes[index] == delimiter else { return false }
        index += 1
        return true
    }

    private mutating func takeLineBreak() {
        guard index < bytes.count else { return }
        if bytes[index] == Self.carriageReturn { index += 1 }
        if index < bytes.count, bytes[index] == Self.lineFeed { index += 1 }
        line += 1
    }

    private func isEnd(_ position: Int) -> Bool {
        position == bytes.count || bytes[position] == delimiter
            || bytes[position] == Self.lineFeed || bytes[position] == Self.carriageReturn
    }

    private mutating func readCell() -> String? {
        if index < bytes.count, bytes[index] == Self.quote { return readQuotedCell() }
        let start = index
        while !isEnd(index) { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// Nil if the cell is not closed, or something follows its closing quote.
    private mutating func readQuotedCell() -> String? {
        var content: [UInt8] = []
        let limit = min(bytes.count, index + Self.quotedCellLimitBytes)
        index += 1
        while index < limit {
            let byte = bytes[index]
            if byte == Self.quote {
                index += 1
                guard index < bytes.count, bytes[index] == Self.quote else { return close(content) }
            } else if byte == Self.lineFeed {
                line += 1
            } else if byte == Self.carriageReturn {
                line += index + 1 < bytes.count && bytes[index + 1] == Self.lineFeed ? 0 : 1
            }
            content.append(byte)
            index += 1
        }
        return nil
    }

    /// Spaces after the closing quote are let pass.
    private mutating func close(_ content: [UInt8]) -> String? {
        while index < bytes.count, bytes[index] == 0x20 { index += 1 }
        return isEnd(index) ? String(decoding: content, as: UTF8.self) : nil
    }

    private mutating func readBrokenLine() -> CSVRecord {
        let start = (index: index, line: line)
        while index < bytes.count, bytes[index] != Self.lineFeed,
            bytes[index] != Self.carriageReturn
        {
            index += 1
        }
        let raw = bytes[start.index..<index]
        takeLineBreak()
        let cells = raw.split(separator: delimiter, omittingEmptySubsequences: false)
        return CSVRecord(
            line: start.line, cells: cells.map { String(decoding: $0, as: UTF8.self) },
            isBroken: true)
    }
}
