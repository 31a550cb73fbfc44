/// What words without an option stand for: `stop add 14 灯箱松动` is a point and a note.
///
/// The first word is the point of a stop, the kind of an activity, the topic of a session, the
/// point or the category of a hazard; a second one is taken for what it fits; the rest is the note.
public struct BareWords {
    private let collection: CollectionDescription
    private let places: PlaceDirectory
    /// Fields that an option gave.
    private let given: Set<String>
    private var texts: [String: String] = [:]
    private var rest: ArraySlice<String>

    /// The texts by field.
    ///
    /// - Throws: what is left over when the note was given by its option, and what looks like an
    ///   option that lost its hyphen (`p2`), unless the leniency allows it.
    public static func texts(
        of words: [String], in collection: CollectionDescription, given: Set<String>,
        places: PlaceDirectory, leniency: EntryLeniency = []
    ) throws(EntryProblems) -> [String: String] {
        var reader = BareWords(
            collection: collection, places: places, given: given, rest: words[...])
        reader.takeHead()
        let note = Array(reader.rest)
        guard !note.isEmpty else { return reader.texts }
        let field = collection.field(named: "note")!
        guard !given.contains("note") else {
            throw EntryProblems([EntryProblem(.givenTwice, field)])
        }
        if !leniency.contains(.asIs), let slip = note.first(where: looksLikeOption) {
            let option = "-" + TextFolding.matchText(slip)
            let label = BilingualText(en: option, zh: option)
            throw EntryProblems([
                EntryProblem(.optionLike, field, choices: [.init(text: option, label: label)])
            ])
        }
        reader.texts["note"] = note.joined(separator: " ")
        return reader.texts
    }

    private init(
        collection: CollectionDescription, places: PlaceDirectory, given: Set<String>,
        rest: ArraySlice<String>
    ) {
        self.collection = collection
        self.places = places
        self.given = given
        self.rest = rest
    }

    /// One letter and a number: `p2`.
    private static func looksLikeOption(_ word: String) -> Bool {
        let plain = TextFolding.matchText(word)
        guard let first = plain.utf8.first, (0x61...0x7A).contains(first) else { return false }
        let digits = plain.utf8.dropFirst()
        return (1...3).contains(digits.count) && digits.allSatisfy { (0x30...0x39).contains($0) }
    }

    private mutating func takeHead() {
        switch collection.name {
        case "stops": take("point")
        case "hazards": takeHazard()
        case "activities":
            take("kind")
            takeGrid()
        case "education":
            take("topic")
            if isWord(rest.first, of: "method") { take("method") }
            takeGrid()
        default: break
        }
    }

    /// Point and category in either order; a hazard may have no point.
    private mutating func takeHazard() {
        if isWord(rest.first, of: "category") || !isPlace(rest.first) {
            take("category")
            if isPlace(rest.first) { take("point") }
        } else {
            take("point")
            take("category")
        }
    }

    private mutating func takeGrid() {
        guard let word = rest.first, !given.contains("grid") else { return }
        if places.isEmpty {
            let shape = CodeShape(TextFolding.code(word))
            let isCode = shape.number != nil && (1...4).contains(shape.letters.utf8.count)
            if isCode && !Self.looksLikeOption(word) { take("grid") }
        } else if case .one = places.grid(word) {
            take("grid")
        }
    }

    private mutating func take(_ field: String) {
        guard !given.contains(field), let word = rest.popFirst() else { return }
        texts[field] = word
    }

    private func isWord(_ word: String?, of name: String) -> Bool {
        guard let word, !given.contains(name),
            case .enumeration(let vocabulary) = collection.field(named: name)?.type,
            case .one = vocabulary.match(word)
        else { return false }
        return true
    }

    /// Known, or with a digit: then it is a code that is not known, and that will be said.
    private func isPlace(_ word: String?) -> Bool {
        guard let word, !given.contains("point") else { return false }
        switch places.point(word) {
        case .one, .several: return true
        case .unknown(let nearest):
            return !nearest.isEmpty || word.contains { $0.isNumber && $0.isWholeNumber }
        }
    }
}
