/// How a file spells its characters, found from its bytes.
///
/// A byte order mark decides; else what is valid UTF-8 is UTF-8; else GB 18030 is tried, which
/// spreadsheets on Chinese systems write.
public enum TextEncoding: String, Sendable {
    case utf8 = "UTF-8"
    case utf8WithMark = "UTF-8 with BOM"
    case utf16 = "UTF-16"
    case gb18030 = "GB18030"

    /// The text as UTF-8 without a byte order mark; nil if it is in none of the encodings.
    static func decode(_ bytes: [UInt8]) -> (encoding: TextEncoding, text: [UInt8])? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            let rest = Array(bytes[3...])
            return isUTF8(rest) ? (.utf8WithMark, rest) : nil
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return decodeUTF16(bytes).map { (.utf16, $0) }
        }
        if isUTF8(bytes) { return (.utf8, bytes) }
        return GB18030Decoder.decode(bytes).map { (.gb18030, $0) }
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }

    private static func decodeUTF16(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        let isBigEndian = bytes[0] == 0xFE
        let units = stride(from: 2, to: bytes.count, by: 2).map { index in
            let pair = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBigEndian ? pair.0 << 8 | pair.1 : pair.1 << 8 | pair.0
        }
        return String(validating: units, as: UTF16.self).map { Array($0.utf8) }
    }
}
