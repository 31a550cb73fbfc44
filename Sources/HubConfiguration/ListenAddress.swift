/// Where a server listens: `127.0.0.1:8600`, `[::1]:8600`, `0.0.0.0:8600`.
public struct ListenAddress: Sendable, Hashable {
    /// Without brackets.
    public let host: String
    /// 0 lets the system choose.
    public let port: Int

    /// Nil for what is no address and port.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let host = parts.dropLast().joined(separator: ":")
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        guard let last = parts.last, let port = Int(last), 0...65_535 ~= port, !host.isEmpty,
            isBracketed || !host.contains(":")
        else { return nil }
        self.host = isBracketed ? String(host.dropFirst().dropLast()) : host
        self.port = port
    }

    /// Whether only this machine can reach it.
    public var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

    /// The host as it stands in a URL.
    public var urlHost: String { host.contains(":") ? "[\(host)]" : host }
}
