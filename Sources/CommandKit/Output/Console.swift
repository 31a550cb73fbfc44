private import Synchronization

/// The two voices of a program: data on standard output, talk on standard error.
///
/// A reader that goes away is not an error: the rest is dropped quietly, and `isReaderGone` lets a
/// long listing stop. Any other failure to write data is kept in `dataFailure`, which makes the
/// program's end a failure. Talk that cannot be written is dropped.
///
/// Texts are written as they are. Data in them must be `sanitised()` first; `Message`, `Table` and
/// `JSONOutput` do that themselves.
public final class Console: Sendable {
    private struct State {
        var isReaderGone = false
        var dataFailure: OutputFailure?
        var isTransientShown = false
    }

    private let data: any OutputSink
    private let talk: any OutputSink
    private let isDataStyled: Bool
    private let isTalkStyled: Bool
    private let canRedraw: Bool
    private let state = Mutex(State())

    public init(
        data: any OutputSink, talk: any OutputSink, environment: ProcessEnvironment
    ) {
        self.data = data
        self.talk = talk
        isDataStyled = TextStyle.isAllowed(isTerminal: data.isTerminal, environment: environment)
        isTalkStyled = TextStyle.isAllowed(isTerminal: talk.isTerminal, environment: environment)
        canRedraw = talk.isTerminal && environment["TERM"] != "dumb"
    }

    /// The process's standard streams.
    public static let standard = Console(
        data: DescriptorSink.standardOutput, talk: DescriptorSink.standardError,
        environment: .process)

    /// The console of the running command: the standard one, unless a test set another.
    @TaskLocal public static var current: Console = .standard

    /// The width of the terminal that shows the data, nil without one.
    public var dataColumns: Int? { data.terminalColumns }

    /// The width of the terminal that shows the talk, nil without one or if it cannot redraw.
    public var progressColumns: Int? { canRedraw ? talk.terminalColumns : nil }

    /// Whether whoever read the data has closed it.
    public var isReaderGone: Bool { state.withLock { $0.isReaderGone } }

    /// Why data was lost, if it was.
    public var dataFailure: OutputFailure? { state.withLock { $0.dataFailure } }

    /// Writes data and a line end.
    public func print(_ text: String = "") {
        write(text + "\n")
    }

    /// Writes data without a line end, at once. Gather many lines into one call.
    public func write(_ text: String) {
        clearTransient()
        state.withLock { state in
            guard !state.isReaderGone, state.dataFailure == nil else { return }
            do throws(OutputFailure) {
                try data.write(text)
            } catch {
                state.isReaderGone = error.isReaderGone
                state.dataFailure = error.isReaderGone ? nil : error
            }
        }
    }

    /// Says something to the person: a line on standard error, broken where its terminal ends.
    public func say(_ text: String = "") {
        clearTransient()
        guard let columns = talk.terminalColumns else {
            try? talk.write(text + "\n")
            return
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { TalkLine($0).wrapped(toColumns: columns) }
        try? talk.write(lines.joined(separator: "\n") + "\n")
    }

    /// Says something that programs read, as it is: a JSON document, however long its line.
    func sayVerbatim(_ text: String) {
        clearTransient()
        try? talk.write(text + "\n")
    }

    /// Whether a person reads the talk and can answer: a terminal on both sides.
    public var canAsk: Bool { talk.isTerminal && StandardInputKind.isTerminal }

    /// Says something without a line end: a question.
    func sayOpen(_ text: String) {
        clearTransient()
        try? talk.write(text)
    }

    /// Shows a line that the next output replaces. Does nothing without a terminal.
    ///
    /// - Parameter text: narrower than `progressColumns`, or it cannot be taken back.
    func showTransient(_ text: String) {
        guard canRedraw else { return }
        state.withLock { $0.isTransientShown = true }
        try? talk.write("\r\(text)\u{1B}[K")
    }

    /// Takes the transient line back, if there is one.
    func clearTransient() {
        let isShown = state.withLock { state in
            defer { state.isTransientShown = false }
            return state.isTransientShown
        }
        if isShown { try? talk.write("\r\u{1B}[K") }
    }

    /// Styles a part of the data, where its terminal shows styles.
    public func styled(_ text: String, _ style: TextStyle) -> String {
        isDataStyled ? style.applied(to: text) : text
    }

    /// Styles a part of the talk, where its terminal shows styles.
    public func styledTalk(_ text: String, _ style: TextStyle) -> String {
        isTalkStyled ? style.applied(to: text) : text
    }
}
