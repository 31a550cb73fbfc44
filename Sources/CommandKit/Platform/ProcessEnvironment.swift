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
    private let list: @Sendable () -> [String]

    public init(_ variables: [String: String]) {
        lookup = { variables[$0] }
        list = { Array(variables.keys) }
    }

    private init(
        lookup: @escaping @Sendable (String) -> String?, list: @escaping @Sendable () -> [String]
    ) {
        self.lookup = lookup
        self.list = list
    }

    /// The real ones. Each is read when asked for: copying them all costs at start-up.
    public static let process = ProcessEnvironment(
        lookup: { name in getenv(name).map { String(cString: $0) } }, list: allNames)

    private static let allNames: @Sendable () -> [String] = {
        var names: [String] = []
        var next = environ
        while let entry = next.pointee {
            names.append(String(String(cString: entry).prefix { $0 != "=" }))
            next += 1
        }
        return names
    }

    /// The names of all variables that begin so.
    public func names(beginning prefix: String) -> [String] {
        list().filter { $0.hasPrefix(prefix) }.sorted()
    }

    public subscript(name: String) -> String? { lookup(name) }
}
