internal import ArgumentParser

/// The one place that turns any error of a program into text and an exit status.
///
/// Asked-for texts (help, version, completion scripts) go to standard output and are no failure.
/// All else goes to standard error: as sentences, or with `--json` as one object.
struct FailureReporter {
    let root: any ParsableCommand.Type
    /// The raw ones, without the program's name.
    let arguments: [String]
    let console: Console
    let help: HelpExtras
    /// Words for errors of other modules; nil for those it does not know.
    let translating: @Sendable (any Error) -> CommandFailure?

    private var isJSON: Bool { GlobalOptions.asksForJSON(arguments) }

    /// Reports what came out of `run()`.
    func report(_ error: any Error) -> ExitStatus {
        if let status = error as? ExitStatus { return status }
        if let failure = error as? CommandFailure ?? translating(error) { return show(failure) }
        if error is CancellationError { return show(.interrupted()) }
        if let code = error as? ExitCode { return Self.status(of: code) }
        switch root.exitCode(for: error) {
        case .success: return showRequested(error)
        case .validationFailure: return show(UsageText(error, of: root, arguments: arguments))
        default: return show(.unexpected(error))
        }
    }

    /// Reports what came out of parsing. There, the parser has wrapped every error in its own, so
    /// that any which is not a request is one of usage.
    func reportParsing(_ error: any Error) -> ExitStatus {
        switch root.exitCode(for: error) {
        case .success: showRequested(error)
        case let code where root.message(for: error).isEmpty && code != .validationFailure:
            Self.status(of: code)
        default: show(UsageText(error, of: root, arguments: arguments))
        }
    }

    private static func status(of code: ExitCode) -> ExitStatus {
        if code == .validationFailure { return .usage }
        return ExitStatus(known: code.rawValue) ?? .failed
    }

    func show(_ failure: CommandFailure) -> ExitStatus {
        guard !isJSON else {
            console.sayVerbatim(failure.json.text())
            return failure.status
        }
        let message = failure.message.sanitised(keepsLineEnds: true)
        console.say(console.styledTalk(Messages.console.error.label(message), .red))
        if let mend = failure.mend?.sanitised(keepsLineEnds: true) {
            console.say(Messages.console.mend.label(mend))
        }
        return failure.status
    }

    private func show(_ usage: UsageText) -> ExitStatus {
        if isJSON {
            console.sayVerbatim(usage.failure.json.text())
        } else {
            console.say(usage.text)
        }
        return .usage
    }

    private func showRequested(_ error: any Error) -> ExitStatus {
        let text = HelpText(
            error, of: root, arguments: arguments, console: console, help: help
        ).text
        console.print(text)
        return .ok
    }
}
