/// Reads JSON text into a tree: RFC 8259, with duplicate keys, deep nesting, U+0000 and lone
/// surrogates refused. White space and any key order are allowed.
///
/// Work and memory are linear in the input; recursion is bounded by the depth limit.
public struct JSONParser {
    private let bytes: [UInt8]
    private var index = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// - Throws: `JSONError` with the offset of the first fault.
    public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes)
        let value = try parser.readValue(depth: 0)
        parser.skipSpace()
        guard parser.index == bytes.count else { throw parser.error(.malformed) }
        return value
    }

    private func error(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason, offset: index)
    }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            index += 1
        }
    }

    private mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard current == byte else { throw error(.malformed) }
        index += 1
    }

    private mutating func readValue(depth: Int) throws(JSONError) -> JSONValue {
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): return try readObject(depth: depth + 1)
        case UInt8(ascii: "["): return try readArray(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", as: .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", as: .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", as: .null)
        default: return .number(try readNumber())
        }
    }

    private mutating func readWord(
        _ word: StaticString, as value: JSONValue
    ) throws(JSONError) -> JSONValue {
        for offset in 0..<word.utf8CodeUnitCount { try expect(word.utf8Start[offset]) }
        return value
    }

    private mutating func readObject(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= CanonicalJSON.depthLimit else { throw error(.tooDeep) }
        index += 1
        var members: [String: JSONValue] = [:]
        skipSpace()
        if current == UInt8(ascii: "}") {
            index += 1
            return .object(members)
        }
        while true {
            skipSpace()
            let start = index
            let key = try readString()
            skipSpace()
            try expect(UInt8(ascii: ":"))
            let value = try readValue(depth: depth)
            guard members.updateValue(value, forKey: key) == nil else {
                throw JSONError(.duplicateKey, offset: start)
            }
            skipSpace()
            if current == UInt8(ascii: "}") {
                index += 1
                return .object(members)
            }
            try expect(UInt8(ascii: ","))
        }
    }

    private mutating func readArray(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= CanonicalJSON.depthLimit else { throw error(.tooDeep) }
        index += 1
        var items: [JSONValue] = []
        skipSpace()
        if current == UInt8(ascii: "]") {
            index += 1
            return .array(items)
        }
        while true {
            items.append(try readValue(depth: depth))
            skipSpace()
            if current == UInt8(ascii: "]") {
                index += 1
                return .array(items)
            }
            try expect(UInt8(ascii: ","))
        }
    }

    private mutating func readNumber() throws(JSONError) -> Double {
        let start = index
        if current == UInt8(ascii: "-") { index += 1 }
        let firstDigit = current
        guard skipDigits() > 0 else { throw error(.malformed) }
        if firstDigit == UInt8(ascii: "0"), bytes[index - 1] != firstDigit || digitsBefore() > 1 {
            throw error(.malformed)
        }
        if current == UInt8(ascii: ".") {
            index += 1
            guard skipDigits() > 0 else { throw error(.malformed) }
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            index += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
            guard skipDigits() > 0 else { throw error(.malformed) }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard let number = Double(text), number.isFinite else { throw error(.malformed) }
        return number == 0 ? 0 : number
    }

    /// Digits directly before the reader: tells `0` from `00`.
    private func digitsBefore() -> Int {
        bytes[..<index].reversed().prefix { $0 >= 0x30 && $0 <= 0x39 }.count
    }

    private mutating func skipDigits() -> Int {
        let start = index
        while let byte = current, byte >= 0x30, byte <= 0x39 { index += 1 }
        return index - start
    }

    private mutating func readString() throws(JSONError) -> String {
        try expect(UInt8(ascii: "\""))
        let start = index
        var out: [UInt8] = []
        var plainStart = index
        while true {
            guard let byte = current else { throw error(.malformed) }
            if byte == UInt8(ascii: "\"") { break }
            guard byte >= 0x20 else { throw error(.malformed) }
            index += 1
            if byte == UInt8(ascii: "\\") {
                out += bytes[plainStart..<index - 1]
                try readEscape(into: &out)
                plainStart = index
            }
        }
        out += bytes[plainStart..<index]
        index += 1
        guard let text = String(validating: out, as: UTF8.self), !out.contains(0) else {
            throw JSONError(.badText, offset: start)
        }
        return text
    }

    private mutating func readEscape(into out: inout [UInt8]) throws(JSONError) {
        guard let letter = current else { throw error(.malformed) }
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(letter)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "u"): try readUnicodeEscape(into: &out)
        default: throw error(.malformed)
        }
    }

    private mutating func readUnicodeEscape(into out: inout [UInt8]) throws(JSONError) {
        var code = UInt32(try readFourHexDigits())
        if code >= 0xD800, code < 0xDC00, current == UInt8(ascii: "\\") {
            index += 1
            try expect(UInt8(ascii: "u"))
            let low = UInt32(try readFourHexDigits())
            guard low >= 0xDC00, low < 0xE000 else { throw error(.badText) }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw error(.badText) }
        out.append(contentsOf: Array(String(Character(scalar)).utf8))
    }

    private mutating func readFourHexDigits() throws(JSONError) -> UInt16 {
        var code: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { throw error(.malformed) }
            code = code << 4 | UInt16(digit)
            index += 1
        }
        return code
    }
}
