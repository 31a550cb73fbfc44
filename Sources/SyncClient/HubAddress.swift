/// A hub's address: scheme, host, port, and the path below which it serves.
public struct HubAddress: Sendable, Equatable {
    public let isTLS: Bool
    public let host: String
    public let port: Int
    /// Empty, or `/s/riverside`: what stands before the path of every call.
    public let path: String

    /// Reads `http://host:port` or `https://host:port`, with a path or without; nil for anything
    /// else. A slash at the end is passed over.
    public init?(_ url: String) {
        let rest: Substring
        if url.hasPrefix("https://") {
            (isTLS, rest) = (true, url.dropFirst("https://".count))
        } else if url.hasPrefix("http://") {
            (isTLS, rest) = (false, url.dropFirst("http://".count))
        } else {
            return nil
        }
        let whole = rest.hasSuffix("/") ? rest.dropLast() : rest
        let authority = whole.prefix { $0 != "/" }
        path = String(whole[authority.endIndex...])
        guard !authority.isEmpty, !authority.contains(where: { "?#@ ".contains($0) }),
            Self.isPath(path)
        else { return nil }
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

    /// Segments of unreserved characters (RFC 3986 §2.3), none of them empty or a step upwards.
    private static func isPath(_ path: String) -> Bool {
        path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().allSatisfy {
            !$0.isEmpty && $0 != "." && $0 != ".."
                && $0.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                        || (0x61...0x7A).contains(byte) || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
                }
        }
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
