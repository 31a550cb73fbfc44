/// The one literal of a text (RFC 8785 §3.2.2.2): raw UTF-8 with the fewest escapes.
enum CanonicalText {
    /// Appends the quoted literal.
    static func append(_ text: String, to out: inout [UInt8]) {
        var copy = text
        copy.withUTF8 { append(UnsafeRawBufferPointer($0), to: &out) }
    }

    /// Appends the quoted literal of raw UTF-8.
    static func append(_ utf8: UnsafeRawBufferPointer, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        var start = 0
        for index in 0..<utf8.count where needsEscape(utf8[index]) {
            out.append(contentsOf: UnsafeRawBufferPointer(rebasing: utf8[start..<index]))
            appendEscape(utf8[index], to: &out)
            start = index + 1
        }
        // A slice would be copied byte by byte.
        out.append(contentsOf: UnsafeRawBufferPointer(rebasing: utf8[start...]))
        out.append(UInt8(ascii: "\""))
    }

    @inline(__always)
    static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x22 || byte == 0x5C
    }

    private static func appendEscape(_ byte: UInt8, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\\"))
        if let short = shortEscape(of: byte) {
            out.append(short)
        } else {
            out.append(contentsOf: "u00".utf8)
            out.append(Hex.digit(byte >> 4))
            out.append(Hex.digit(byte & 15))
        }
    }

    /// The letter after the backslash, for the characters that have a two-character escape.
    static func shortEscape(of byte: UInt8) -> UInt8? {
        switch byte {
        case 0x22, 0x5C: byte
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        default: nil
        }
    }

    /// The text of a canonical literal, quotes included in `literal`.
    static func decode(_ literal: UnsafeRawBufferPointer) -> String {
        let inner = UnsafeRawBufferPointer(rebasing: literal[1..<literal.count - 1])
        guard inner.contains(UInt8(ascii: "\\")) else {
            return String(decoding: inner, as: UTF8.self)
        }
        var out: [UInt8] = []
        var index = 0
        while index < inner.count {
            guard inner[index] == UInt8(ascii: "\\") else {
                out.append(inner[index])
                index += 1
                continue
            }
            let (byte, length) = unescape(inner, at: index + 1)
            out.append(byte)
            index += 1 + length
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The byte that the escape after a backslash stands for, and the escape's length.
    private static func unescape(_ bytes: UnsafeRawBufferPointer, at index: Int) -> (UInt8, Int) {
        switch bytes[index] {
        case UInt8(ascii: "b"): (0x08, 1)
        case UInt8(ascii: "t"): (0x09, 1)
        case UInt8(ascii: "n"): (0x0A, 1)
        case UInt8(ascii: "f"): (0x0C, 1)
        case UInt8(ascii: "r"): (0x0D, 1)
        case UInt8(ascii: "u"):
            (Hex.value(bytes[index + 3])! << 4 | Hex.value(bytes[index + 4])!, 5)
        default: (bytes[index], 1)
        }
    }
}
