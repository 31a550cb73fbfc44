/// Puts the argument parser's English into Chinese.
///
/// The parser has no catalogue, only finished texts; but they come from few templates. Each line is
/// compared with those of `Messages.arguments`, and its values are carried over. A line that fits
/// none (our own help texts, which are Chinese already) stays as it is.
struct PhraseTranslator {
    private let words = Messages.arguments

    func translated(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map(translatedLine)
            .joined(separator: "\n")
    }

    func translatedLine(_ line: Substring) -> String {
        for prefix in prefixes where line.hasPrefix(prefix.en) {
            return prefix.zh + translatedLine(line.dropFirst(prefix.en.count))
        }
        for phrase in wholeLines {
            guard let values = MessageTemplate(phrase.en).values(in: line) else { continue }
            return filled(phrase, values)
        }
        return translatedEnd(line)
    }

    private func translatedEnd(_ line: Substring) -> String {
        for phrase in ends {
            let opening = MessageTemplate(phrase.en).pieces.first
            guard case .literal(let literal) = opening, let start = lastStart(of: literal, in: line)
            else { continue }
            guard let values = MessageTemplate(phrase.en).values(in: line[start...]) else {
                continue
            }
            return join(line[..<start], filled(phrase, values))
        }
        return String(line)
    }

    /// Chinese needs no space before its brackets.
    private func join(_ beginning: Substring, _ end: String) -> String {
        let isAfterChinese = beginning.dropLast().last?.terminalColumns == 2
        let hasSpace = end.hasPrefix("（") && beginning.last == " " && isAfterChinese
        return String(hasSpace ? beginning.dropLast() : beginning) + end
    }

    private func lastStart(of literal: String, in line: Substring) -> Substring.Index? {
        line.ranges(of: literal).last?.lowerBound
    }

    private func filled(_ phrase: Message, _ values: [String: Substring]) -> String {
        MessageTemplate(phrase.zh).filled { name in
            guard let value = values[name] else { return nil }
            guard name == "choices" else { return String(value) }
            // "'a', 'b' or 'c'"; of two: "'a' and 'b'".
            return [", ", " or ", " and "].reduce(String(value)) { list, joint in
                list.replacing("'\(joint)'", with: "'、'")
            }
        }
    }

    private var prefixes: [Message] {
        [
            words.errorPrefix, words.helpPrefix, words.usagePrefix, words.usageHeading,
            words.overviewHeading,
        ]
    }

    /// The narrower template first, where two fit.
    private var wholeLines: [Message] {
        [
            words.unknownOptionNear, words.unknownOption, words.orMissingValue,
            words.missingValue, words.unexpectedValue, words.unexpectedArgument,
            words.unexpectedArguments, words.setTwice, words.missingArgument, words.missingOneOf,
            words.missingSubcommand, words.invalidOption, words.invalidValueOfChoices,
            words.invalidValueOfList, words.invalidValueWithReason, words.invalidValue,
            words.seeForMore, words.seeForDetail, words.argumentsHeader, words.optionsHeader,
            words.subcommandsHeader, words.groupHeader,
        ]
    }

    private var ends: [Message] {
        [
            words.showSubcommandHelp, words.showHelp, words.showVersion, words.valuesAndDefault,
            words.values, words.defaultValue, words.defaultSubcommand,
        ]
    }
}
