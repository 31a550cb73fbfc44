import AsyncHTTPClient
import Gzip
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
public import SyncCore
public import SyncProtocol
import Synchronization

/// Carries requests over HTTP(S): no redirects, bounded in time and size, gzip both ways.
public final class HTTPTransport: HubTransport {
    /// How long a connection may take to be made, and an answer to come: a phone at the edge of
    /// a network needs seconds, a hub that merges a large batch needs some too.
    private static let connectSeconds: Int64 = 10
    private static let answerSeconds: Int64 = 60

    private let base: String
    private let client: HTTPClient
    private let counter = Mutex(Traffic())

    public var traffic: Traffic { counter.withLock { $0 } }

    /// - Parameters:
    ///   - url: `http://…` or `https://…`, without a path.
    ///   - pin: SHA-256 of the certificate's SubjectPublicKeyInfo; nil with https leaves the
    ///     check to the platform's certificate authorities.
    /// - Throws: `TransportFault`.
    public init(url: String, pin: Hash256?) async throws {
        base = url.hasSuffix("/") ? String(url.dropLast()) : url
        guard let address = HubAddress(url) else { throw TransportFault(.badAddress, url: url) }
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(
                connect: .seconds(Self.connectSeconds), read: .seconds(Self.answerSeconds)),
            decompression: .disabled)
        configuration.httpVersion = .http1Only
        // A refused connection is told at once: whoever has no signal should not wait for it.
        configuration.connectionPool.retryConnectionEstablishment = false
        if address.isTLS, let pin {
            let certificate = try await CertificatePin.fetch(address, pin: pin, url: url)
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .certificates([certificate])
            tls.certificateVerification = .noHostnameVerification
            configuration.tlsConfiguration = tls
        }
        client = HTTPClient(
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton),
            configuration: configuration)
    }

    /// Ends the connections. Call once, last.
    public func close() async {
        try? await client.shutdown()
    }

    public func send(_ request: WireRequest) async throws -> WireAnswer {
        let (outgoing, sent) = HTTPForm.outgoing(request, base: base)
        do {
            let response = try await client.execute(
                outgoing, timeout: .seconds(Self.answerSeconds))
            let body = try await Self.collect(response)
            counter.withLock {
                $0.sent += sent
                $0.received +=
                    HTTPForm.statusLineBytes + HTTPForm.size(response.headers) + body.count
                $0.roundTrips += 1
            }
            return try HTTPForm.answer(
                status: Int(response.status.code), headers: response.headers, body: body)
        } catch let error as HTTPClientError {
            throw Self.fault(error, url: base)
        } catch let error as NIOConnectionError {
            throw TransportFault(.unreachable, url: base, detail: "\(error)")
        } catch let error as NIOSSLError {
            throw TransportFault(.certificate, url: base, detail: "\(error)")
        } catch let error as ChannelError {
            throw TransportFault(.unreachable, url: base, detail: "\(error)")
        } catch let error as IOError {
            throw TransportFault(.unreachable, url: base, detail: "\(error)")
        }
    }

    private static func collect(_ response: HTTPClientResponse) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in response.body {
            bytes.append(contentsOf: part.readableBytesView)
            guard bytes.count <= Limits.unpackedBytes else {
                throw ForeignAnswer(.tooLarge, status: Int(response.status.code))
            }
        }
        return bytes
    }

    private static func fault(_ error: HTTPClientError, url: String) -> TransportFault {
        switch error {
        case .readTimeout, .deadlineExceeded, .connectTimeout, .getConnectionFromPoolTimeout:
            TransportFault(.timeout, url: url)
        default: TransportFault(.unreachable, url: url, detail: "\(error)")
        }
    }
}
