// Connections that hold without asking.
//
// Problem: five hundred connections that send a byte now and then are never idle, and a hub has so
// many files open and no more.
// Idea: a request's head must be here soon after the connection is open or the answer before has
// ended, whatever drips in meanwhile, its body within minutes, and one address has so many connections
// and no more. A hub behind a proxy on its own machine leaves counting to the proxy, which knows the
// addresses.

import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Limits of connections.
struct ConnectionLimits: Sendable {
    /// From one address other than this machine's.
    var perAddress = 1_024
    /// From the opening of a connection to the end of its first request's head.
    var head = TimeAmount.seconds(20)
    /// From there to the end of its body: a megabyte on a slow line.
    var body = TimeAmount.seconds(300)
    /// From the end of an answer to the end of the next request's head. Who sends nothing at all is
    /// closed before, as idle.
    var next = TimeAmount.seconds(90)
}

/// Counts connections by address.
final class ConnectionCounts: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    /// - Returns: false if the address has as many as it may.
    func open(_ address: String, limit: Int) -> Bool {
        counts.withLock { counts in
            guard counts[address, default: 0] < limit else { return false }
            counts[address, default: 0] += 1
            return true
        }
    }

    func close(_ address: String) {
        counts.withLock { counts in
            let left = (counts[address] ?? 1) - 1
            counts[address] = left > 0 ? left : nil
        }
    }
}

/// Closes a connection that is one too many before anything is read from it.
struct CountedChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let counts: ConnectionCounts
    let limits: ConnectionLimits

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        guard let client = channel.remoteAddress.flatMap(ClientAddress.init), !client.isLoopback
        else { return base.setup(channel: channel, logger: logger) }
        let address = client.network
        guard counts.open(address, limit: limits.perAddress) else {
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(TooManyConnections())
        }
        channel.closeFuture.whenComplete { _ in counts.close(address) }
        return base.setup(channel: channel, logger: logger)
    }

    func handle(value: Base.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}

/// One address has as many connections as it may.
struct TooManyConnections: Error {}

/// Ends a connection on which a request takes too long to come.
///
/// Runs on its channel's event loop only.
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: ConnectionLimits
    private var deadline: Scheduled<Void>?
    /// Requests whose answer has not ended: it may last for hours.
    private var unanswered = 0
    /// Whether a request's body is still to come: its own deadline holds, whatever is answered.
    private var isReading = false

    init(_ limits: ConnectionLimits) { self.limits = limits }

    func handlerAdded(context: ChannelHandlerContext) { expect(limits.head, context) }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            unanswered += 1
            isReading = true
            expect(limits.body, context)
        case .body: break
        case .end:
            isReading = false
            expectNext(context)
        }
        context.fireChannelRead(data)
    }

    func write(
        context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
    ) {
        if case .end = unwrapOutboundIn(data) {
            unanswered -= 1
            if !isReading { expectNext(context) }
        }
        context.write(data, promise: promise)
    }

    /// A request has come, or an answer has gone: the next head is waited for once none is due.
    private func expectNext(_ context: ChannelHandlerContext) {
        deadline?.cancel()
        if unanswered == 0 { expect(limits.next, context) }
    }

    private func expect(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }
}
