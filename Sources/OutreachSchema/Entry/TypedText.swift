/// What a person typed for a code or a word, put into the text that is stored or refused.
///
/// Only for what is typed: a spreadsheet's cell is never completed.
struct TypedText {
    let places: PlaceDirectory
    let leniency: EntryLeniency

    /// Readings that are told: as many as fit on a small screen.
    static let choiceLimit = 8

    /// - Throws: one problem, with the readings to choose from where there are any.
    func resolved(_ text: String, for field: FieldDescription) throws(EntryProblem) -> String {
        let trimmed = TextFolding.trimmed(text)
        guard !trimmed.isEmpty else { return text }
        switch field.type {
        case .pointCode where field.name == "point": return try point(trimmed, field)
        case .grid: return try grid(trimmed, field)
        case .enumeration(let vocabulary): return try word(trimmed, vocabulary, field)
        default: return text
        }
    }

    private func point(_ text: String, _ field: FieldDescription) throws(EntryProblem) -> String {
        guard !places.isEmpty else { return text }
        switch places.point(text) {
        case .one(let point): return point.code
        case .several(let points): throw ambiguous(points.map(choice), field)
        case .unknown(let nearest):
            guard !leniency.contains(.newPlaces) else { return text }
            throw EntryProblem(.unknownPlace, field, choices: nearest.map(choice))
        }
    }

    private func choice(_ point: KnownPoint) -> EntryProblem.Choice {
        .init(text: point.code, label: BilingualText(en: point.title, zh: point.title))
    }

    private func grid(_ text: String, _ field: FieldDescription) throws(EntryProblem) -> String {
        guard !places.grids.isEmpty else { return text }
        func choice(_ grid: String) -> EntryProblem.Choice {
            .init(text: grid, label: BilingualText(en: grid, zh: grid))
        }
        switch places.grid(text) {
        case .one(let grid): return grid
        case .several(let grids): throw ambiguous(grids.map(choice), field)
        case .unknown(let nearest):
            guard !leniency.contains(.newPlaces) else { return text }
            throw EntryProblem(.unknownPlace, field, choices: nearest.map(choice))
        }
    }

    private func ambiguous(
        _ choices: [EntryProblem.Choice], _ field: FieldDescription
    ) -> EntryProblem {
        let more = choices.count - Self.choiceLimit
        return EntryProblem(
            .ambiguousPlace, field, facts: more > 0 ? ["more": "\(more)"] : [:],
            choices: Array(choices.prefix(Self.choiceLimit)))
    }

    /// An open vocabulary takes other words too, unless they are a slip away from a known one.
    private func word(
        _ text: String, _ vocabulary: Vocabulary, _ field: FieldDescription
    ) throws(EntryProblem) -> String {
        let isFree = vocabulary.isOpen && leniency.contains(.asIs)
        switch vocabulary.match(text) {
        case .one(let term):
            let isWhole = vocabulary.key(for: text) != nil
            return isWhole || !isFree ? term.key : text
        case .several(let terms):
            if isFree { return text }
            throw EntryProblem(.ambiguousWord, field, choices: terms.map(choice))
        case .unknown(let nearest):
            // What a closed vocabulary lacks is refused with all of it by the reader.
            guard !nearest.isEmpty, !isFree else { return text }
            guard !vocabulary.isOpen else {
                throw EntryProblem(.nearWord, field, choices: nearest.map(choice))
            }
            throw EntryProblem(
                .notInList, field, facts: ["values": vocabulary.list], choices: nearest.map(choice))
        }
    }

    private func choice(_ term: Vocabulary.Term) -> EntryProblem.Choice {
        .init(text: term.key, label: term.title)
    }
}
