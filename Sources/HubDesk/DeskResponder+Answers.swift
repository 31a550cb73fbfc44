import AuditReport
import HTTPTypes
import Hummingbird
import NIOCore
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore

// The forms of the page's answers.

extension DeskResponder {
    func problem(_ error: any Error, _ visitor: Visitor) -> Response {
        let words = DeskWords.texts(visitor.language)
        func said(_ key: String, _ status: HTTPResponse.Status) -> Response {
            html("problem", ["text": words[key] ?? key], visitor, status: status)
        }
        return switch (error as? DeskFault, (error as? WireError)?.code) {
        case (.badRequest, _): said("bad_request", .badRequest)
        case (.signedOut, _): html("out", [:], visitor, status: .unauthorized)
        case (.forbidden, _): said("forbidden", .forbidden)
        case (.missing, _), (nil, .notFound?): said("missing", .notFound)
        case (.notDelivered, _): said("not_delivered", .accepted)
        case (.busy, _): said("busy", .serviceUnavailable)
        case (.diskFull, _): said("disk_full", .init(code: 507))
        case (.tooManyRows, _): said("too_many_rows", .unprocessableContent)
        case (.noWorkbookWriter, _): said("no_workbook_writer", .serviceUnavailable)
        case (.refused(let text), _):
            html("problem", ["text": text], visitor, status: .unprocessableContent)
        case (nil, .deviceRevoked?): said("desk_out", .forbidden)
        // What the hub or the disk said.
        case (nil, _): said("not_now", .serviceUnavailable)
        }
    }

    func html(
        _ template: String, _ content: [String: Any], _ visitor: Visitor,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        var context = content
        context["t"] = DeskWords.texts(visitor.language)
        context["lang"] = visitor.language.rawValue
        context["signed_in"] = visitor.pass != nil
        context["is_operator"] = visitor.isOperator
        context["csrf"] = visitor.csrf
        context["here_" + template] = true
        let name = try? store.facts().name
        context["space"] = name ?? ""
        let text = templates.render(context, template) ?? ""
        var response = Self.file(text, "text/html; charset=utf-8")
        response.status = status
        return response
    }

    static func seeOther(_ path: String, _ cookie: Cookie? = nil) -> Response {
        var headers = common
        headers[.location] = path
        var response = Response(status: .seeOther, headers: headers)
        if let cookie { response.setCookie(cookie) }
        return response
    }

    static func file(_ content: String, _ type: String) -> Response {
        var headers = common
        headers[.contentType] = type
        return Response(
            status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: content)))
    }

    /// A text to be saved under a name.
    static func download(_ content: String, _ type: String, _ name: String) -> Response {
        var response = file(content, type)
        response.headers[.contentDisposition] = attachment(name)
        return response
    }

    /// A file to be saved under a name: sent a piece at a time.
    static func download(_ content: DeskFiles.Made, _ type: String, _ name: String) -> Response {
        var headers = common
        headers[.contentType] = type
        headers[.contentDisposition] = attachment(name)
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody(contentLength: Int(content.bytes)) { writer in
                while case let piece = try content.input.read(pieceBytes), !piece.isEmpty {
                    try await writer.write(ByteBuffer(bytes: piece))
                }
                try await writer.finish(nil)
            })
    }

    /// Sent at once, in bytes: all of a file that is in memory.
    private static let pieceBytes = 1 << 16

    /// - Parameter name: in ASCII, without quotes.
    private static func attachment(_ name: String) -> String {
        "attachment; filename=\"\(name)\""
    }

    /// A page that brings its own style, and is allowed that and nothing else.
    static func standalone(_ html: String, savedAs name: String?) -> Response {
        var response = file(html, "text/html; charset=utf-8")
        let hash = Base64URL.text(PageShell.styleHash.bytes)
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'sha256-\(hash)'; form-action 'none'; "
            + "frame-ancestors 'none'; base-uri 'none'"
        if let name { response.headers[.contentDisposition] = attachment(name) }
        return response
    }

    private static let common: HTTPFields = [
        .contentSecurityPolicy:
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
            + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        .contentTypeOptions: "nosniff",
        // Without any referrer a browser calls the origin of our own forms null.
        .referrerPolicy: "same-origin",
        .cacheControl: "no-store",
    ]
}

extension HTTPField.Name {
    static let contentTypeOptions = HTTPField.Name("X-Content-Type-Options")!
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    static let forwardedProto = HTTPField.Name("X-Forwarded-Proto")!
}
