/// Where text goes: a descriptor, or a test's memory.
public protocol OutputSink: Sendable {
    /// The width of the terminal behind it in columns, asked anew each time since people resize
    /// windows; nil if there is no terminal.
    var terminalColumns: Int? { get }

    /// Writes the whole text as UTF-8.
    ///
    /// - Throws: `OutputFailure` if the system took only a part or nothing.
    func write(_ text: String) throws(OutputFailure)
}

extension OutputSink {
    public var isTerminal: Bool { terminalColumns != nil }
}
