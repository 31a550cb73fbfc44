import Gzip
import NIOCore
import NIOHTTP1
import SyncProtocol

/// The form of requests and answers on HTTP: headers, escapes, compression.
enum HTTPForm {
    /// Bodies smaller than this are sent as they are, in bytes.
    private static let compressFrom = 512
    /// `HTTP/1.1 200 OK` and its line end.
    private static let statusLineBytes = 17

    /// A request ready to be written.
    struct Outgoing {
        let head: HTTPRequestHead
        let body: [UInt8]

        /// Bytes on the wire.
        var size: Int {
            "\(head.method.rawValue) \(head.uri) HTTP/1.1\r\n".utf8.count
                + HTTPForm.size(head.headers) + body.count
        }
    }

    static func outgoing(_ request: WireRequest, address: HubAddress) -> Outgoing {
        var headers: HTTPHeaders = [
            "Host": address.authority,
            ProtocolVersion.header: String(ProtocolVersion.current),
            "Accept-Encoding": "gzip",
        ]
        if let token = request.token {
            headers.add(name: "Authorization", value: "Bearer \(token)")
        }
        var body: [UInt8] = []
        if request.method == .post {
            headers.add(name: "Content-Type", value: "application/json")
            body = request.body
            if let packed = packed(body) {
                body = packed
                headers.add(name: "Content-Encoding", value: "gzip")
            }
            headers.add(name: "Content-Length", value: String(body.count))
        }
        let head = HTTPRequestHead(
            version: .http1_1, method: request.method == .get ? .GET : .POST,
            uri: address.path + target(request), headers: headers)
        return Outgoing(head: head, body: body)
    }

    /// Gzip, unless the body is small or so uniform that the receiver would take it for a bomb.
    private static func packed(_ body: [UInt8]) -> [UInt8]? {
        guard body.count >= compressFrom else { return nil }
        let packed = Gzip.compress(body)
        let isAllowed = body.count <= packed.count * Limits.unpackedRatio
        return isAllowed && packed.count < body.count ? packed : nil
    }

    private static func target(_ request: WireRequest) -> String {
        guard !request.query.isEmpty else { return request.path }
        let items = request.query.map { "\($0.name)=\(escaped($0.value))" }
        return request.path + "?" + items.joined(separator: "&")
    }

    /// Percent-escapes all but the unreserved characters (RFC 3986 §2.3).
    private static func escaped(_ text: String) -> String {
        text.utf8.reduce(into: "") { out, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                out.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                out += "%" + (byte < 16 ? "0" : "") + hex
            }
        }
    }

    /// Bytes of a header block, with `name: value\r\n` for each and the empty line.
    private static func size(_ headers: HTTPHeaders) -> Int {
        headers.reduce(2) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    }

    /// Bytes of an answer on the wire.
    static func size(_ response: NIOHTTPClientResponseFull) -> Int {
        statusLineBytes + size(response.head.headers) + (response.body?.readableBytes ?? 0)
    }

    /// Checks that an answer is of this protocol and unpacks it.
    ///
    /// - Throws: `ForeignAnswer`: a portal's page, a proxy's error, a redirect.
    static func answer(_ response: NIOHTTPClientResponseFull) throws(ForeignAnswer) -> WireAnswer {
        let status = Int(response.head.status.code)
        let headers = response.head.headers
        guard !(300...399).contains(status) else { throw ForeignAnswer(.redirect, status: status) }
        let isOurs = WireAnswer.isOfThisProtocol(
            contentType: headers.first(name: "Content-Type"),
            version: headers.first(name: ProtocolVersion.header))
        guard isOurs else { throw ForeignAnswer(.notThisProtocol, status: status) }
        let body = response.body.map { Array($0.readableBytesView) } ?? []
        let wait = headers.first(name: "Retry-After").flatMap { Int($0) }
        guard headers.first(name: "Content-Encoding") == "gzip" else {
            return WireAnswer(status: status, body: body, retryAfter: wait)
        }
        do {
            let plain = try Gzip.decompress(
                body, limit: Limits.unpackedBytes, ratio: Limits.unpackedRatio)
            return WireAnswer(status: status, body: plain, retryAfter: wait)
        } catch {
            throw ForeignAnswer(error == .tooLarge ? .tooLarge : .cut, status: status)
        }
    }
}
