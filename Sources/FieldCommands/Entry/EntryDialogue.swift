import CommandKit
import OutreachSchema

/// Settles an entry that can be read in more than one way or looks unlikely: on a terminal by
/// asking, elsewhere by the refusal that names the readings.
struct EntryDialogue {
    /// Programs are never asked.
    let isJSON: Bool

    /// One question leads to the next at most so often: a record has fewer fields.
    private static let roundLimit = 20

    private var canAsk: Bool { !isJSON && Console.current.canAsk }

    /// - Parameter check: reads texts with what the person has said is right.
    func settled<Result>(
        _ texts: [String: String], _ leniency: EntryLeniency,
        _ check: ([String: String], EntryLeniency) throws -> Result
    ) throws -> Result {
        var texts = texts
        var leniency = leniency
        for _ in 0..<Self.roundLimit {
            do {
                return try check(texts, leniency)
            } catch let error as EntryProblems where canAsk && isAskable(error) {
                for problem in error.problems {
                    guard settle(problem, &texts, &leniency) else { throw error }
                }
            }
        }
        return try check(texts, leniency)
    }

    private func isAskable(_ error: EntryProblems) -> Bool {
        error.problems.allSatisfy { $0.isDoubt || !$0.choices.isEmpty }
    }

    /// False if the person leaves it.
    private func settle(
        _ problem: EntryProblem, _ texts: inout [String: String],
        _ leniency: inout EntryLeniency
    ) -> Bool {
        let question = Question()
        let words = Messages.fieldRecords
        let message = EntryWords.sentence(problem.message[.current])
        guard let field = problem.field, !problem.choices.isEmpty, !problem.keepsNote else {
            guard question.confirms("\(message). \(words.asIsQuestion.text())") else {
                return false
            }
            leniency.insert(.asIs)
            return true
        }
        var options = problem.choices.map(\.label[.current])
        if problem.isDoubt || problem.isUnknownPlace { options.append(words.keepAsTyped.text()) }
        guard
            let number = question.choice("\(message). \(words.whichOne.text())", of: options)
        else { return false }
        if number < problem.choices.count {
            texts[field] = problem.choices[number].text
        } else {
            leniency.insert(problem.isUnknownPlace ? .newPlaces : .asIs)
        }
        return true
    }
}

extension EntryProblem {
    /// What stands in the note is not replaced, only kept.
    fileprivate var keepsNote: Bool { code.description == "option_like" }
}
