internal import ArgumentParser

/// A text that the person asked for: help, version, or a script for the shell.
struct HelpText {
    let text: String

    /// What programs read must stay as the parser wrote it.
    private static let verbatimRequests = [
        "--generate-completion-script", "---completion", "--experimental-dump-help",
    ]
    /// Wider than any line: the parser breaks lines by characters, so we let it break none and
    /// break them ourselves by columns.
    private static let unbrokenColumns = 100_000
    /// Narrower, and the parser leaves its explanations out.
    private static let leastColumns = 40
    /// The width without a terminal.
    private static let usualColumns = 80

    init(
        _ error: any Error, of root: any ParsableCommand.Type, arguments: [String],
        console: Console, language: Language = .current
    ) {
        let isVerbatim = arguments.contains { argument in
            Self.verbatimRequests.contains { argument.hasPrefix($0) }
        }
        guard language == .zhHans, !isVerbatim else {
            let columns = console.dataColumns.map { max($0, Self.leastColumns) }
            text = root.fullMessage(for: error, columns: isVerbatim ? nil : columns)
            return
        }
        let english = root.fullMessage(for: error, columns: Self.unbrokenColumns)
        let chinese = PhraseTranslator().translated(english)
        text = HelpLayout(columns: console.dataColumns ?? Self.usualColumns).laidOut(chinese)
    }
}
