#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

/// What Ctrl-C does: say that nothing saved is lost, and end with status 130.
///
/// The work may be cut anywhere, as by a power cut; the storage is made for that. A program that
/// stops in its own order (a server) calls `restoreDefault()` or installs its own handling later.
public enum InterruptSignal {
    /// Written once by `install`, before the handler that reads them can run; never freed.
    nonisolated(unsafe) private static var note: UnsafeMutablePointer<UInt8>?
    nonisolated(unsafe) private static var noteByteCount = 0

    /// Prepares the note and sets the handler. Leaves an ignored signal ignored, as a background
    /// job of a shell expects.
    static func install(note text: String) {
        guard !isIgnored(SIGINT) else { return }
        let bytes = Array(text.utf8)
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
        copy.initialize(from: bytes, count: bytes.count)
        note = copy
        noteByteCount = bytes.count
        // Only async-signal-safe calls: the handler may run inside malloc.
        signal(SIGINT) { _ in
            if let note = InterruptSignal.note {
                _ = write(2, note, InterruptSignal.noteByteCount)
            }
            _exit(130)
        }
    }

    /// Gives the signal back to the system, or to whoever sets a handler next.
    public static func restoreDefault() {
        signal(SIGINT, SIG_DFL)
    }

    /// Writing to a closed pipe gives an error, not a death.
    static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        #if canImport(Darwin)
            let handler = action.__sigaction_u.__sa_handler
        #elseif canImport(Musl)
            let handler = action.__sa_handler.sa_handler
        #elseif canImport(Android)
            let handler = action.sa_handler
        #else
            let handler = action.__sigaction_handler.sa_handler
        #endif
        let ignored = 1  // SIG_IGN, everywhere
        return unsafeBitCast(handler, to: Int.self) == ignored
    }
}
