import Gzip
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
import NIOPosix
import SyncCore
import SyncProtocol
import SyncStore

/// Answers what is no call of the protocol: a page for people.
package protocol PageResponder: Sendable {
    func respond(to request: Request, path: String) async throws -> Response
}

/// Binds the service to HTTP. Decides nothing about content; the order of checks is that of
/// Protocol/errors.md: address, method, version, token, readiness, then the body.
struct HubResponder: HTTPResponder {
    typealias Context = HubRequestContext

    let service: HubService
    let metrics: HubMetrics
    private var page: (any PageResponder)?
    private let pushes: PushQueue
    private let pool: NIOThreadPool
    private let feed: LiveFeed
    private let gate = RequestGate()
    private let writes: WriteProof

    /// - Parameters:
    ///   - pool: where calls wait for the store.
    ///   - page: answers for people, beside the protocol.
    init(
        service: HubService, metrics: HubMetrics, pool: NIOThreadPool = NIOThreadPool.singleton,
        limits: ServingLimits = ServingLimits(), page: (any PageResponder)? = nil
    ) {
        self.page = page
        self.service = service
        self.metrics = metrics
        self.pool = pool
        service.store.use(limits.quota)
        let feed = LiveFeed(service.store, pool: pool, limits: limits)
        self.feed = feed
        let store = service.store
        writes = WriteProof { try store.proveWriting() }
        pushes = PushQueue(service.store, pool: pool) { feed.tell($0.leaf.position) }
    }

    /// The same hub, for devices alone.
    var withoutPage: HubResponder {
        var responder = self
        responder.page = nil
        return responder
    }

    func respond(to request: Request, context: Context) async throws -> Response {
        try await respond(to: request, path: request.uri.path, context: context)
    }

    /// - Parameter path: that of the call, without what the space's address has before it.
    func respond(to request: Request, path: String, context: Context) async throws -> Response {
        switch (request.method, path) {
        case (.get, "/livez"): return HTTPAnswers.plain(.ok, "live\n")
        case (.get, "/readyz"): return try await ready()
        case (.get, "/metrics"):
            if let error = stranger(request, context) { return error }
            let watchers = feed.count
            return HTTPAnswers.plain(
                .ok,
                try await blocking {
                    try metrics.text(
                        isReady: unreadiness() == nil, watchers: watchers)
                })
        case (.get, let path) where HubService.isOfLog(path):
            return await logFile(path, request, context)
        case (.get, HubCall.live.path): return await live(request, context)
        default:
            if let page, !Self.isForMachines(path),
                request.method == .get || request.method == .post
            {
                if let error = stranger(request, context) { return error }
                let response = try await withTaskExecutorPreference(PageThreads.shared) {
                    try await page.respond(to: request, path: path)
                }
                // A link that signs nobody in may be a guess.
                guard request.method == .post, path == "/in", response.status != .seeOther,
                    let error = gate.guessed(from: context.address(of: request))
                else { return response }
                return HTTPAnswers.respond(HubService.answer(to: error) { _ in }, to: request)
            }
            return await answer(request, path, context)
        }
    }

    /// Whether a path is the protocol's, by whatever method.
    private static func isForMachines(_ path: String) -> Bool {
        path.hasPrefix("/v1") || ["/livez", "/readyz", "/metrics"].contains(path)
            || HubService.isOfLog(path)
    }

    /// What is answered to an address that asks too much without a token; nil: go on.
    private func stranger(_ request: Request, _ context: Context) -> Response? {
        do { try gate.admit(stranger: context.address(of: request)) } catch {
            return HTTPAnswers.respond(HubService.answer(to: error) { _ in }, to: request)
        }
        return nil
    }

    private func live(_ request: Request, _ context: Context) async -> Response {
        do {
            let wire = try HTTPRequests.head(of: request, .live)
            let admit: @Sendable () async throws -> Void = {
                _ = try await blocking { try service.admit(.live, token: wire.token) }
            }
            let device = try await blocking { try service.admit(.live, token: wire.token) }
            if let device { try gate.admit(device.id) }
            let positions = try await feed.watch()
            metrics.count(path: HubCall.live.path, status: 200)
            return LiveAnswer.respond(positions) { (try? await admit()) != nil }
        } catch {
            return failure(error, of: HubCall.live.path, request, context)
        }
    }

    private func logFile(
        _ path: String, _ request: Request, _ context: Context
    ) async -> Response {
        let token = HTTPRequests.bearer(request)
        do {
            let file = try await blocking {
                try service.logFile(path, token: token) { try gate.admit($0.id) }
            }
            metrics.count(path: "/tile", status: 200)
            return HTTPAnswers.file(file.content, isText: file.isText)
        } catch {
            return failure(error, of: "/tile", request, context)
        }
    }

    /// What a call that gives no JSON answers when it fails.
    private func failure(
        _ error: any Error, of call: String, _ request: Request, _ context: Context
    ) -> Response {
        let error = gated(error, context.address(of: request))
        let answer = HubService.answer(to: error) {
            context.logger.error("hub failed", metadata: ["error": "\($0)"])
        }
        metrics.count(
            path: call, status: answer.status, code: (error as? WireError)?.code.rawValue)
        return HTTPAnswers.respond(answer, to: request)
    }

    private func ready() async throws -> Response {
        let problem = try await blocking { unreadiness() }
        guard let problem else { return HTTPAnswers.plain(.ok, "ready\n") }
        return HTTPAnswers.plain(.serviceUnavailable, "\(problem.message): \(problem.mend)\n")
    }

    /// Nil when the hub takes batches, which a write of the last seconds proves; else why not.
    private func unreadiness() -> WireError? {
        do { return try service.unreadiness() ?? writes.problem() } catch {
            return WireError(storage: error)
        }
    }

    /// The error that is answered: a guess too many is told to wait.
    private func gated(_ error: any Error, _ address: String) -> any Error {
        (error as? WireError).map { gate.failed($0, from: address) } ?? error
    }

    private func answer(
        _ request: Request, _ path: String, _ context: Context
    ) async -> Response {
        let logger = context.logger
        let address = context.address(of: request)
        let started = ContinuousClock.now
        let answer: WireAnswer
        do {
            let body = try await run(request, path, address, logger)
            answer = WireAnswer(status: 200, body: body)
        } catch {
            let error = gated(error, address)
            if let error = error as? WireError, error.code == .hubSplit {
                logger.error("\(error.message)", metadata: ["mend": "\(error.mend)"])
            }
            answer = HubService.answer(to: error) {
                logger.error("hub failed", metadata: ["error": "\($0)"])
            }
        }
        let duration = ContinuousClock.now - started
        metrics.count(
            path: path, status: answer.status,
            code: answer.status < 400
                ? nil : WireError(encoded: answer.body, status: answer.status)?.code.rawValue,
            duration: duration)
        logger.info(
            "request",
            metadata: [
                "method": "\(request.method)", "path": "\(request.uri.path)",
                "status": "\(answer.status)", "bytes": "\(answer.body.count)",
                "ms": "\(duration / .milliseconds(1))",
            ])
        return HTTPAnswers.respond(answer, to: request)
    }

    private func run(
        _ request: Request, _ path: String, _ address: String, _ logger: Logger
    ) async throws -> [UInt8] {
        let call = try HubCall(path: path, method: request.method.rawValue)
        if !call.needsToken { try gate.admit(stranger: address, call) }
        var wire = try HTTPRequests.head(of: request, call)
        let token = wire.token
        let device = try await blocking { try service.admit(call, token: token) }
        if let device { try gate.admit(device.id) }
        if call.method == .post { wire.body = try await HTTPRequests.body(of: request) }
        let ready = wire
        if call == .batches, let device {
            let push = try await blocking { try service.verifiedPush(ready, device) }
            return try await pushes.append(push).encoded
        }
        return try await blocking {
            guard call == .heads else {
                return try service.run(call, ready, for: device)
            }
            let epoch = try service.store.facts().epoch
            let body = try service.run(call, ready, for: device)
            let now = try service.store.facts().epoch
            if now != epoch {
                logger.warning(
                    "this hub was put back to an older state: a device holds more",
                    metadata: ["device": "\(device?.name ?? "")", "new_epoch": "\(now.hex)"])
            }
            return body
        }
    }

    /// Runs blocking work off the event loops.
    private func blocking<T: Sendable>(
        _ body: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await pool.runIfActive(body)
    }
}
