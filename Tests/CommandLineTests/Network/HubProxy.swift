import Foundation
import Synchronization

/// A way to the hub that a test can tamper with, request by request.
///
/// Every exchange has connections of its own, so that an answer ends where its connection does.
final class HubProxy: Sendable {
    /// What becomes of one request.
    enum Fate: Sendable {
        case forwarded
        /// The hub answers, something happens to it, the answer does not arrive.
        case answerLost(@Sendable () throws -> Void = {})
        /// The request reaches the hub, something happens to it, no answer arrives.
        case interrupted(@Sendable () throws -> Void)
        /// The hub never sees the request.
        case answered(HTTPText)
        case changed(@Sendable (HTTPText) -> HTTPText)
    }

    typealias Rule = @Sendable (_ request: HTTPText, _ index: Int) throws -> Fate

    struct Exchange: Sendable {
        let request: HTTPText
        let answer: HTTPText
    }

    fileprivate final class Core: Sendable {
        struct State {
            var port: UInt16
            var rule: Rule = { _, _ in .forwarded }
            var count = 0
            var exchanges: [Exchange] = []
            var faults: [String] = []
        }

        let state: Mutex<State>

        init(port: UInt16) { state = Mutex(State(port: port)) }
    }

    private let core: Core
    private let listener: LoopbackSocket
    let url: String

    init(to hub: RunningHub) throws {
        guard let port = hub.url.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw ProcessFault("no port in \(hub.url)")
        }
        let core = Core(port: port)
        let (listener, ownPort) = try LoopbackSocket.listen()
        (self.core, self.listener) = (core, listener)
        url = "http://127.0.0.1:\(ownPort)"
        Thread.detachNewThread {
            while let client = listener.accept() {
                Thread.detachNewThread { core.serve(client) }
            }
            listener.close()
        }
    }

    deinit { listener.shutDown() }

    /// Begins to count requests from 0 again.
    func setRule(_ rule: @escaping Rule) {
        core.state.withLock { ($0.rule, $0.count) = (rule, 0) }
    }

    /// From now on everything goes through as it is.
    func letThrough() { setRule { _, _ in .forwarded } }

    /// Requests since the rule was set.
    var count: Int { core.state.withLock(\.count) }
    /// What the hub has answered.
    var exchanges: [Exchange] { core.state.withLock(\.exchanges) }
    /// Errors that rules threw.
    var faults: [String] { core.state.withLock(\.faults) }
}

extension HubProxy.Core {
    fileprivate func serve(_ client: LoopbackSocket) {
        defer { client.close() }
        var bytes: [UInt8] = []
        while let part = client.read() {
            bytes += part
            guard var request = HTTPText(bytes) else { continue }
            // Plain answers are easier to tamper with.
            request.remove("Accept-Encoding")
            do {
                if let answer = try self.answer(to: request) { client.write(answer.bytes) }
            } catch {
                state.withLock { $0.faults.append("\(error)") }
            }
            client.shutDown()
            return
        }
    }

    private func answer(to request: HTTPText) throws -> HTTPText? {
        let (port, rule, index) = state.withLock { state in
            defer { state.count += 1 }
            return (state.port, state.rule, state.count)
        }
        switch try rule(request, index) {
        case .forwarded: return forward(request, port)
        case .answerLost(let happening):
            _ = forward(request, port)
            try happening()
            return nil
        case .interrupted(let happening):
            _ = try request.exchange(port: port, meanwhile: happening)
            return nil
        case .answered(let answer): return answer
        case .changed(let change): return forward(request, port).map(change)
        }
    }

    private func forward(_ request: HTTPText, _ port: UInt16) -> HTTPText? {
        guard let answer = request.exchange(port: port) else { return nil }
        state.withLock { $0.exchanges.append(.init(request: request, answer: answer)) }
        return answer
    }
}
