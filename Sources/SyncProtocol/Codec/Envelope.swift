public import SyncCore

/// The outer object of a message, with the exact bytes of each member.
///
/// White space and any order of keys are allowed here; what is signed inside is checked for
/// canonical form by whoever reads it. One pass checks depth, so that no decoder meets deep input.
public struct Envelope: Sendable {
    public let bytes: [UInt8]
    private let ranges: [String: Range<Int>]

    /// - Throws: `JSONError` if the bytes are no object, nest too deep or repeat a key.
    public init(_ bytes: [UInt8]) throws(JSONError) {
        self.bytes = bytes
        let result: Result<[String: Range<Int>], JSONError> = bytes.withUnsafeBytes { buffer in
            var scanner = EnvelopeScanner(buffer)
            do throws(JSONError) { return .success(try scanner.members()) } catch {
                return .failure(error)
            }
        }
        ranges = try result.get()
    }

    /// The range of a member's value; nil if it is missing.
    public func range(_ key: String) -> Range<Int>? { ranges[key] }

    /// The exact bytes of a member's value.
    public func slice(_ key: String) -> [UInt8]? {
        ranges[key].map { Array(bytes[$0]) }
    }

    /// Checks every member but one, whose own reader will: nothing malformed passes unread.
    ///
    /// - Throws: `JSONError`.
    public func checkMembers(except hot: String) throws(JSONError) {
        for (key, range) in ranges where key != hot {
            _ = try JSONParser.parse(Array(bytes[range]))
        }
    }

    /// A member as a tree.
    public func value(_ key: String) -> JSONValue? {
        slice(key).flatMap { try? JSONParser.parse($0) }
    }
}

/// Finds the members of the outer object.
private struct EnvelopeScanner {
    let bytes: UnsafeRawBufferPointer
    var index = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    func error(_ reason: JSONError.Reason) -> JSONError { JSONError(reason, offset: index) }

    var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

    mutating func skipSpace() {
        while index < bytes.count,
            [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index])
        { index += 1 }
    }

    mutating func take(_ byte: UInt8) throws(JSONError) {
        guard index < bytes.count, bytes[index] == byte else { throw error(.malformed) }
        index += 1
    }

    mutating func members() throws(JSONError) -> [String: Range<Int>] {
        var found: [String: Range<Int>] = [:]
        skipSpace()
        try take(UInt8(ascii: "{"))
        skipSpace()
        while current != UInt8(ascii: "}") {
            if !found.isEmpty {
                try take(UInt8(ascii: ","))
                skipSpace()
            }
            let start = index
            try skipText()
            let key = try readKey(start..<index)
            skipSpace()
            try take(UInt8(ascii: ":"))
            skipSpace()
            let value = try skipValue()
            guard found.updateValue(value, forKey: key) == nil else { throw error(.duplicateKey) }
            skipSpace()
        }
        index += 1
        skipSpace()
        guard index == bytes.count else { throw error(.malformed) }
        return found
    }

    /// The text of a key; only one with escapes needs a parser.
    private func readKey(_ literal: Range<Int>) throws(JSONError) -> String {
        let inner = bytes[literal].dropFirst().dropLast()
        guard inner.contains(UInt8(ascii: "\\")) else {
            return String(decoding: inner, as: UTF8.self)
        }
        guard let key = try JSONParser.parse(Array(bytes[literal])).string else {
            throw error(.malformed)
        }
        return key
    }

    /// Passes over one value, counting depth; its inner form is for its reader to check.
    mutating func skipValue() throws(JSONError) -> Range<Int> {
        let start = index
        var depth = 1
        repeat {
            guard index < bytes.count else { throw error(.malformed) }
            switch bytes[index] {
            case UInt8(ascii: "\""): try skipText()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                guard depth <= CanonicalJSON.depthLimit else { throw error(.tooDeep) }
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                guard depth > 0 else { throw error(.malformed) }
                index += 1
            default: skipPlain(nested: depth > 1)
            }
        } while depth > 1
        guard index > start else { throw error(.malformed) }
        return start..<index
    }

    /// Passes over literals, and inside containers also over punctuation.
    private mutating func skipPlain(nested: Bool) {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "}"),
                UInt8(ascii: "]"):
                return
            case UInt8(ascii: ","), 0x20, 0x0A, 0x0D, 0x09:
                if !nested { return }
                index += 1
            default: index += 1
            }
        }
    }

    /// Passes over bytes of which none is a quote or a backslash, eight at a time.
    private mutating func skipUnmarked() {
        let (ones, highs) = (0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64)
        while index + 8 <= bytes.count {
            let word = UInt64(
                littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            // The lowest high bit that is set marks the first quote or backslash.
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            let marked = ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash) & highs
            guard marked == 0 else {
                index += marked.trailingZeroBitCount / 8
                return
            }
            index += 8
        }
    }

    mutating func skipText() throws(JSONError) {
        try take(UInt8(ascii: "\""))
        while index < bytes.count {
            skipUnmarked()
            guard index < bytes.count, bytes[index] != UInt8(ascii: "\"") else { break }
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard index < bytes.count else { throw error(.malformed) }
        index += 1
    }
}
