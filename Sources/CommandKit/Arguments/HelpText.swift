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
        console: Console, help: HelpExtras = .none, language: Language = .current
    ) {
        let isVerbatim = arguments.contains { argument in
            Self.verbatimRequests.contains { argument.hasPrefix($0) }
        }
        guard language == .zhHans, !isVerbatim else {
            let columns = console.dataColumns.map { max($0, Self.leastColumns) }
            let english = root.fullMessage(for: error, columns: isVerbatim ? nil : columns)
            text =
                isVerbatim ? english : Self.with(help, english, of: root, arguments, language)
            return
        }
        let english = root.fullMessage(for: error, columns: Self.unbrokenColumns)
        let chinese = PhraseTranslator().translated(english)
        let laidOut = HelpLayout(columns: console.dataColumns ?? Self.usualColumns)
            .laidOut(chinese)
        text = Self.with(help, laidOut, of: root, arguments, language)
    }

    /// Puts the examples of the command before its usage, and the topics after the root's help.
    private static func with(
        _ help: HelpExtras, _ text: String, of root: any ParsableCommand.Type,
        _ arguments: [String], _ language: Language
    ) -> String {
        let usage = "\n" + Messages.arguments.usageHeading.template(in: language)
        guard let place = text.firstRange(of: usage) else { return text }
        let path = path(of: arguments, root)
        var out = text
        if let examples = help.examples[path], !examples.isEmpty {
            let heading = Messages.console.examples.text(in: language)
            let block = ([heading] + examples.map { "  " + $0 }).joined(separator: "\n")
            out.insert(contentsOf: "\n\(block)\n", at: place.lowerBound)
        }
        guard path.isEmpty, !help.topics.isEmpty else { return out }
        let names = help.topics.compactMap(\.names.first).joined(separator: ", ")
        let topics = Messages.console.topics.text(
            ["program": root._commandName, "names": names], in: language)
        return out + "\n\n" + topics
    }

    /// The words of the command that the arguments lead to.
    private static func path(of arguments: [String], _ root: any ParsableCommand.Type) -> String {
        var command = root
        var words: [String] = []
        for argument in arguments where argument != "help" {
            let next = command.configuration.subcommands.first { subcommand in
                subcommand._commandName == argument
                    || subcommand.configuration.aliases.contains(argument)
            }
            guard let next else { continue }
            command = next
            words.append(next._commandName)
        }
        return words.joined(separator: " ")
    }
}
