internal import ArgumentParser

/// What is said of a command that was not understood.
struct UsageText {
    /// What was wrong, what was perhaps meant, and how to find out: several lines.
    let text: String
    let failure: CommandFailure

    init(
        _ error: any Error, of root: any ParsableCommand.Type, arguments: [String],
        language: Language = .current
    ) {
        let english = root.fullMessage(for: error).sanitised(keepsLineEnds: true)
        let lines = english.split(separator: "\n", omittingEmptySubsequences: false)
        let problem = UsageProblem(lines, of: root, arguments: arguments)
        let translator = PhraseTranslator()
        func inLanguage(_ lines: some Sequence<Substring>) -> [String] {
            lines.map { language == .zhHans ? translator.translatedLine($0) : String($0) }
        }

        let suggestion = problem.suggestion.map {
            Messages.console.didYouMean.text(["name": $0], in: language)
        }
        let message =
            problem.unknownCommand.map {
                [Messages.console.unknownCommand.text(["name": $0.typed], in: language)]
            } ?? inLanguage(problem.message)
        let advice = inLanguage(problem.advice)
        let labelled = Messages.console.error.label(
            message.joined(separator: "\n"), in: language)
        text = ([labelled] + [suggestion].compactMap(\.self) + advice).joined(separator: "\n")
        failure = CommandFailure(
            "usage", message.joined(separator: "\n"),
            mend: suggestion ?? advice.last.map { String($0.drop { $0 == " " }) }, status: .usage)
    }
}
