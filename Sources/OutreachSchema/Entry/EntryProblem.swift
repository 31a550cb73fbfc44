/// Why a typed text or a cell was not taken, and what to do about it.
///
/// Holds names, limits and line numbers, never what was typed.
public struct EntryProblem: Error, Sendable, Hashable {
    public let code: Code
    /// The field it is about; nil when it is about the row as a whole.
    public let field: String?
    /// What the texts are made of, by name: `maximum`, `examples`, `kind` and the like.
    public let facts: [String: String]
    /// What was perhaps meant: each the text to put in place of what was typed.
    public let choices: [Choice]
    /// How people call the field; its name where the schema does not know it.
    private let label: BilingualText

    /// One reading that a person may choose.
    public struct Choice: Sendable, Hashable {
        public let text: String
        public let label: BilingualText
    }

    /// What is wrong, in a word for programs: `required`, `not_a_time`, `personal`, …
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        enum Kind: String, CaseIterable {
            case required, personal
            case notAnInteger = "not_an_integer"
            case notANumber = "not_a_number"
            case outOfRange = "out_of_range"
            case notABool = "not_a_bool"
            case notInList = "not_in_list"
            case notATime = "not_a_time"
            case dateMissing = "date_missing"
            case inFuture = "in_future"
            case longStay = "long_stay"
            case otherYear = "other_year"
            case unknownPlace = "unknown_place"
            case ambiguousPlace = "ambiguous_place"
            case ambiguousWord = "ambiguous_word"
            case nearWord = "near_word"
            case optionLike = "option_like"
            case givenTwice = "given_twice"
            case timeMissing = "time_missing"
            case ambiguousDate = "ambiguous_date"
            case notAnID = "not_an_id"
            case repeatedRecord = "repeated_record"
            case unknownRecord = "unknown_record"
            case recordDeleted = "record_deleted"
            case changedSince = "changed_since"
            case notACode = "not_a_code"
            case tooLong = "too_long"
            case badCharacter = "bad_character"
            case wrongOrder = "wrong_order"
            case unknownField = "unknown_field"
            case extraCells = "extra_cells"
            case brokenQuotes = "broken_quotes"
            case repeatedCode = "repeated_code"
        }

        let kind: Kind

        public var description: String { kind.rawValue }
    }

    /// Whether it may be right all the same: then a person is asked, and `--as-is` lets it through.
    public var isDoubt: Bool {
        switch code.kind {
        case .inFuture, .longStay, .otherYear, .wrongOrder, .nearWord, .optionLike: true
        default: false
        }
    }

    /// Whether `--new-place` lets it through.
    public var isUnknownPlace: Bool { code.kind == .unknownPlace }

    init(
        _ kind: Code.Kind, _ field: FieldDescription, facts: [String: String] = [:],
        choices: [Choice] = []
    ) {
        self.init(kind, name: field.name, label: field.label, facts: facts, choices: choices)
    }

    init(
        _ kind: Code.Kind, name: String? = nil, label: BilingualText? = nil,
        facts: [String: String] = [:], choices: [Choice] = []
    ) {
        code = Code(kind: kind)
        field = name
        self.facts = facts
        self.choices = choices
        self.label = label ?? BilingualText(en: name ?? "", zh: name ?? "")
    }

    /// The field's label with its name, so that both a form and a command line are served.
    var subject: BilingualText {
        guard let field, field != label.en else { return BilingualText(en: label.en, zh: label.zh) }
        return BilingualText(en: "\(label.en) (\(field))", zh: "“\(label.zh)”（\(field)）")
    }

    func fact(_ name: String) -> String { facts[name] ?? "" }
}

/// All that is wrong with one record, in the order of its fields.
public struct EntryProblems: Error, Sendable, Hashable {
    public let problems: [EntryProblem]

    public init(_ problems: [EntryProblem]) {
        self.problems = problems
    }
}
