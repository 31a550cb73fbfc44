import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
public import SyncCore
import SyncProtocol

/// Listens to `GET /v1/live`: where the hub's log stands, whenever it moves on. Nothing is
/// believed from it but that a sync may be worth it.
public struct LiveListener: Sendable {
    /// A hub says something every 15 seconds; three times that means that nobody is there.
    private static let quietSeconds: Int64 = 45
    private static let connectSeconds: Int64 = 10

    private let url: String
    private let pin: Hash256?
    private let token: String

    public init(url: String, pin: Hash256?, token: String) {
        self.url = url
        self.pin = pin
        self.token = token
    }

    /// Positions as they come, until the line breaks: then the stream throws `TransportFault`, or
    /// `ForeignAnswer` where something else than a hub answers.
    public func positions() async throws -> AsyncThrowingStream<Int64, any Error> {
        guard let address = HubAddress(url) else { throw TransportFault(.badAddress, url: url) }
        let (stream, continuation) = AsyncThrowingStream.makeStream(
            of: Int64.self, bufferingPolicy: .bufferingNewest(1))
        let tls = address.isTLS ? try PinnedTLS(address, pin: pin) : nil
        let request = HTTPForm.outgoing(
            WireRequest(.get, "/v1/live", token: token), address: address)
        let url = url
        let channel: any Channel
        do {
            channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(Self.connectSeconds))
                .connect(host: address.host, port: address.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHandler(
                            IdleStateHandler(readTimeout: .seconds(Self.quietSeconds)))
                        if let tls { try pipeline.addHandler(try tls.handler()) }
                        try pipeline.addHTTPClientHandlers()
                        try pipeline.addHandler(LiveReader(continuation, url: url))
                        return channel
                    }
                }
        } catch { throw TransportFault(.unreachable, url: url, detail: "\(error)") }
        continuation.onTermination = { _ in channel.close(promise: nil) }
        channel.write(HTTPClientRequestPart.head(request.head), promise: nil)
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        return stream
    }
}

/// Reads server-sent events off a connection. Runs on its channel's event loop only.
private final class LiveReader: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    /// No line of a hub is longer.
    private static let lineLimit = 256

    private let continuation: AsyncThrowingStream<Int64, any Error>.Continuation
    private let url: String
    private var line: [UInt8] = []

    init(_ continuation: AsyncThrowingStream<Int64, any Error>.Continuation, url: String) {
        self.continuation = continuation
        self.url = url
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            let type = head.headers.first(name: "Content-Type") ?? ""
            guard head.status == .ok, type.lowercased().hasPrefix("text/event-stream") else {
                return end(
                    context, ForeignAnswer(.notThisProtocol, status: Int(head.status.code)))
            }
        case .body(let part):
            for byte in part.readableBytesView {
                if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                    take(line)
                    line.removeAll(keepingCapacity: true)
                } else if line.count < Self.lineLimit {
                    line.append(byte)
                }
            }
        case .end: end(context, TransportFault(.unreachable, url: url, detail: "the hub ended it"))
        }
    }

    private func take(_ line: [UInt8]) {
        let text = String(decoding: line, as: UTF8.self)
        guard text.hasPrefix("data:") else { return }
        let number = text.dropFirst(5).drop { $0 == " " }
        if let position = Int64(number) { continuation.yield(position) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is IdleStateHandler.IdleStateEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        end(context, TransportFault(.timeout, url: url))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(context, TransportFault(.unreachable, url: url, detail: "\(error)"))
    }

    func channelInactive(context: ChannelHandlerContext) {
        continuation.finish(throwing: TransportFault(.unreachable, url: url))
        context.fireChannelInactive()
    }

    private func end(_ context: ChannelHandlerContext, _ error: any Error) {
        continuation.finish(throwing: error)
        context.close(promise: nil)
    }
}
