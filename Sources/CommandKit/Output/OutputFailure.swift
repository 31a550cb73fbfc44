#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

/// The system did not take what was to be written.
public struct OutputFailure: Error, Sendable, Hashable {
    /// The value of `errno`.
    public let number: Int32

    public init(number: Int32) {
        self.number = number
    }

    /// The reader went away (`| head`): no reason to complain.
    public var isReaderGone: Bool { number == EPIPE }

    /// The system's own words for it, in English.
    public var reason: String {
        strerror(number).map { String(cString: $0) } ?? "errno \(number)"
    }
}
