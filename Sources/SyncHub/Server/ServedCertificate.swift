// A certificate that is renewed while the hub serves.
//
// Problem: certificates last for weeks, and a hub that is restarted for each cuts those who sync.
// Idea: each connection gets its TLS context when it begins. A renewed certificate is read and
// checked wholly before the next connection gets it; those that are open go on under the old one.

import NIOSSL
public import SyncCore
import Synchronization

/// The certificate and key that new connections are served with.
public final class ServedCertificate: Sendable {
    /// What a certificate says of itself.
    public struct Facts: Sendable, Equatable {
        /// SHA-256 of its SubjectPublicKeyInfo: what invites pin.
        public let pin: Hash256
        /// When it ends, in seconds since 1970.
        public let expires: Int64
    }

    private struct State {
        var context: NIOSSLContext
        var facts: Facts
    }

    private let state: Mutex<State>

    /// - Parameters:
    ///   - path: PEM, the hub's own certificate first.
    ///   - keyPath: PEM.
    /// - Throws: `NIOSSLError`, `BoringSSLError` for files that cannot be used, or are no pair.
    public init(path: String, keyPath: String) throws {
        state = Mutex(try Self.read(path, keyPath))
    }

    /// Serves what another was read from. Connections that are open go on under the old one.
    ///
    /// - Returns: what was served before, and is now.
    public func take(_ other: ServedCertificate) -> (old: Facts, new: Facts) {
        let next = other.state.withLock { $0 }
        return state.withLock { state in
            defer { state = next }
            return (state.facts, next.facts)
        }
    }

    public var facts: Facts { state.withLock { $0.facts } }

    var context: NIOSSLContext { state.withLock { $0.context } }

    private static func read(_ path: String, _ keyPath: String) throws -> State {
        let chain = try NIOSSLCertificate.fromPEMFile(path)
        guard let leaf = chain.first else { throw NIOSSLError.failedToLoadCertificate }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: keyPath, format: .pem)))
        // RFC 8996: 1.0 and 1.1 are not to be used.
        configuration.minimumTLSVersion = .tlsv12
        return State(
            context: try NIOSSLContext(configuration: configuration),
            facts: Facts(
                pin: .sha256(try leaf.extractPublicKey().toSPKIBytes()),
                expires: Int64(leaf.notValidAfter)))
    }
}
