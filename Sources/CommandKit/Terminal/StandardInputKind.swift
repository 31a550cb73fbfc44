#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

/// Where standard input comes from.
public enum StandardInputKind {
    /// Whether a person types it.
    public static var isTerminal: Bool { isatty(0) == 1 }
}
