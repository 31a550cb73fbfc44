internal import ArgumentParser

/// The parser's English report of a mistake, taken apart.
struct UsageProblem {
    /// What was wrong, without the label.
    let message: [Substring]
    /// The help and the usage that the parser adds.
    let advice: [Substring]
    let unknownCommand: UnknownCommand?
    /// The name that was perhaps meant, where the parser itself suggests none.
    let suggestion: String?

    /// - Parameter lines: the report.
    init(_ lines: [Substring], of root: any ParsableCommand.Type, arguments: [String]) {
        let words = Messages.arguments
        let followers = [words.helpPrefix, words.usagePrefix, words.usageHeading].map(\.en)
        var message = Array(lines.prefix { line in !followers.contains { line.hasPrefix($0) } })
        advice = Array(lines.dropFirst(message.count))
        if let first = message.first, first.hasPrefix(words.errorPrefix.en) {
            message[0] = first.dropFirst(words.errorPrefix.en.count)
        }
        self.message = message
        unknownCommand = Self.unknownCommand(message, of: root, arguments: arguments)
        suggestion =
            unknownCommand.map { Suggestion.closest(to: $0.typed, among: $0.names) }
            ?? Self.choice(message) ?? Self.joined(message, arguments)
    }

    /// `--note=-1` where `--note -1` was typed: the parser takes the value for an option.
    private static func joined(_ message: [Substring], _ arguments: [String]) -> String? {
        guard let first = message.first,
            let values = MessageTemplate(Messages.arguments.missingValue.en).values(in: first),
            let option = values["option"]?.prefix(while: { $0 != " " }),
            let place = arguments.firstIndex(of: String(option)), place + 1 < arguments.count,
            arguments[place + 1].hasPrefix("-")
        else { return nil }
        let value = arguments[place + 1]
        let shown = value.contains(" ") ? "\"\(value)\"" : value
        return option.hasPrefix("--") ? "\(option)=\(shown)" : "\(option)\(shown)"
    }

    private static func unknownCommand(
        _ message: [Substring], of root: any ParsableCommand.Type, arguments: [String]
    ) -> UnknownCommand? {
        let words = Messages.arguments
        let consequences = [
            words.unexpectedArgument, words.unexpectedArguments, words.unknownOptionNear,
            words.unknownOption,
        ]
        guard let first = message.first,
            consequences.contains(where: { MessageTemplate($0.en).values(in: first) != nil })
        else { return nil }
        return UnknownCommand(in: arguments, of: root)
    }

    /// The nearest of the values that the message offers.
    private static func choice(_ message: [Substring]) -> String? {
        let words = Messages.arguments
        guard let first = message.first else { return nil }
        if let values = MessageTemplate(words.invalidValueOfChoices.en).values(in: first),
            let typed = values["value"], let choices = values["choices"]
        {
            // "'a', 'b' or 'c'": the names are every second part between quotes.
            let names = choices.split(separator: "'").enumerated()
                .filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }
            return Suggestion.closest(to: String(typed), among: names)
        }
        if let values = MessageTemplate(words.invalidValueOfList.en).values(in: first),
            let typed = values["value"]
        {
            let names = message.filter { $0.hasPrefix("  - ") }.map { String($0.dropFirst(4)) }
            return Suggestion.closest(to: String(typed), among: names)
        }
        return nil
    }
}
