#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

/// The environment variables, passed as a value so that tests bring their own.
public struct ProcessEnvironment: Sendable {
    private let lookup: @Sendable (String) -> String?

    public init(_ variables: [String: String]) {
        lookup = { variables[$0] }
    }

    private init(lookup: @escaping @Sendable (String) -> String?) {
        self.lookup = lookup
    }

    /// The real ones. Each is read when asked for: copying them all costs at start-up.
    public static let process = ProcessEnvironment(lookup: { name in
        getenv(name).map { String(cString: $0) }
    })

    public subscript(name: String) -> String? { lookup(name) }
}
