public import ArgumentParser

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

/// Runs a program: language, arguments, command, errors, exit status.
///
///     @main struct SyncField: AsyncParsableCommand {
///         static func main() async { await CommandRunner.run(SyncField.self) }
///     }
///
/// Commands give their `configuration` as a computed property, so that its texts are made after
/// the language is known.
public enum CommandRunner {
    /// Runs with the process's own arguments, environment and streams, then ends the process.
    ///
    /// - Parameters:
    ///   - language: what the person has chosen for all commands; `--lang` goes before it.
    ///   - help: examples and topics.
    ///   - translating: words for the errors of the program's other modules; nil for those it
    ///     does not know, which are then reported as unexpected.
    public static func run<Root: AsyncParsableCommand>(
        _ root: Root.Type, language: Language? = nil, help: HelpExtras = .none,
        translating: @escaping @Sendable (any Error) -> CommandFailure? = { _ in nil }
    ) async -> Never {
        let arguments = Array(CommandLine.arguments.dropFirst())
        Language.setCurrent(
            .chosen(arguments: arguments, preferred: language, environment: .process))
        StandardDescriptors.reserve()
        InterruptSignal.ignoreBrokenPipes()
        InterruptSignal.install(note: interruptNote(arguments))
        let status = await status(
            running: root, arguments: arguments, console: .standard, help: help,
            translating: translating)
        exit(status.code)
    }

    /// Runs in this process and gives the status that it would end with. For tests: neither the
    /// language nor the signals of the process are touched; `--lang` holds within the call.
    ///
    /// - Parameter arguments: without the program's name.
    public static func status<Root: AsyncParsableCommand>(
        running root: Root.Type, arguments: [String], console: Console,
        help: HelpExtras = .none,
        translating: @escaping @Sendable (any Error) -> CommandFailure? = { _ in nil }
    ) async -> ExitStatus {
        let (language, arguments) = Language.separated(from: arguments)
        let reporter = FailureReporter(
            root: root, arguments: arguments, console: console, help: help,
            translating: translating)
        return await Language.withCurrent(language ?? .current) {
            await Console.$current.withValue(console) {
                let status = await perform(root, arguments, reporter)
                console.clearTransient()
                guard let failure = console.dataFailure else { return status }
                let lost = reporter.show(.outputFailed(failure))
                return status == .ok ? lost : status
            }
        }
    }

    private static func perform<Root: AsyncParsableCommand>(
        _ root: Root.Type, _ arguments: [String], _ reporter: FailureReporter
    ) async -> ExitStatus {
        if let topic = reporter.help.topic(in: arguments) {
            reporter.console.print(topic.text())
            return .ok
        }
        var command: any ParsableCommand
        do {
            if let leaf = LeafCommand.parse(arguments, of: root) {
                command = leaf
            } else {
                command = try await root.asyncParseAsRoot(arguments)
            }
        } catch {
            return reporter.reportParsing(error)
        }
        do {
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return .ok
        } catch {
            return reporter.report(error)
        }
    }

    /// Begins a line of its own, since the terminal shows `^C` or a progress bar.
    private static func interruptNote(_ arguments: [String]) -> String {
        let failure = CommandFailure.interrupted()
        if GlobalOptions.asksForJSON(arguments) { return failure.json.text() + "\n" }
        let lineStart = DescriptorSink.standardError.isTerminal ? "\n" : ""
        return "\(lineStart)\(failure.message)\n"
    }
}
