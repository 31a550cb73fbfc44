/// Finds what a person probably meant to type.
public enum Suggestion {
    /// The candidate nearest to `typed`, or nil if none is near.
    ///
    /// Case is ignored. Near means at most one slip in four characters (a wrong, missing, extra or
    /// swapped one), at least one, never all of them; so of two ideographs one may be wrong. A
    /// beginning that only one candidate has is near too. Equal nearness: the first given wins.
    public static func closest(to typed: String, among candidates: [String]) -> String? {
        let typed = Array(typed.lowercased())
        guard !typed.isEmpty else { return nil }
        var best: (name: String, slips: Int)?
        for name in candidates {
            let slips = slips(from: typed, to: Array(name.lowercased()))
            let limit = min(max(1, (typed.count + 2) / 4), typed.count - 1)
            if slips <= limit && slips < best?.slips ?? .max { best = (name, slips) }
        }
        if let best { return best.name }
        let completions = candidates.filter { $0.lowercased().hasPrefix(String(typed)) }
        return completions.count == 1 ? completions[0] : nil
    }

    /// The restricted Damerau-Levenshtein distance, in characters as a person counts them.
    static func slips(from source: [Character], to target: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...target.count)
        for (row, letter) in source.enumerated() {
            var current = [row + 1]
            for (column, other) in target.enumerated() {
                let replaced = last[column] + (letter == other ? 0 : 1)
                var least = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0 && column > 0 && letter == target[column - 1]
                    && source[row - 1] == other
                {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                current.append(least)
            }
            (beforeLast, last) = (last, current)
        }
        return last[target.count]
    }
}
