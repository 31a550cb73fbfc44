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
    var omitted: [VerifyProblem.Kind: Int] { FoundProblems(self).omitted }

    func add(
        _ kind: VerifyProblem.Kind, _ place: ProblemPlace, _ evidence: ProblemEvidence...
    ) {
        add(VerifyProblem(kind, place, evidence))
    }

    /// Puts what was found on another thread before what is here.
    func begin(with found: FoundProblems) {
        let own = FoundProblems(self)
        (problems, counts) = (found.problems, found.counts)
        for problem in own.problems { add(problem) }
        for (kind, omitted) in own.omitted { counts[kind, default: 0] += omitted }
    }

    func add(_ problem: VerifyProblem) {
        counts[problem.kind, default: 0] += 1
        if counts[problem.kind]! <= Self.limitPerKind { problems.append(problem) }
    }
}

/// What a log has gathered, to be handed to another thread.
struct FoundProblems: Sendable {
    let problems: [VerifyProblem]
    let counts: [VerifyProblem.Kind: Int]

    init(_ log: ProblemLog) { (problems, counts) = (log.problems, log.counts) }

    /// How many of each kind are not among `problems`.
    var omitted: [VerifyProblem.Kind: Int] {
        counts.mapValues { $0 - ProblemLog.limitPerKind }.filter { $0.value > 0 }
    }
}
