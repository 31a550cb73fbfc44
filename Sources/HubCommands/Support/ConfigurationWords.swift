import CommandKit
import HubConfiguration
import SharedWords

/// What cannot be in a configuration, in the operator's words.
enum ConfigurationWords {
    private static let words = Messages.hubConfiguration

    static func failure(_ fault: ConfigurationFault) -> CommandFailure {
        switch fault {
        case .notText(let path):
            failure(path, nil, words.notText.text(["path": path]), words.notTextMend.text())
        case .syntax(let path, let line, let detail):
            failure(
                path, line,
                words.syntax.text(["place": "\(path):\(line)", "detail": detail]),
                words.syntaxMend.text())
        case .notKeys(let path, let line):
            failure(
                path, line, words.notKeys.text(["place": "\(path):\(line)"]),
                words.syntaxMend.text())
        case .unknownKey(let name, let path, let line): unknown(name, path, line)
        case .twice(let key, let path, let line):
            failure(
                path, line,
                words.twice.text(["place": "\(path):\(line)", "key": key.name]),
                words.twiceMend.text(), [.init("key", .string(key.name))])
        case .value(let key, let fault, let source): value(key, fault, source)
        }
    }

    private static func unknown(_ name: String, _ path: String, _ line: Int) -> CommandFailure {
        let names = ConfigurationKey.allCases.map(\.name)
        // Of one's own habits: `tls_cert`.
        let typed = name.map { $0 == "_" || $0 == "." ? "-" : String($0) }.joined()
        let nearest = Suggestion.closest(to: typed, among: names)
        let mend =
            nearest.map { words.didYouMean.text(["key": $0]) }
            ?? words.knownKeys.text(["keys": names.joined(separator: ", ")])
        return failure(
            path, line, words.unknownKey.text(["place": "\(path):\(line)", "key": name]), mend,
            [.init("key", .string(name)), .init("nearest", JSONOutput(nearest))])
    }

    private static func value(
        _ key: ConfigurationKey, _ fault: ConfigurationValueFault, _ source: ConfigurationSource
    ) -> CommandFailure {
        let place = ConfigurationPage.shown(source)
        let names = source == .option(key.option) || source == .environment(key.variable)
        let what = names ? place : "\(place): \(key.name)"
        let (message, mend) = said(of: fault, key)
        var facts: [JSONOutput.Member] = [.init("key", .string(key.name))]
        if case .file(let path, let line) = source {
            facts += [.init("path", .string(path)), .init("line", .int(line))]
        } else {
            facts.append(.init("source", .string(place)))
        }
        return CommandFailure(
            code(of: fault), message.text(["what": what]), mend: mend, status: .usage,
            facts: facts)
    }

    /// Two kinds had codes of their own before there was a configuration.
    private static func code(of fault: ConfigurationValueFault) -> CommandFailure.Code {
        switch fault {
        case .notListenAddress: "bad_listen"
        case .notPlan: "bad_keep"
        default: "bad_config"
        }
    }

    private static func said(
        of fault: ConfigurationValueFault, _ key: ConfigurationKey
    ) -> (Message, String) {
        switch fault {
        case .empty: (words.empty, words.emptyMend.text())
        case .notOneValue: (words.notOneValue, words.notOneValueMend.text())
        case .notListenAddress: (words.notAddress, Messages.hub.badListenMend.text())
        case .notFlag: (words.notFlag, words.notFlagMend.text())
        case .notOneOf(let choices):
            (words.notOneOf, words.oneOfMend.text(["choices": choices.joined(separator: ", ")]))
        case .notCount(let range):
            (
                words.notCount,
                words.countMend.text(["low": range.lowerBound, "high": range.upperBound])
            )
        case .notPlan: (words.notPlan, Messages.keeping.badKeepMend.text())
        case .secret:
            (
                words.secret,
                words.secretMend.text(["credential": key.credential ?? ""])
            )
        case .password: (words.password, words.passwordMend.text())
        }
    }

    private static func failure(
        _ path: String, _ line: Int?, _ message: String, _ mend: String,
        _ facts: [JSONOutput.Member] = []
    ) -> CommandFailure {
        CommandFailure(
            "bad_config", message, mend: mend, status: .usage,
            facts: [.init("path", .string(path)), .init("line", JSONOutput(line))] + facts)
    }
}
