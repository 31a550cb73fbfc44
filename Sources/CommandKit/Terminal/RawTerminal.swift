#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

/// The terminal while a screen is shown: keys come one by one and are not echoed. As it was before
/// once `restore` was called.
///
/// Draws on standard error, below the line where it began, and leaves nothing behind.
public final class RawTerminal {
    private let original: termios
    private var parser = KeyParser()
    /// Lines drawn, the cursor standing on the last.
    private var drawn = 0
    private var isRestored = false

    /// A lone escape is told from the beginning of a sequence by what follows within this time.
    private static let escapeMilliseconds: Int32 = 40

    /// Nil without a terminal on standard input and standard error.
    public init?() {
        var settings = termios()
        guard isatty(2) == 1, tcgetattr(0, &settings) == 0 else { return nil }
        original = settings
        settings.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
        settings.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR)
        guard tcsetattr(0, TCSANOW, &settings) == 0 else { return nil }
    }

    deinit { restore() }

    /// Takes the screen away and gives the terminal back.
    public func restore() {
        guard !isRestored else { return }
        isRestored = true
        clear()
        var settings = original
        tcsetattr(0, TCSANOW, &settings)
    }

    /// Columns and rows.
    public var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Waits for the next key.
    public func key() -> Key {
        while true {
            if let key = parser.next() { return key }
            let isWaiting = parser.isIncomplete
            var request = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
            let ready = poll(&request, 1, isWaiting ? Self.escapeMilliseconds : -1)
            if ready == 0, let key = parser.next(isEnd: true) { return key }
            guard ready > 0 else { continue }
            var buffer = [UInt8](repeating: 0, count: 256)
            let count = read(0, &buffer, buffer.count)
            guard count > 0 else { return .interrupt }
            parser.feed(buffer[..<count])
        }
    }

    /// Puts lines in place of those that are shown. Each must be narrower than the terminal.
    public func draw(_ lines: [String]) {
        var text = home
        for (index, line) in lines.enumerated() {
            text += (index == 0 ? "" : "\r\n") + "\u{1B}[2K" + line
        }
        text += "\u{1B}[J"
        emit(text)
        drawn = lines.count
    }

    /// Takes the lines away.
    public func clear() {
        guard drawn > 0 else { return }
        emit(home + "\u{1B}[J")
        drawn = 0
    }

    private var home: String {
        drawn > 1 ? "\r\u{1B}[\(drawn - 1)A" : "\r"
    }

    private func emit(_ text: String) {
        try? DescriptorSink.standardError.write(text)
    }
}
