import NIOCore
import NIOSSL
import SyncCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// TLS to a hub whose certificate's key the invite pinned.
///
/// With a pin nothing else is asked of the certificate: neither names nor dates. A device whose
/// clock is years off must be able to sync (and so to learn that its clock is off).
struct PinnedTLS: Sendable {
    private let context: NIOSSLContext
    private let hostname: String?
    private let pin: Hash256?

    /// - Parameter pin: SHA-256 of the certificate's SubjectPublicKeyInfo; nil leaves the check to
    ///   the platform's certificate authorities.
    init(_ address: HubAddress, pin: Hash256?) throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        // As OpenSSL and curl read it: authorities of one's own, without touching the system's.
        if let path = getenv("SSL_CERT_FILE").map({ String(cString: $0) }), !path.isEmpty {
            configuration.trustRoots = .file(path)
        }
        if pin != nil { configuration.certificateVerification = .noHostnameVerification }
        context = try NIOSSLContext(configuration: configuration)
        let isNumeric = (try? SocketAddress(ipAddress: address.host, port: 0)) != nil
        hostname = isNumeric ? nil : address.host
        self.pin = pin
    }

    func handler() throws -> NIOSSLClientHandler {
        guard let pin else {
            return try NIOSSLClientHandler(context: context, serverHostname: hostname)
        }
        return try NIOSSLClientHandler(
            context: context, serverHostname: hostname,
            customVerificationCallback: { chain, promise in
                let key = try? chain.first?.extractPublicKey().toSPKIBytes()
                let isPinned = key.map { Hash256.sha256($0) == pin } ?? false
                promise.succeed(isPinned ? .certificateVerified : .failed)
            })
    }
}
