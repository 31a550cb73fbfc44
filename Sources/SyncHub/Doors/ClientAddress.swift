import NIOCore

#if canImport(Glibc)
    import CNIOLinux
#elseif canImport(Darwin)
    import Darwin
#endif

/// An address that somebody connects from.
struct ClientAddress {
    /// Under which name it is counted: an IPv4 address, or the 64 bits of an IPv6 address that a
    /// household or a machine is given whole.
    let network: String
    /// Whether it is this machine's own.
    let isLoopback: Bool

    /// - Parameter text: an address without a port; nil is returned for anything else.
    init?(_ text: String) {
        guard let address = try? SocketAddress(ipAddress: text, port: 0) else { return nil }
        self.init(address)
    }

    /// Nil for a socket of the file system.
    init?(_ address: SocketAddress) {
        var bytes: [UInt8]
        switch address {
        case .v4(let v4): bytes = withUnsafeBytes(of: v4.address.sin_addr) { Array($0) }
        case .v6(let v6): bytes = withUnsafeBytes(of: v6.address.sin6_addr) { Array($0) }
        case .unixDomainSocket: return nil
        }
        // ::ffff:a.b.c.d
        if bytes.count == 16, bytes.starts(with: Self.mappedPrefix) {
            bytes.removeFirst(Self.mappedPrefix.count)
        }
        if bytes.count == 4 {
            network = bytes.map { String($0) }.joined(separator: ".")
            isLoopback = bytes[0] == 127
        } else {
            network =
                stride(from: 0, to: 8, by: 2).map {
                    String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
                }.joined(separator: ":") + "::/64"
            isLoopback = bytes == Self.loopback
        }
    }

    private static let mappedPrefix = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
    private static let loopback = [UInt8](repeating: 0, count: 15) + [1]
}
