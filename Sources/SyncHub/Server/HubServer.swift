public import Hummingbird
import HummingbirdCore
import HummingbirdTLS
public import Logging
import NIOCore
import NIOPosix
import NIOSSL

/// How a hub is served.
public struct HubServerOptions: Sendable {
    public let host: String
    public let port: Int
    /// PEM files; nil for plain HTTP.
    public let certificatePath: String?
    public let privateKeyPath: String?

    public init(
        host: String, port: Int, certificatePath: String? = nil, privateKeyPath: String? = nil
    ) {
        self.host = host
        self.port = port
        self.certificatePath = certificatePath
        self.privateKeyPath = privateKeyPath
    }
}

/// A connection that says nothing for so long is closed: it holds memory, and a join needs no token.
private let idleTimeout = TimeAmount.seconds(60)

/// Builds the hub's application; a test builds the same one.
///
/// - Parameter onServing: is told the port once the hub listens.
/// - Throws: `NIOSSLError` for certificate files that cannot be used.
public func buildHubApplication(
    service: HubService, store: any HubStore, options: HubServerOptions, logger: Logger,
    onServing: @escaping @Sendable (Int) async -> Void = { _ in }
) throws -> some ApplicationProtocol {
    try buildHubApplication(
        service: service, store: store, options: options, logger: logger, page: nil,
        onServing: onServing)
}

/// The same, with a page for people at the hub's address and more figures at `/metrics`.
///
/// - Throws: `NIOSSLError` for certificate files that cannot be used.
package func buildHubApplication(
    service: HubService, store: any HubStore, options: HubServerOptions, logger: Logger,
    page: (any PageResponder)?,
    gauges: @escaping @Sendable () throws -> [HubGauge] = { [] },
    onServing: @escaping @Sendable (Int) async -> Void = { _ in }
) throws -> some ApplicationProtocol {
    let responder = HubResponder(
        service: service, metrics: HubMetrics(store: store, gauges: gauges), page: page)
    return try application(responder, options, logger, onServing)
}

/// Threads that may wait for a database at once: more than the pool lends connections.
private let databaseThreads = 16

/// Builds the application that serves every space of a directory.
///
/// - Throws: `NIOSSLError` for certificate files that cannot be used.
public func buildSpacesApplication(
    directory: any SpaceDirectory, options: HubServerOptions, logger: Logger,
    gauges: @escaping @Sendable (any HubStore) throws -> [HubGauge] = { _ in [] },
    onServing: @escaping @Sendable (Int) async -> Void = { _ in }
) throws -> some ApplicationProtocol {
    let pool = NIOThreadPool(numberOfThreads: databaseThreads)
    pool.start()
    return try application(
        SpacesResponder(directory: directory, pool: pool, gauges: gauges), options, logger,
        onServing)
}

private func application<Responder: HTTPResponder>(
    _ responder: Responder, _ options: HubServerOptions, _ logger: Logger,
    _ onServing: @escaping @Sendable (Int) async -> Void
) throws -> Application<Responder> where Responder.Context == BasicRequestContext {
    let http = HTTP1Channel.Configuration(idleTimeout: idleTimeout)
    var server: HTTPServerBuilder = .http1(configuration: http)
    if let certificate = options.certificatePath, let key = options.privateKeyPath {
        let chain = try NIOSSLCertificate.fromPEMFile(certificate)
        let configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
        server = try .tls(.http1(configuration: http), tlsConfiguration: configuration)
    }
    return Application(
        responder: responder, server: server,
        configuration: .init(
            address: .hostname(options.host, port: options.port), serverName: nil),
        onServerRunning: { channel in await onServing(channel.localAddress?.port ?? 0) },
        logger: logger)
}
