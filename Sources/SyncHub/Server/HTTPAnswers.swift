import Gzip
import HTTPTypes
import Hummingbird
import NIOCore
import SyncCore
import SyncProtocol

/// Puts answers of the protocol on HTTP.
enum HTTPAnswers {
    /// Bodies smaller than this are not worth compressing, in bytes.
    private static let compressFrom = 256
    /// What a client that is told to wait should wait, in seconds.
    private static let retryAfterSeconds = 5

    static func respond(_ answer: WireAnswer, to request: Request) -> Response {
        var headers: HTTPFields = [
            .contentType: "application/json",
            .syncProtocol: String(ProtocolVersion.current),
        ]
        var body = answer.body
        if acceptsGzip(request), body.count >= compressFrom {
            let packed = Gzip.compress(body)
            if body.count <= packed.count * Limits.unpackedRatio, packed.count < body.count {
                body = packed
                headers[.contentEncoding] = "gzip"
            }
        }
        if answer.status == 503 { headers[.retryAfter] = String(retryAfterSeconds) }
        if answer.status == 429 { headers[.retryAfter] = String(wait(answer)) }
        if answer.status == 405 { headers[.allow] = allowed(answer) }
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }

    static func plain(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "text/plain; charset=utf-8",
                .syncProtocol: String(ProtocolVersion.current),
            ],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    /// A file of the log, as it stands.
    static func file(_ content: [UInt8], isText: Bool) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: isText ? "text/plain; charset=utf-8" : "application/octet-stream",
                .syncProtocol: String(ProtocolVersion.current),
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: content)))
    }

    /// The seconds until it is worth trying again.
    private static func wait(_ answer: WireAnswer) -> Int64 {
        WireError(encoded: answer.body, status: answer.status)?.details["seconds"]?.integer
            ?? Int64(retryAfterSeconds)
    }

    private static func allowed(_ answer: WireAnswer) -> String? {
        WireError(encoded: answer.body, status: answer.status)?.details["allowed"]?.string
    }

    /// RFC 9110 §12.5.3, as far as gzip goes: named, or matched by `*`, with a weight above zero.
    private static func acceptsGzip(_ request: Request) -> Bool {
        let items = (request.headers[.acceptEncoding] ?? "").lowercased().split(separator: ",")
        for item in items {
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " } }
            guard parts.first == "gzip" || parts.first == "*" else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
            return weight.flatMap { Double($0.dropFirst(2)) } ?? 1 > 0
        }
        return false
    }
}
