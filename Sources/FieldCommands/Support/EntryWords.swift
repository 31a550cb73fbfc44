import CommandKit
import OutreachSchema
import SharedWords

/// Words for what a person typed and could not be taken.
enum EntryWords {
    /// All problems at once. Refused for privacy alone it has failed; else it was not understood.
    static func failure(_ problems: [EntryProblem]) -> CommandFailure {
        let language = LabelLanguage.current
        let isPersonalOnly = problems.allSatisfy { $0.code.description == "personal" }
        let status: ExitStatus = isPersonalOnly ? .failed : .usage
        let code: CommandFailure.Code = isPersonalOnly ? "personal_data" : "entry_invalid"
        let facts: [JSONOutput.Member] = [.init("problems", .array(problems.map(json)))]
        if problems.count == 1, let problem = problems.first {
            return CommandFailure(
                code, sentence(problem.message[language]), mend: sentence(problem.mend[language]),
                status: status, facts: facts)
        }
        let lines = problems.map { "  " + $0.text(in: language) }
        let heading = Messages.failures.problems.text(["n": problems.count])
        return CommandFailure(
            code, ([heading] + lines).joined(separator: "\n"),
            mend: Messages.failures.problemsMend.text(), status: status, facts: facts)
    }

    /// The schema's texts are parts of sentences.
    static func sentence(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }

    private static func json(_ problem: EntryProblem) -> JSONOutput {
        [
            "code": .string(problem.code.description), "field": JSONOutput(problem.field),
            "message": .string(problem.message[.current]),
            "mend": .string(problem.mend[.current]),
            "choices": .array(
                problem.choices.map {
                    ["text": .string($0.text), "label": .string($0.label[.current])]
                }),
        ]
    }

    static func failure(_ error: ImportError) -> CommandFailure {
        CommandFailure(
            "import_invalid", sentence(error.message[.current]),
            mend: sentence(error.mend[.current]),
            facts: [.init("reason", .string(error.code.rawValue))], cause: error)
    }
}
