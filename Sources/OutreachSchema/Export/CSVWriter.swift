/// Writes CSV that spreadsheets open as it is meant: UTF-8 with a byte order mark, RFC 4180, CRLF.
///
/// A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV
/// Injection"). Importing takes it off again, so that a file comes back as it went.
public struct CSVWriter: Sendable {
    /// What was written and not taken away.
    public private(set) var bytes: [UInt8]

    public enum Cell: Sendable, Hashable {
        /// What a person wrote: guarded against being run as a formula.
        case text(String)
        /// Numbers, times and the like, made by the program: written as it is.
        case literal(String)
    }

    public init() {
        bytes = [0xEF, 0xBB, 0xBF]
    }

    public mutating func append(_ cells: [Cell]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch cell {
            case .text(let text): append(Self.guarded(text))
            case .literal(let text): append(text)
            }
        }
        bytes.append(contentsOf: [0x0D, 0x0A])
    }

    /// What was written since the last time, to be put elsewhere.
    public mutating func takeBytes() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    private mutating func append(_ cell: String) {
        let needsQuotes = cell.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ";")
                || byte < 0x20
        }
        guard needsQuotes else {
            bytes.append(contentsOf: cell.utf8)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in cell.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Begins with = + - @ tab or CR, or with apostrophes before one of them.
    private static func isRisky(_ text: String) -> Bool {
        guard let byte = text.utf8.first(where: { $0 != UInt8(ascii: "'") }) else { return false }
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09,
            0x0D:
            return true
        default: return false
        }
    }

    /// The text with an apostrophe before it, if a spreadsheet might run it.
    public static func guarded(_ text: String) -> String { isRisky(text) ? "'" + text : text }

    /// The cell as it was before `append` guarded it.
    static func withoutGuard(_ cell: String) -> String {
        cell.utf8.first == UInt8(ascii: "'") && isRisky(cell) ? String(cell.dropFirst()) : cell
    }
}
