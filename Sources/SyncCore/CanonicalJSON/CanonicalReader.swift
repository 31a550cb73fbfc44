// The hot path's reader.
//
// Problem: a batch of 1,000 changes must be checked for form, depth and limits, and then its
// fields stored. A tree of Swift values costs several times what SQLite needs for the same rows.
// Idea: the wire form is canonical (RFC 8785), so the bytes of a value are the value. One pass
// checks them and hands out byte ranges, which are sliced into rows and hashes as they are.

/// A pull reader over canonical JSON: checks that every byte is as RFC 8785 would write it and
/// returns ranges of the input.
///
/// The caller says what it expects next; anything else throws. The buffer must outlive the
/// reader. Depth is bounded by `CanonicalJSON.depthLimit`.
public struct CanonicalReader {
    public let bytes: UnsafeRawBufferPointer
    /// Offset of the next unread byte.
    public private(set) var index: Int
    private var depth: Int

    /// - Parameter depth: objects and arrays around what is read.
    public init(_ bytes: UnsafeRawBufferPointer, from index: Int = 0, depth: Int = 0) {
        self.bytes = bytes
        self.index = index
        self.depth = depth
    }

    public func error(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason, offset: index)
    }

    public var isAtEnd: Bool { index == bytes.count }

    /// The next byte without taking it; 0 at the end.
    @inline(__always)
    public var peek: UInt8 { index < bytes.count ? bytes[index] : 0 }

    @inline(__always)
    public mutating func take(_ byte: UInt8) throws(JSONError) {
        guard index < bytes.count, bytes[index] == byte else { throw error(.notCanonical) }
        index += 1
    }

    /// Goes one level into an object or array.
    @inline(__always)
    private mutating func enter(_ opening: UInt8) throws(JSONError) {
        try take(opening)
        depth += 1
        guard depth <= CanonicalJSON.depthLimit else { throw error(.tooDeep) }
    }

    public mutating func beginObject() throws(JSONError) { try enter(UInt8(ascii: "{")) }

    public mutating func beginArray() throws(JSONError) { try enter(UInt8(ascii: "[")) }

    /// Moves to the next member and returns the range of its key without quotes, or nil at the
    /// closing brace. `previous` is the key before (nil at first): keys must rise in byte order.
    public mutating func nextKey(after previous: Range<Int>?) throws(JSONError) -> Range<Int>? {
        if peek == UInt8(ascii: "}") {
            index += 1
            depth -= 1
            return nil
        }
        if previous != nil { try take(UInt8(ascii: ",")) }
        let quoted = try readText()
        let key = quoted.lowerBound + 1..<quoted.upperBound - 1
        guard slice(key).allSatisfy({ $0 < 0x80 }) else { throw error(.badText) }
        if let previous {
            guard isRising(previous, key) else {
                throw error(
                    bytes[previous].elementsEqual(bytes[key]) ? .duplicateKey : .notCanonical)
            }
        }
        try take(UInt8(ascii: ":"))
        return key
    }

    /// Moves to the next item of an array; false at the closing bracket.
    public mutating func nextItem(isFirst: Bool) throws(JSONError) -> Bool {
        if peek == UInt8(ascii: "]") {
            index += 1
            depth -= 1
            return false
        }
        if !isFirst { try take(UInt8(ascii: ",")) }
        return true
    }

    /// Keys rise in the bytes of their text; only keys with escapes need to be unescaped first.
    private func isRising(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
        let backslash = UInt8(ascii: "\\")
        if slice(first).contains(backslash) || slice(second).contains(backslash) {
            let texts = [first, second].map {
                CanonicalText.decode(slice($0.lowerBound - 1..<$0.upperBound + 1))
            }
            return texts[0].utf8.lexicographicallyPrecedes(texts[1].utf8)
        }
        let shared = min(first.count, second.count)
        for offset in 0..<shared {
            let a = bytes[first.lowerBound + offset]
            let b = bytes[second.lowerBound + offset]
            if a != b { return a < b }
        }
        return first.count < second.count
    }

    /// A text literal; the range includes the quotes.
    public mutating func readText() throws(JSONError) -> Range<Int> {
        let start = index
        try take(UInt8(ascii: "\""))
        while index < bytes.count {
            skipPlain()
            guard index < bytes.count else { break }
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                index += 1
                return start..<index
            }
            if byte == UInt8(ascii: "\\") {
                try readEscape()
            } else if byte < 0x20 {
                throw error(.malformed)
            } else if byte < 0x80 {
                index += 1
            } else {
                try readMultibyte(byte)
            }
        }
        throw error(.malformed)
    }

    /// Passes over characters of ASCII that stand for themselves, eight at a time.
    @inline(__always)
    private mutating func skipPlain() {
        let (ones, highs) = (0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64)
        while index + 8 <= bytes.count {
            let word = UInt64(
                littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            // The lowest high bit that is set marks the first byte that is no such character:
            // a quote, a backslash, below a space, or above ASCII.
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            let marked =
                (word | (quote &- ones) & ~quote | (backslash &- ones) & ~backslash
                    | (word &- ones &* 0x20) & ~word) & highs
            guard marked == 0 else {
                index += marked.trailingZeroBitCount / 8
                return
            }
            index += 8
        }
    }

    /// One escape in its canonical form.
    private mutating func readEscape() throws(JSONError) {
        index += 1
        switch peek {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "t"),
            UInt8(ascii: "n"), UInt8(ascii: "f"), UInt8(ascii: "r"):
            index += 1
        case UInt8(ascii: "u"):
            guard index + 5 <= bytes.count, bytes[index + 1] == 0x30, bytes[index + 2] == 0x30,
                let high = Hex.value(bytes[index + 3]), let low = Hex.value(bytes[index + 4])
            else { throw error(.notCanonical) }
            let code = high << 4 | low
            guard code > 0 else { throw error(.badText) }
            guard code < 0x20, CanonicalText.shortEscape(of: code) == nil else {
                throw error(.notCanonical)
            }
            index += 5
        default: throw error(.notCanonical)
        }
    }

    /// One UTF-8 sequence of two to four bytes (Unicode 15, table 3-7).
    @inline(__always)
    private mutating func readMultibyte(_ first: UInt8) throws(JSONError) {
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, low) = (3, 0xA0)
        case 0xED: (length, high) = (3, 0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, low) = (4, 0x90)
        case 0xF4: (length, high) = (4, 0x8F)
        case 0xF1...0xF3: length = 4
        default: throw error(.badText)
        }
        guard index + length <= bytes.count, bytes[index + 1] >= low, bytes[index + 1] <= high
        else { throw error(.badText) }
        for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 {
            throw error(.badText)
        }
        index += length
    }

    /// A number literal.
    public mutating func readNumber() throws(JSONError) -> Range<Int> {
        let start = index
        while index < bytes.count, isNumberCharacter(bytes[index]) { index += 1 }
        let literal = UnsafeRawBufferPointer(rebasing: bytes[start..<index])
        guard CanonicalNumber.isCanonical(literal) else {
            throw JSONError(start == index ? .malformed : .notCanonical, offset: start)
        }
        return start..<index
    }

    @inline(__always)
    private func isNumberCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    /// An integer of at most 15 digits.
    public mutating func readInteger() throws(JSONError) -> Int64 {
        let range = try readNumber()
        guard let number = Int64(String(decoding: bytes[range], as: UTF8.self)) else {
            throw JSONError(.malformed, offset: range.lowerBound)
        }
        return number
    }

    /// A null, boolean, number or text.
    public mutating func readScalar() throws(JSONError) -> Range<Int> {
        switch peek {
        case UInt8(ascii: "\""): return try readText()
        case UInt8(ascii: "t"): return try readWord("true")
        case UInt8(ascii: "f"): return try readWord("false")
        case UInt8(ascii: "n"): return try readWord("null")
        default: return try readNumber()
        }
    }

    private mutating func readWord(_ word: StaticString) throws(JSONError) -> Range<Int> {
        let start = index
        for offset in 0..<word.utf8CodeUnitCount { try take(word.utf8Start[offset]) }
        return start..<index
    }

    /// Any value, checked all through; the range covers it.
    public mutating func readValue() throws(JSONError) -> Range<Int> {
        let start = index
        switch peek {
        case UInt8(ascii: "{"):
            try beginObject()
            var key = try nextKey(after: nil)
            while let present = key {
                _ = try readValue()
                key = try nextKey(after: present)
            }
        case UInt8(ascii: "["):
            try beginArray()
            var isFirst = true
            while try nextItem(isFirst: isFirst) {
                _ = try readValue()
                isFirst = false
            }
        default: _ = try readScalar()
        }
        return start..<index
    }

    public mutating func end() throws(JSONError) {
        guard isAtEnd else { throw error(.notCanonical) }
    }
}

extension CanonicalReader {
    /// Whether the key at `range` is `name`.
    @inline(__always)
    public func matches(_ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        for offset in 0..<range.count
        where bytes[range.lowerBound + offset] != name.utf8Start[offset] {
            return false
        }
        return true
    }

    /// The bytes of a range.
    @inline(__always)
    public func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[range])
    }

    /// The text of a literal whose range includes the quotes.
    public func text(_ range: Range<Int>) -> String {
        CanonicalText.decode(slice(range))
    }

    /// Why bytes are not one canonical value; nil if they are.
    public static func fault(of bytes: [UInt8]) -> JSONError? {
        bytes.withUnsafeBytes { buffer in
            var reader = CanonicalReader(buffer)
            do throws(JSONError) {
                _ = try reader.readValue()
                try reader.end()
                return nil
            } catch { return error }
        }
    }
}
