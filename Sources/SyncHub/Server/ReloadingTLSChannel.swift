import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// Puts TLS before a channel, with the certificate of the moment.
struct ReloadingTLSChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let certificate: ServedCertificate

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(
                NIOSSLServerHandler(context: certificate.context))
        }.flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: Base.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}

extension HTTPServerBuilder {
    /// HTTP/1.1, under TLS where there is a certificate.
    static func http1(
        configuration: HTTP1Channel.Configuration, certificate: ServedCertificate?,
        counts: ConnectionCounts
    ) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            let plain = HTTP1Channel(responder: responder, configuration: configuration)
            let limits = ConnectionLimits()
            guard let certificate else {
                return CountedChannel(base: plain, counts: counts, limits: limits)
            }
            return CountedChannel(
                base: ReloadingTLSChannel(base: plain, certificate: certificate), counts: counts,
                limits: limits)
        }
    }
}
