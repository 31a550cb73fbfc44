/// The values of an enumeration field, each stored as its English key.
///
/// A closed vocabulary refuses other texts. An open one keeps them as typed, so that a
/// neighbourhood is not held up by a word that is missing here.
public struct Vocabulary: Sendable, Hashable {
    public let terms: [Term]
    public let isOpen: Bool
    /// Keys by every accepted spelling, in the form of `TextFolding.matchKey`.
    private let keysBySpelling: [String: String]

    /// One value: its stored key, its labels, and what else people write for it.
    public struct Term: Sendable, Hashable {
        public let key: String
        public let label: BilingualText
        public let spellings: [String]

        public init(_ key: String, _ en: String, _ zh: String, _ spellings: String...) {
            self.key = key
            label = BilingualText(en: en, zh: zh)
            self.spellings = spellings
        }

        var allSpellings: [String] { [key, label.en, label.zh] + spellings }
    }

    public init(_ terms: [Term], isOpen: Bool) {
        self.terms = terms
        self.isOpen = isOpen
        var keys: [String: String] = [:]
        for term in terms {
            for spelling in term.allSpellings {
                let other = keys.updateValue(term.key, forKey: TextFolding.matchKey(spelling))
                precondition(
                    other == nil || other == term.key,
                    "\(spelling) stands for both \(other ?? "") and \(term.key)")
            }
        }
        keysBySpelling = keys
    }

    /// The key that a text stands for: key, label or spelling, whatever its case and width.
    public func key(for text: String) -> String? {
        keysBySpelling[TextFolding.matchKey(text)]
    }

    /// All terms, for a message: `foot 步巡, vehicle 车巡`.
    var list: String { terms.map { "\($0.key) \($0.label.zh)" }.joined(separator: ", ") }

    /// The labels of a stored key; nil for one that this version does not know.
    public func label(of key: String) -> BilingualText? {
        terms.first { $0.key == key }?.label
    }
}
