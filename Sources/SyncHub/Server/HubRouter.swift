import Gzip
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import SyncProtocol

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Binds the service to HTTP: headers, sizes, compression. Decides nothing about content.
struct HubRouter {
    private let service: HubService
    private let metrics: HubMetrics
    /// Bodies smaller than this are not worth compressing, in bytes.
    private static let compressFrom = 256

    init(service: HubService, metrics: HubMetrics) {
        self.service = service
        self.metrics = metrics
    }

    func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.get("/livez") { _, _ in Self.plain(.ok, "live\n") }
        router.get("/readyz") { _, _ in try await ready() }
        router.get("/metrics") { _, _ in Self.plain(.ok, try await blocking { try metrics.text() })
        }
        router.get("/v1", use: handle)
        router.on("/v1/**", method: .get, use: handle)
        router.on("/v1/**", method: .post, use: handle)
        return router
    }

    private func ready() async throws -> Response {
        let problem = try await blocking { try service.unreadiness() }
        guard let problem else { return Self.plain(.ok, "ready\n") }
        return Self.plain(.serviceUnavailable, "\(problem.message): \(problem.mend)\n")
    }

    @Sendable
    private func handle(_ request: Request, _ context: BasicRequestContext) async throws -> Response
    {
        let logger = context.logger
        let started = ContinuousClock.now
        let answer: WireAnswer
        do {
            let wire = try await Self.read(request)
            answer = try await blocking {
                service.answer(wire) { logger.error("hub failed", metadata: ["error": "\($0)"]) }
            }
        } catch let error as WireError {
            answer = WireAnswer(status: error.code.status, body: error.encoded)
        }
        metrics.count(path: request.uri.path, status: answer.status)
        logger.info(
            "request",
            metadata: [
                "method": "\(request.method)", "path": "\(request.uri.path)",
                "status": "\(answer.status)", "bytes": "\(answer.body.count)",
                "ms": "\((ContinuousClock.now - started) / .milliseconds(1))",
            ])
        return Self.respond(answer, acceptsGzip: Self.acceptsGzip(request))
    }

    // MARK: In

    private static func read(_ request: Request) async throws -> WireRequest {
        let path = request.uri.path
        if path != "/v1", request.headers[.syncProtocol] != String(ProtocolVersion.current) {
            throw WireError.version
        }
        let method = WireRequest.Method(rawValue: request.method.rawValue) ?? .get
        let query = request.uri.queryParameters.map { (String($0.key), String($0.value)) }
        let body = method == .post ? try await readBody(request) : []
        return WireRequest(method, path, query: query, token: bearer(request), body: body)
    }

    private static func bearer(_ request: Request) -> String? {
        guard let value = request.headers[.authorization], value.hasPrefix("Bearer ") else {
            return nil
        }
        return String(value.dropFirst("Bearer ".count))
    }

    private static func readBody(_ request: Request) async throws -> [UInt8] {
        guard request.headers[.contentType]?.hasPrefix("application/json") == true else {
            throw WireError.contentType
        }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }),
            length > Limits.bodyBytes
        {
            throw WireError.bodyTooLarge
        }
        var bytes: [UInt8] = []
        for try await part in request.body {
            bytes.append(contentsOf: part.readableBytesView)
            guard bytes.count <= Limits.bodyBytes else { throw WireError.bodyTooLarge }
        }
        switch request.headers[.contentEncoding] {
        case nil, "identity": return bytes
        case "gzip": return try unpack(bytes)
        default: throw WireError.encoding
        }
    }

    private static func unpack(_ bytes: [UInt8]) throws -> [UInt8] {
        do {
            return try Gzip.decompress(
                bytes, limit: Limits.unpackedBytes, ratio: Limits.unpackedRatio)
        } catch {
            throw error == .tooLarge ? WireError.unpackedTooLarge : WireError.gzipDamaged
        }
    }

    // MARK: Out

    private static func acceptsGzip(_ request: Request) -> Bool {
        let accepted = request.headers[.acceptEncoding] ?? ""
        return accepted.split(separator: ",").contains { item in
            let name = item.split(separator: ";").first ?? ""
            return name.filter { $0 != " " } == "gzip" && !item.contains("q=0.0")
        }
    }

    private static func respond(_ answer: WireAnswer, acceptsGzip: Bool) -> Response {
        var headers: HTTPFields = [
            .contentType: "application/json",
            .syncProtocol: String(ProtocolVersion.current),
        ]
        var body = answer.body
        if acceptsGzip, body.count >= compressFrom {
            let packed = Gzip.compress(body)
            if body.count <= packed.count * Limits.unpackedRatio, packed.count < body.count {
                body = packed
                headers[.contentEncoding] = "gzip"
            }
        }
        if answer.status == 503 { headers[.retryAfter] = "5" }
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }

    private static func plain(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "text/plain; charset=utf-8",
                .syncProtocol: String(ProtocolVersion.current),
            ],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    /// Runs blocking work off the event loops.
    private func blocking<T: Sendable>(
        _ body: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await NIOThreadPool.singleton.runIfActive(body)
    }
}

extension HTTPField.Name {
    static let syncProtocol = HTTPField.Name(ProtocolVersion.header)!
}
