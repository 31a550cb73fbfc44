private import Synchronization

/// Keeps what was written, so that tests read a command's output without a process.
public final class CapturingSink: OutputSink {
    private let captured = Mutex("")
    private let failure: OutputFailure?
    public let terminalColumns: Int?

    /// - Parameters:
    ///   - terminalColumns: the width to pretend; nil for no terminal.
    ///   - failure: what every write meets, if writing shall fail.
    public init(terminalColumns: Int? = nil, failure: OutputFailure? = nil) {
        self.terminalColumns = terminalColumns
        self.failure = failure
    }

    public var text: String { captured.withLock { $0 } }

    public func write(_ text: String) throws(OutputFailure) {
        if let failure { throw failure }
        captured.withLock { $0 += text }
    }
}
