import NIOCore
import NIOHTTP1

/// Matches each answer of a connection to the request before it: one is under way at a time.
///
/// Runs on its channel's event loop only.
final class HTTPExchange: ChannelInboundHandler {
    typealias InboundIn = NIOHTTPClientResponseFull

    private var waiting: EventLoopPromise<NIOHTTPClientResponseFull>?
    private var failure: (any Error)?

    /// - Returns: false if the connection is no longer usable.
    func begin(_ promise: EventLoopPromise<NIOHTTPClientResponseFull>) -> Bool {
        guard failure == nil, waiting == nil else { return false }
        waiting = promise
        return true
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let response = unwrapInboundIn(data)
        let keepsAlive = response.head.isKeepAlive
        waiting?.succeed(response)
        waiting = nil
        if !keepsAlive { context.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(error)
        context.close(promise: nil)
    }

    /// Nothing moved for a while: a hub that took the connection and froze.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is IdleStateHandler.IdleStateEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        guard waiting != nil else { return }
        end(HTTPTimeout())
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(ChannelError.eof)
        context.fireChannelInactive()
    }

    /// What was wrong first is what the request is told.
    func end(_ error: any Error) {
        failure = failure ?? error
        waiting?.fail(failure ?? error)
        waiting = nil
    }
}
