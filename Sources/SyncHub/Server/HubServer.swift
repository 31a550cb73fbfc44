public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Where a hub answers, and with which certificate.
public struct HubListener: Sendable {
    public let host: String
    /// 0 lets the system choose.
    public let port: Int
    /// Nil for plain HTTP.
    public let certificate: ServedCertificate?

    public init(host: String, port: Int, certificate: ServedCertificate? = nil) {
        self.host = host
        self.port = port
        self.certificate = certificate
    }
}

/// How a hub is served.
public struct HubServerOptions: Sendable {
    public let listener: HubListener
    /// Where it was served before, and answers until every device knows better; without the page.
    public let former: HubListener?
    public let limits: ServingLimits

    public init(
        _ listener: HubListener, former: HubListener? = nil,
        limits: ServingLimits = ServingLimits()
    ) {
        self.listener = listener
        self.former = former
        self.limits = limits
    }
}

/// A connection that says nothing for so long is closed: it holds memory, and a join needs no token.
private let idleTimeout = TimeAmount.seconds(60)

/// A request's head: addresses and tokens are short.
private let headerLimits = HTTP1Channel.Configuration.DecoderConfiguration(
    maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)

/// Builds the hub's application; a test builds the same one.
///
/// - Parameter onServing: is told the port once the hub listens.
public func buildHubApplication(
    service: HubService, store: any HubStore, options: HubServerOptions, logger: Logger,
    onServing: @escaping @Sendable (Int) async -> Void = { _ in }
) -> some ApplicationProtocol {
    buildHubApplication(
        service: service, store: store, options: options, logger: logger, page: nil,
        onServing: onServing)
}

/// The same, with a page for people at the hub's address and more figures at `/metrics`.
package func buildHubApplication(
    service: HubService, store: any HubStore, options: HubServerOptions, logger: Logger,
    page: (any PageResponder)?,
    gauges: @escaping GaugeReader = { [] },
    onServing: @escaping @Sendable (Int) async -> Void = { _ in }
) -> some ApplicationProtocol {
    let responder = HubResponder(
        service: service, metrics: HubMetrics(store: store, gauges: gauges),
        limits: options.limits, page: page)
    let former = options.former.map { application(responder.withoutPage, $0, logger) }
    return application(
        responder, options.listener, logger, beside: former.map { [$0] } ?? [], onServing)
}

/// Threads that may wait for a database at once: more than the pool lends connections.
private let databaseThreads = 16

/// Builds the application that serves every space of a directory.
public func buildSpacesApplication(
    directory: any SpaceDirectory, options: HubServerOptions, logger: Logger,
    gauges: @escaping @Sendable (any HubStore) -> GaugeReader = { _ in { [] } },
    onServing: @escaping @Sendable (Int) async -> Void = { _ in }
) -> some ApplicationProtocol {
    let pool = NIOThreadPool(numberOfThreads: databaseThreads)
    pool.start()
    let responder = SpacesResponder(
        directory: directory, pool: pool, limits: options.limits, gauges: gauges)
    let former = options.former.map { application(responder, $0, logger) }
    return application(
        responder, options.listener, logger, beside: former.map { [$0] } ?? [], onServing)
}

/// - Parameter others: what runs and ends with it.
private func application<Responder: HTTPResponder>(
    _ responder: Responder, _ listener: HubListener, _ logger: Logger,
    beside others: [any Service] = [],
    _ onServing: @escaping @Sendable (Int) async -> Void = { _ in }
) -> Application<Responder> where Responder.Context == HubRequestContext {
    Application(
        responder: responder,
        server: .http1(
            configuration: .init(
                additionalChannelHandlers: [RequestDeadline(ConnectionLimits())],
                idleTimeout: idleTimeout, httpDecoderConfiguration: headerLimits),
            certificate: listener.certificate, counts: ConnectionCounts()),
        configuration: .init(
            address: .hostname(listener.host, port: listener.port), serverName: nil),
        services: others,
        onServerRunning: { channel in await onServing(channel.localAddress?.port ?? 0) },
        logger: logger)
}
