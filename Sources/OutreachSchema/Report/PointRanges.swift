/// Codes of points folded to ranges: `NDJ-101…137`.
public enum PointRanges {
    /// Fewer stand as they are.
    private static let leastRun = 3

    /// - Parameters:
    ///   - codes: the codes to fold, in any order.
    ///   - all: every code there is. Only neighbours in their order stand in one range, so that a
    ///     range holds no point that is not meant.
    public static func folded(_ codes: [String], among all: [String]) -> [String] {
        let wanted = Set(codes)
        var runs: [[String]] = []
        var isOpen = false
        for code in all.sorted() {
            guard wanted.contains(code) else {
                isOpen = false
                continue
            }
            if isOpen, let last = runs.last?.last, belong(last, code) {
                runs[runs.count - 1].append(code)
            } else {
                runs.append([code])
            }
            isOpen = true
        }
        let known = Set(all)
        return runs.flatMap(text) + codes.filter { !known.contains($0) }.sorted()
    }

    private static func belong(_ first: String, _ second: String) -> Bool {
        let (first, second) = (CodeShape(first), CodeShape(second))
        return first.letters == second.letters && first.number != nil && second.number != nil
    }

    private static func text(_ run: [String]) -> [String] {
        guard run.count >= leastRun, let first = run.first, let last = run.last else { return run }
        let digits = String(last.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
        return ["\(first)…\(digits)"]
    }
}
