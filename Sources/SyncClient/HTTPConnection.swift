import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import SyncCore
import SyncProtocol

/// One connection to a hub, over which requests go one after the other.
struct HTTPConnection: Sendable {
    /// How long a connection may take to be made: a phone at the edge of a network needs seconds.
    private static let connectSeconds: Int64 = 10
    /// How long nothing may move, in either direction, while an answer is waited for: a hub that
    /// merges a large batch needs a second or two.
    private static let quietSeconds: Int64 = 15
    /// How long an answer may take in all, on a line that moves slowly.
    private static let answerSeconds: Int64 = 180

    private let channel: any Channel
    private let exchange: NIOLoopBound<HTTPExchange>

    var isActive: Bool { channel.isActive }

    /// - Throws: `TransportFault`, or what NIO says of the network.
    static func open(_ address: HubAddress, pin: Hash256?) async throws -> HTTPConnection {
        let tls = address.isTLS ? try PinnedTLS(address, pin: pin) : nil
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(connectSeconds))
        return try await bootstrap.connect(host: address.host, port: address.port) { channel in
            channel.eventLoop.makeCompletedFuture {
                let exchange = HTTPExchange()
                let pipeline = channel.pipeline.syncOperations
                try pipeline.addHandler(IdleStateHandler(allTimeout: .seconds(quietSeconds)))
                if let tls { try pipeline.addHandler(try tls.handler()) }
                try pipeline.addHTTPClientHandlers()
                try pipeline.addHandler(
                    NIOHTTPClientResponseAggregator(maxContentLength: Limits.unpackedBytes))
                try pipeline.addHandler(exchange)
                return HTTPConnection(
                    channel: channel,
                    exchange: NIOLoopBound(exchange, eventLoop: channel.eventLoop))
            }
        }
    }

    /// - Throws: what NIO says of the network, `HTTPTimeout`.
    func send(_ request: HTTPForm.Outgoing) async throws -> NIOHTTPClientResponseFull {
        let promise = channel.eventLoop.makePromise(of: NIOHTTPClientResponseFull.self)
        channel.eventLoop.execute {
            guard exchange.value.begin(promise) else { return promise.fail(ChannelError.eof) }
            channel.write(HTTPClientRequestPart.head(request.head), promise: nil)
            if !request.body.isEmpty {
                let body = ByteBuffer(bytes: request.body)
                channel.write(HTTPClientRequestPart.body(.byteBuffer(body)), promise: nil)
            }
            let end = HTTPClientRequestPart.end(nil)
            channel.writeAndFlush(end).whenFailure { exchange.value.end($0) }
        }
        let timeout = channel.eventLoop.scheduleTask(in: .seconds(Self.answerSeconds)) {
            exchange.value.end(HTTPTimeout())
            channel.close(promise: nil)
        }
        defer { timeout.cancel() }
        return try await promise.futureResult.get()
    }

    func close() async {
        try? await channel.close().get()
    }
}

/// No answer came in time.
struct HTTPTimeout: Error {}
