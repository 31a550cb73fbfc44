public import SyncCore

/// Turns the text of one field, typed or from a cell, into the value that is stored.
public struct ValueReader: Sendable {
    private let times: TimeReader

    public init(times: TimeReader) {
        self.times = times
    }

    /// Nil for a text of nothing but white space: the field is absent.
    ///
    /// - Parameter anchor: the night of a time without a date.
    /// - Throws: one problem; personal data is not looked for here.
    public func value(
        of text: String, for field: FieldDescription, anchor: TimeAnchor = .present
    ) throws(EntryProblem) -> Value? {
        let trimmed = TextFolding.trimmed(text)
        guard !trimmed.isEmpty else { return nil }
        guard !trimmed.utf8.contains(0) else { throw EntryProblem(.badCharacter, field) }
        switch field.type {
        case .text(let maximumBytes): return try freeText(trimmed, maximumBytes, field)
        case .integer(let maximum): return try integer(trimmed, maximum, field)
        case .number(let range): return try number(trimmed, range, field)
        case .bool: return try bool(trimmed, field)
        case .enumeration(let vocabulary): return try term(trimmed, vocabulary, field)
        case .time:
            let seconds = try times.utcSeconds(trimmed, field, anchor: anchor)
            return .text(RFC3339.text(utcSeconds: seconds))
        case .grid, .pointCode: return try code(trimmed, field)
        }
    }

    private func freeText(
        _ text: String, _ maximumBytes: Int, _ field: FieldDescription
    ) throws(EntryProblem) -> Value {
        guard text.utf8.count <= maximumBytes else {
            throw EntryProblem(.tooLong, field, facts: ["maximum": "\(maximumBytes)"])
        }
        return .text(text)
    }

    /// Spreadsheets write whole numbers as `5.0` at times; that is taken.
    private func integer(
        _ text: String, _ maximum: Int, _ field: FieldDescription
    ) throws(EntryProblem) -> Value {
        let facts = ["minimum": "0", "maximum": "\(maximum)"]
        guard let number = Self.decimal(text), number.rounded() == number else {
            throw EntryProblem(.notAnInteger, field, facts: facts)
        }
        guard (0...Double(maximum)).contains(number) else {
            throw EntryProblem(.outOfRange, field, facts: facts)
        }
        return .number(number == 0 ? 0 : number)
    }

    private func number(
        _ text: String, _ range: ClosedRange<Double>, _ field: FieldDescription
    ) throws(EntryProblem) -> Value {
        let facts = ["minimum": "\(range.lowerBound)", "maximum": "\(range.upperBound)"]
        guard let number = Self.decimal(text) else {
            throw EntryProblem(.notANumber, field, facts: facts)
        }
        guard range.contains(number) else { throw EntryProblem(.outOfRange, field, facts: facts) }
        return .number(number == 0 ? 0 : number)
    }

    /// Digits with an optional sign and fraction; no exponent, no hexadecimal, no infinity.
    private static func decimal(_ text: String) -> Double? {
        let plain = TextFolding.matchText(text)
        let isPlain = plain.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || byte == 0x2E || byte == 0x2D || byte == 0x2B
        }
        return isPlain ? Double(plain) : nil
    }

    private func bool(_ text: String, _ field: FieldDescription) throws(EntryProblem) -> Value {
        switch TextFolding.matchText(text) {
        case "是", "有", "对", "yes", "y", "true", "1": return .bool(true)
        case "否", "无", "没有", "不是", "no", "n", "false", "0": return .bool(false)
        default: throw EntryProblem(.notABool, field)
        }
    }

    private func term(
        _ text: String, _ vocabulary: Vocabulary, _ field: FieldDescription
    ) throws(EntryProblem) -> Value {
        if let key = vocabulary.key(for: text) { return .text(key) }
        guard vocabulary.isOpen else {
            throw EntryProblem(.notInList, field, facts: ["values": vocabulary.list])
        }
        return try freeText(text, FieldType.lineLimitBytes, field)
    }

    private func code(_ text: String, _ field: FieldDescription) throws(EntryProblem) -> Value {
        guard let code = Self.code(text) else {
            throw EntryProblem(.notACode, field, facts: ["maximum": "\(FieldType.codeLengthLimit)"])
        }
        return .text(code)
    }

    /// The stored form of a code; nil for what is none.
    public static func code(_ text: String) -> String? {
        let code = TextFolding.code(text)
        let isCode = code.unicodeScalars.allSatisfy(isCodeCharacter)
        return isCode && code.unicodeScalars.count <= FieldType.codeLengthLimit ? code : nil
    }

    /// Letters of any script, ASCII digits and `- _ . /`.
    private static func isCodeCharacter(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isASCII else { return scalar.properties.isAlphabetic }
        switch UInt8(scalar.value) {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "-")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            return true
        default: return false
        }
    }
}
