extension Vocabulary {
    /// What a typed word may mean.
    public enum Match: Sendable, Equatable {
        case one(Term)
        case several([Term])
        /// No term begins so; these are nearest, none if nothing is near.
        case unknown(nearest: [Term])
    }

    /// Shorter words are too near to everything.
    private static let leastLength = (latin: 4, ideographs: 3)

    /// A term by its key, label or spelling, by a beginning that only one has, or by the first
    /// letters of its ideographs (`xf` is 消防). Keys go first, so
    /// that one letter may do: `b` is `bicycle`, though `by vehicle` begins with it too.
    public func match(_ text: String) -> Match {
        if let key = key(for: text), let term = terms.first(where: { $0.key == key }) {
            return .one(term)
        }
        let typed = TextFolding.matchKey(text)
        guard !typed.isEmpty else { return .unknown(nearest: []) }
        let byKey = terms.filter { $0.key.hasPrefix(typed) }
        if byKey.count == 1 { return .one(byKey[0]) }
        let begun = terms.filter { term in
            term.allSpellings.contains { TextFolding.matchKey($0).hasPrefix(typed) }
        }
        if begun.isEmpty, PinyinInitials.areInitials(typed) {
            let initialled = terms.filter { term in
                ([term.label.zh] + term.spellings).contains {
                    PinyinInitials.of($0).hasPrefix(typed)
                }
            }
            if !initialled.isEmpty {
                return initialled.count == 1 ? .one(initialled[0]) : .several(initialled)
            }
        }
        switch begun.count {
        case 0: return .unknown(nearest: nearest(to: typed))
        case 1: return .one(begun[0])
        default: return .several(begun)
        }
    }

    private func nearest(to typed: String) -> [Term] {
        let isLatin = typed.utf8.count == typed.count
        guard typed.count >= (isLatin ? Self.leastLength.latin : Self.leastLength.ideographs) else {
            return []
        }
        let limit = max(1, (typed.count + 2) / 5)
        return terms.filter { term in
            term.allSpellings.contains {
                WordDistance.slips(from: typed, to: TextFolding.matchKey($0)) <= limit
            }
        }
    }
}

extension Vocabulary.Term {
    /// `foot 步巡`: the key with the label of either language.
    var title: BilingualText { BilingualText(en: "\(key) \(label.zh)", zh: "\(label.zh) \(key)") }
}
