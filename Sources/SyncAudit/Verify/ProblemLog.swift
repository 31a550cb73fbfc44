/// Gathers problems; of each kind so many are kept, the rest is counted.
///
/// One cause may show in thousands of rows: a person needs the first of them and their number.
final class ProblemLog {
    /// Lines of one kind.
    static let limitPerKind = 10

    private(set) var problems: [VerifyProblem] = []
    private(set) var counts: [VerifyProblem.Kind: Int] = [:]

    /// Whether anything is wrong.
    var isEmpty: Bool { counts.isEmpty }

    /// How many of each kind are not among `problems`.
    var omitted: [VerifyProblem.Kind: Int] {
        counts.mapValues { $0 - Self.limitPerKind }.filter { $0.value > 0 }
    }

    func add(
        _ kind: VerifyProblem.Kind, _ place: ProblemPlace, _ evidence: ProblemEvidence...
    ) {
        add(VerifyProblem(kind, place, evidence))
    }

    func add(_ problem: VerifyProblem) {
        counts[problem.kind, default: 0] += 1
        if counts[problem.kind]! <= Self.limitPerKind { problems.append(problem) }
    }
}
