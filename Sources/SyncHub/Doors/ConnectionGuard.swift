// Connections that hold without asking.
//
// Problem: five hundred connections that send a byte now and then are never idle, and a hub has so
// many files open and no more.
// Idea: a request's head must be here soon after its first byte (and a connection's first soon after
// it is open), its body within minutes, and one address has so many connections and no more. A hub
// behind a proxy on its own machine leaves counting to the proxy, which knows the addresses.

import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Limits of connections.
struct ConnectionLimits: Sendable {
    /// From one address other than this machine's.
    var perAddress = 1_024
    /// From the first byte of a request, or the opening of a connection, to the end of its head.
    var head = TimeAmount.seconds(20)
    /// From there to the end of its body: a megabyte on a slow line.
    var body = TimeAmount.seconds(300)
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
        guard let address = channel.remoteAddress?.ipAddress, !HubRequestContext.isLoopback(address)
        else { return base.setup(channel: channel, logger: logger) }
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
final class RequestDeadline: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let limits: ConnectionLimits
    private var deadline: Scheduled<Void>?

    init(_ limits: ConnectionLimits) { self.limits = limits }

    func handlerAdded(context: ChannelHandlerContext) { expect(limits.head, context) }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: expect(limits.body, context)
        case .body: break
        // The next one may take its time: the server closes what is idle.
        case .end: deadline?.cancel()
        }
        context.fireChannelRead(data)
    }

    private func expect(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }
}
