import NIOCore
import NIOPosix
import NIOSSL
import SyncCore

/// Fetches a server's certificate and accepts it only if its key is the pinned one.
///
/// The HTTP client can trust a certificate but not a key; so one handshake before it looks at the
/// key, and the client then trusts just that certificate.
enum CertificatePin {
    private static let timeoutSeconds: Int64 = 10

    /// - Throws: `TransportFault` (certificate or unreachable).
    static func fetch(
        _ address: HubAddress, pin: Hash256, url: String
    ) async throws -> NIOSSLCertificate {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let certificate = loop.makePromise(of: NIOSSLCertificate.self)
        let context = try NIOSSLContext(configuration: .makeClientConfiguration())
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(.seconds(timeoutSeconds))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(
                        context: context, serverHostname: nil,
                        customVerificationCallback: { chain, promise in
                            judge(chain.first, pin, url, certificate, promise)
                        })
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
        let timeout = loop.scheduleTask(in: .seconds(timeoutSeconds)) {
            certificate.fail(TransportFault(.timeout, url: url))
        }
        defer { timeout.cancel() }
        do {
            let channel = try await bootstrap.connect(host: address.host, port: address.port).get()
            channel.closeFuture.whenComplete { _ in
                certificate.fail(TransportFault(.unreachable, url: url, detail: "no TLS there"))
            }
            defer { channel.close(promise: nil) }
            return try await certificate.futureResult.get()
        } catch let fault as TransportFault {
            throw fault
        } catch {
            certificate.fail(error)
            throw TransportFault(.unreachable, url: url, detail: "\(error)")
        }
    }

    private static func judge(
        _ leaf: NIOSSLCertificate?, _ pin: Hash256, _ url: String,
        _ certificate: EventLoopPromise<NIOSSLCertificate>,
        _ promise: EventLoopPromise<NIOSSLVerificationResult>
    ) {
        if let leaf, let key = try? leaf.extractPublicKey().toSPKIBytes(),
            Hash256.sha256(key) == pin
        {
            certificate.succeed(leaf)
            promise.succeed(.certificateVerified)
        } else {
            certificate.fail(TransportFault(.certificate, url: url))
            promise.succeed(.failed)
        }
    }
}
