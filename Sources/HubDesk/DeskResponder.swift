// The operator's page, at the hub's own address.
//
// Signed in by a link that works once; everything that changes something is a form with a token of
// its session. Nothing is loaded from elsewhere, and no script is needed.

import HTTPTypes
package import Hummingbird
import Mustache
import NIOCore
package import SyncCore
package import SyncHub
import SyncProtocol

/// Answers for the page.
package struct DeskResponder: PageResponder {
    private static let cookie = "fieldsync_desk"
    private static let languageCookie = "fieldsync_lang"
    private static let yearSeconds = 31_536_000

    private let desk: Desk
    private let store: SQLHubStore
    private let environment: SyncCore.Environment
    private let health: @Sendable (DeskLanguage) async throws -> [DeskHealthLine]
    private let templates: MustacheLibrary
    private let isTLS: Bool

    /// - Parameters:
    ///   - folder: where the desk's replica is kept.
    ///   - isTLS: whether the hub itself adds TLS.
    ///   - health: what `doctor` says now, in a language.
    package init(
        store: SQLHubStore, service: HubService, folder: String, environment: SyncCore.Environment,
        isTLS: Bool, health: @escaping @Sendable (DeskLanguage) async throws -> [DeskHealthLine]
    ) throws {
        desk = Desk(store: store, service: service, folder: folder, environment: environment)
        self.store = store
        self.environment = environment
        self.health = health
        self.isTLS = isTLS
        templates = try DeskTemplates.library()
    }

    // MARK: Who asks

    private struct Visitor {
        let pass: DeskAccess.Pass?
        let secret: ID128?
        let language: DeskLanguage
        let isSecure: Bool

        /// What a form of this session must carry.
        var csrf: String {
            guard let secret else { return "" }
            return String(Hash256.sha256(Array("csrf".utf8) + secret.bytes).hex.prefix(32))
        }

        var isOperator: Bool { pass?.rights == .operator }
    }

    private func visitor(_ request: Request) throws -> Visitor {
        let cookies = request.cookies
        let secret = cookies[Self.cookie].flatMap { ID128(hex: $0.value) }
        let now = environment.nowMilliseconds()
        let pass = try secret.flatMap { try store.deskAccess().session($0, now: now) }
        return Visitor(
            pass: pass, secret: pass == nil ? nil : secret,
            language: DeskLanguage(
                cookies[Self.languageCookie]?.value ?? request.headers[.acceptLanguage] ?? ""),
            isSecure: isTLS || request.headers[.forwardedProto]?.lowercased() == "https")
    }

    // MARK: Answering

    package func respond(to request: Request, path: String) async throws -> Response {
        switch path {
        case "/page.css": return Self.file(DeskAssets.style, "text/css; charset=utf-8")
        case "/page.js": return Self.file(DeskAssets.script, "text/javascript; charset=utf-8")
        default: break
        }
        let visitor = try visitor(request)
        do {
            if request.method == .post { return try await post(request, path, visitor) }
            return try await get(request, path, visitor)
        } catch { return problem(error, visitor) }
    }

    private func get(
        _ request: Request, _ path: String, _ visitor: Visitor
    ) async throws -> Response {
        let query = DeskForm(request.uri.query ?? "")
        if let language = query["lang"] {
            let kept = DeskLanguage(language)
            // Of this hub, whatever the path says.
            let own = "/" + path.split(separator: "/").joined(separator: "/")
            let collection = query["collection"].flatMap { FieldName.isValid($0) ? $0 : nil }
            let target = own + (collection.map { "?collection=\($0)" } ?? "")
            return Self.seeOther(
                target,
                Cookie(
                    name: Self.languageCookie, value: kept.rawValue, maxAge: Self.yearSeconds,
                    path: "/", sameSite: .strict))
        }
        let steps = path.split(separator: "/").map(String.init)
        if steps.first == "in", steps.count == 2 {
            return html("in", ["secret": steps[1]], visitor)
        }
        guard visitor.pass != nil else { return html("out", [:], visitor, status: .unauthorized) }
        let pages = pages(visitor)
        switch (steps.first, steps.count) {
        case (nil, _): return html("tonight", try await pages.tonight(), visitor)
        case ("devices", 1): return html("devices", try await pages.devices(), visitor)
        case ("records", 1):
            return html("records", try await pages.records(query), visitor)
        case ("records", 3):
            return html("record", try await pages.record(steps[1], steps[2]), visitor)
        case ("conflicts", 1): return html("conflicts", try await pages.conflicts(), visitor)
        case ("health", 1):
            return html(
                "health", try pages.health(try await health(visitor.language)), visitor)
        case ("log", 1): return html("log", try pages.log(), visitor)
        case ("export", 2):
            let (name, content) = try await pages.export(steps[1])
            var response = Self.file(content, "text/csv; charset=utf-8")
            response.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
            return response
        case ("position", 1):
            return Self.file("\(try store.facts().position)", "text/plain; charset=utf-8")
        default: throw DeskFault.missing
        }
    }

    private func pages(_ visitor: Visitor) -> DeskPages {
        DeskPages(desk: desk, store: store, environment: environment, language: visitor.language)
    }

    private func post(
        _ request: Request, _ path: String, _ visitor: Visitor
    ) async throws -> Response {
        // A form of another site does not come this far: the cookie is not sent with it.
        if let origin = request.headers[.origin],
            origin.split(separator: "/").last.map(String.init) != request.head.authority
        {
            throw DeskFault.forbidden
        }
        let form = try await DeskForm(body: request)
        let steps = path.split(separator: "/").map(String.init)
        if steps == ["in"] { return try signIn(form, visitor) }
        guard let pass = visitor.pass else { throw DeskFault.signedOut }
        guard form["csrf"] == visitor.csrf else { throw DeskFault.forbidden }
        if steps == ["out"] {
            try store.changeDeskAccess { $0.signOut(pass.hash) }
            return Self.seeOther("/", Self.session("", seconds: 0, visitor))
        }
        guard visitor.isOperator else { throw DeskFault.forbidden }
        let acts = DeskActs(
            desk: desk, store: store, environment: environment, language: visitor.language)
        switch (steps.first, steps.count) {
        case ("invite", 1):
            let invite = try acts.invite(form)
            return html("devices", try await pages(visitor).devices(invite: invite), visitor)
        case ("invites", 2): try acts.withdraw(steps[1])
        case ("devices", 2): try await acts.change(device: steps[1], form)
        case ("records", 3): try await acts.change(record: steps[1], steps[2], form)
        case ("conflicts", 2): try await acts.settle(steps[1], form)
        default: throw DeskFault.missing
        }
        return Self.seeOther(Self.back(steps))
    }

    private static func back(_ steps: [String]) -> String {
        switch steps.first {
        case "invites": "/devices"
        case "records": "/" + steps.joined(separator: "/")
        case let first?: "/" + first
        case nil: "/"
        }
    }

    private func signIn(_ form: DeskForm, _ visitor: Visitor) throws -> Response {
        let session = environment.randomID()
        let now = environment.nowMilliseconds()
        guard let link = form["secret"].flatMap({ ID128(hex: $0) }),
            // Whoever guesses does not make the hub write.
            try store.deskAccess().has(link: link, now: now),
            try store.changeDeskAccess({ $0.signIn(link: link, session: session, now: now) })
        else { throw DeskFault.signedOut }
        let seconds = Int(DeskAccess.sessionMilliseconds / 1_000)
        return Self.seeOther("/", Self.session(session.hex, seconds: seconds, visitor))
    }

    private static func session(_ value: String, seconds: Int, _ visitor: Visitor) -> Cookie {
        Cookie(
            name: cookie, value: value, maxAge: seconds, path: "/", secure: visitor.isSecure,
            httpOnly: true, sameSite: .strict)
    }

    // MARK: Forms of answers

    private func problem(_ error: any Error, _ visitor: Visitor) -> Response {
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
        case (.refused(let text), _):
            html("problem", ["text": text], visitor, status: .unprocessableContent)
        case (nil, .deviceRevoked?): said("desk_out", .forbidden)
        // What the hub or the disk said.
        case (nil, _): said("not_now", .serviceUnavailable)
        }
    }

    private func html(
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
        let text = templates.render(context, withTemplate: template) ?? ""
        var response = Self.file(text, "text/html; charset=utf-8")
        response.status = status
        return response
    }

    private static func seeOther(_ path: String, _ cookie: Cookie? = nil) -> Response {
        var headers = common
        headers[.location] = path
        var response = Response(status: .seeOther, headers: headers)
        if let cookie { response.setCookie(cookie) }
        return response
    }

    private static func file(_ content: String, _ type: String) -> Response {
        var headers = common
        headers[.contentType] = type
        return Response(
            status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: content)))
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

/// A line of `doctor`.
package struct DeskHealthLine: Sendable {
    package let level: String
    package let text: String
    package let mend: String?

    package init(level: String, text: String, mend: String?) {
        self.level = level
        self.text = text
        self.mend = mend
    }
}
