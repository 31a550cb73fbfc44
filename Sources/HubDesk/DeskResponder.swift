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
        let cookies = Self.cookies(request)
        let secret = cookies[Self.cookie].flatMap { ID128(hex: $0) }
        let now = environment.nowMilliseconds()
        let pass = try secret.flatMap { try store.deskAccess().session($0, now: now) }
        return Visitor(
            pass: pass, secret: pass == nil ? nil : secret,
            language: DeskLanguage(
                cookies[Self.languageCookie] ?? request.headers[.acceptLanguage] ?? ""),
            isSecure: isTLS || request.headers[.forwardedProto]?.lowercased() == "https")
    }

    private static func cookies(_ request: Request) -> [String: String] {
        var found: [String: String] = [:]
        for pair in (request.headers[.cookie] ?? "").split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            found[parts[0].filter { $0 != " " }] = String(parts[1])
        }
        return found
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
        } catch let fault as DeskFault { return problem(fault, visitor) } catch {
            return failed(error, visitor)
        }
    }

    private func get(
        _ request: Request, _ path: String, _ visitor: Visitor
    ) async throws -> Response {
        let query = DeskForm(request.uri.query ?? "")
        if let language = query["lang"] {
            var headers: HTTPFields = [:]
            let kept = DeskLanguage(language)
            // Of this hub, whatever the path says.
            let own = "/" + path.split(separator: "/").joined(separator: "/")
            let collection = query["collection"].flatMap { FieldName.isValid($0) ? $0 : nil }
            let target = own + (collection.map { "?collection=\($0)" } ?? "")
            headers[.setCookie] =
                "\(Self.languageCookie)=\(kept.rawValue); Path=/; Max-Age=31536000; SameSite=Strict"
            return Self.seeOther(target, headers)
        }
        let steps = path.split(separator: "/").map(String.init)
        if steps.first == "in", steps.count == 2 {
            return html("in", ["secret": steps[1]], visitor)
        }
        guard visitor.pass != nil else { return html("out", [:], visitor, status: .unauthorized) }
        let pages = DeskPages(
            desk: desk, store: store, environment: environment, language: visitor.language)
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
            var headers: HTTPFields = [:]
            headers[.setCookie] = "\(Self.cookie)=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
            return Self.seeOther("/", headers)
        }
        guard visitor.isOperator else { throw DeskFault.forbidden }
        let acts = DeskActs(
            desk: desk, store: store, environment: environment, language: visitor.language)
        switch (steps.first, steps.count) {
        case ("invite", 1):
            return html(
                "devices",
                try await DeskPages(
                    desk: desk, store: store, environment: environment,
                    language: visitor.language
                ).devices(invite: acts.invite(form)), visitor)
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
        var headers: HTTPFields = [:]
        headers[.setCookie] =
            "\(Self.cookie)=\(session.hex); Path=/; HttpOnly; SameSite=Strict; Max-Age=43200"
            + (visitor.isSecure ? "; Secure" : "")
        return Self.seeOther("/", headers)
    }

    // MARK: Forms of answers

    private func problem(_ fault: DeskFault, _ visitor: Visitor) -> Response {
        let words = DeskWords.texts(visitor.language)
        func said(_ key: String) -> [String: Any] { ["text": words[key] ?? key] }
        return switch fault {
        case .badRequest: html("problem", said("bad_request"), visitor, status: .badRequest)
        case .signedOut: html("out", [:], visitor, status: .unauthorized)
        case .forbidden: html("problem", said("forbidden"), visitor, status: .forbidden)
        case .missing: html("problem", said("missing"), visitor, status: .notFound)
        case .notDelivered: html("problem", said("not_delivered"), visitor, status: .accepted)
        case .refused(let text):
            html("problem", ["text": text], visitor, status: .unprocessableContent)
        }
    }

    /// What the hub or the disk said.
    private func failed(_ error: any Error, _ visitor: Visitor) -> Response {
        let words = DeskWords.texts(visitor.language)
        func said(_ key: String, _ status: HTTPResponse.Status) -> Response {
            html("problem", ["text": words[key] ?? key], visitor, status: status)
        }
        switch (error as? WireError)?.code {
        case .notFound?: return said("missing", .notFound)
        case .deviceRevoked?: return said("desk_out", .forbidden)
        default: return said("not_now", .serviceUnavailable)
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

    private static func seeOther(_ path: String, _ headers: HTTPFields = [:]) -> Response {
        var all = common
        all.append(contentsOf: headers)
        all[.location] = path
        return Response(status: .seeOther, headers: all)
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
