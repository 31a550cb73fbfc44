import CommandKit

/// What one run of the sample program gave.
struct ProgramRun {
    let status: ExitStatus
    let data: String
    let talk: String

    init(
        _ arguments: String..., language: Language = .en, columns: Int? = nil,
        failure: OutputFailure? = nil
    ) async {
        let data = CapturingSink(terminalColumns: columns, failure: failure)
        let talk = CapturingSink()
        let console = Console(data: data, talk: talk, environment: ProcessEnvironment([:]))
        status = await Language.withCurrent(language) {
            await CommandRunner.status(
                running: SampleProgram.self, arguments: arguments, console: console
            ) { $0 is SampleFail.Foreign && arguments.contains("known") ? .interrupted() : nil }
        }
        self.data = data.text
        self.talk = talk.text
    }

    /// The first line on standard error.
    var firstLine: String { String(talk.prefix { $0 != "\n" }) }
}
