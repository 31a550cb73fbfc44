import Hummingbird
import Logging
import NIOPosix
import SyncProtocol
import SyncStore
import Synchronization

/// Finds spaces by name.
public protocol SpaceDirectory: Sendable {
    /// The space's service; nil if there is none of this name, or it was retired.
    ///
    /// - Throws: `StoreError` if that cannot be told now.
    func service(named name: String) throws -> HubService?

    /// - Throws: `StoreError` if the database does not answer.
    func check() throws

    /// Commits something that changes nothing: whether the database takes writes.
    ///
    /// - Throws: `StoreError`.
    func proveWriting() throws
}

/// Serves every space of a directory under `/s/NAME`.
struct SpacesResponder: HTTPResponder {
    typealias Context = HubRequestContext

    private let directory: any SpaceDirectory
    private let pool: NIOThreadPool
    private let limits: ServingLimits
    private let gauges: @Sendable (any HubStore) -> GaugeReader
    private let open = OpenSpaces()
    private let writes: WriteProof
    /// Names that nobody has cost a look into the database each.
    private let gate = RequestGate()

    private static let prefix = "/s/"

    /// - Parameter gauges: makes what else there is to tell of a space at its `/metrics`; it is kept
    ///   as long as the space is open.
    init(
        directory: any SpaceDirectory, pool: NIOThreadPool, limits: ServingLimits,
        gauges: @escaping @Sendable (any HubStore) -> GaugeReader = { _ in { [] } }
    ) {
        self.directory = directory
        writes = WriteProof { try directory.proveWriting() }
        self.pool = pool
        self.limits = limits
        self.gauges = gauges
    }

    func respond(to request: Request, context: Context) async throws -> Response {
        let path = request.uri.path
        switch (request.method, path) {
        case (.get, "/livez"): return HTTPAnswers.plain(.ok, "live\n")
        case (.get, "/readyz"): return await ready()
        default: break
        }
        guard path.hasPrefix(Self.prefix) else { return missing(path, request) }
        let rest = path.dropFirst(Self.prefix.count)
        let name = String(rest.prefix { $0 != "/" })
        do {
            let address = context.address(of: request)
            guard let responder = try await responder(named: name, for: address) else {
                return missing(path, request)
            }
            return try await responder.respond(
                to: request, path: String(rest.dropFirst(name.count)), context: context)
        } catch {
            let answer = HubService.answer(to: error) {
                context.logger.error("space not opened", metadata: ["error": "\($0)"])
            }
            return HTTPAnswers.respond(answer, to: request)
        }
    }

    private func ready() async -> Response {
        do {
            try await pool.runIfActive {
                try directory.check()
                if let problem = writes.problem() { throw problem }
            }
            return HTTPAnswers.plain(.ok, "ready\n")
        } catch {
            let (message, mend) =
                (error as? WireError).map { ($0.message, $0.mend) }
                ?? ("the database does not answer", "try again")
            return HTTPAnswers.plain(.serviceUnavailable, "\(message): \(mend)\n")
        }
    }

    private func missing(_ path: String, _ request: Request) -> Response {
        HTTPAnswers.respond(HubService.answer(to: WireError.noCall(path: path)), to: request)
    }

    private func responder(
        named name: String, for address: String
    ) async throws -> HubResponder? {
        if let known = open.responder(named: name) { return known }
        try gate.admit(stranger: address)
        let service = try await pool.runIfActive { try directory.service(named: name) }
        guard let service else {
            open.close(name)
            return nil
        }
        return open.keep(name) {
            HubResponder(
                service: service,
                metrics: HubMetrics(store: service.store, gauges: gauges(service.store)),
                pool: pool, limits: limits)
        }
    }
}

/// Spaces that were asked for lately.
private final class OpenSpaces: Sendable {
    private struct Entry {
        let responder: HubResponder
        var checked: ContinuousClock.Instant
    }

    /// A space that was retired answers no longer than this.
    private static let lifetime = Duration.seconds(10)

    private let entries = Mutex<[String: Entry]>([:])

    func responder(named name: String) -> HubResponder? {
        entries.withLock { entries in
            guard let entry = entries[name], ContinuousClock.now - entry.checked < Self.lifetime
            else { return nil }
            return entry.responder
        }
    }

    /// Keeps the responder that is there: its pushes that wait belong together.
    func keep(_ name: String, _ make: () -> HubResponder) -> HubResponder {
        let new = make()
        return entries.withLock { entries in
            let kept = entries[name]?.responder ?? new
            entries[name] = Entry(responder: kept, checked: .now)
            return kept
        }
    }

    func close(_ name: String) { entries.withLock { _ = $0.removeValue(forKey: name) } }
}
