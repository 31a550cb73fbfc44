/// A hub's address: scheme, host and port, and nothing else.
public struct HubAddress: Sendable, Equatable {
    public let isTLS: Bool
    public let host: String
    public let port: Int

    /// Reads `http://host:port` or `https://host:port`; nil for anything else, paths included.
    public init?(_ url: String) {
        let rest: Substring
        if url.hasPrefix("https://") {
            (isTLS, rest) = (true, url.dropFirst("https://".count))
        } else if url.hasPrefix("http://") {
            (isTLS, rest) = (false, url.dropFirst("http://".count))
        } else {
            return nil
        }
        let authority = rest.hasSuffix("/") ? rest.dropLast() : rest
        guard !authority.isEmpty, !authority.contains(where: { "/?#@ ".contains($0) }) else {
            return nil
        }
        let colon = authority.lastIndex(of: ":")
        if let colon, !authority[colon...].contains("]") {
            guard let port = Int(authority[authority.index(after: colon)...]),
                1...65_535 ~= port
            else { return nil }
            self.port = port
            host = String(authority[..<colon]).trimmingBrackets
        } else {
            port = isTLS ? 443 : 80
            host = String(authority).trimmingBrackets
        }
        guard !host.isEmpty else { return nil }
    }

    /// As the `Host` header has it.
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isTLS ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// Whether only this machine can be meant.
    public var isLoopback: Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
}

extension String {
    /// An IPv6 address without its brackets.
    fileprivate var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
    }
}
