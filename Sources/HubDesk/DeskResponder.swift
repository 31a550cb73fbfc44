// The operator's page, at the hub's own address.
//
// Signed in by a link that works once; everything that changes something is a form with a token of
// its session. Nothing is loaded from elsewhere, and no script is needed.

package import Hummingbird
package import Logging
package import SyncCore
package import SyncHub
import SyncProtocol
import SyncStore

/// Answers for the page.
package struct DeskResponder: PageResponder {
    private static let cookie = "fieldsync_desk"
    private static let languageCookie = "fieldsync_lang"
    private static let yearSeconds = 31_536_000

    private let desk: Desk
    let store: SQLHubStore
    private let folder: String
    private let environment: SyncCore.Environment
    private let keeper: any DeskKeeper
    private let logger: Logger
    private let files: DeskFiles
    let templates: DeskTemplateSet
    private let isTLS: Bool

    /// - Parameters:
    ///   - folder: the hub's data: where the desk's replica is kept, and files while they are made.
    ///   - isTLS: whether the hub itself adds TLS.
    ///   - logger: is told of each act, without secrets.
    package init(
        store: SQLHubStore, service: HubService, folder: String, environment: SyncCore.Environment,
        isTLS: Bool, keeper: any DeskKeeper, logger: Logger
    ) throws {
        desk = Desk(store: store, service: service, folder: folder, environment: environment)
        self.store = store
        self.folder = folder
        self.environment = environment
        self.keeper = keeper
        self.logger = logger
        self.isTLS = isTLS
        files = DeskFiles(data: folder)
        templates = try DeskTemplates.library()
    }

    // MARK: Who asks

    struct Visitor {
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
            return Self.seeOther(
                own + Self.kept(query),
                Cookie(
                    name: Self.languageCookie, value: kept.rawValue, maxAge: Self.yearSeconds,
                    path: "/", sameSite: .strict))
        }
        let steps = path.split(separator: "/").map(String.init)
        if steps.first == "in", steps.count == 2 {
            return html("in", ["secret": steps[1]], visitor)
        }
        guard visitor.pass != nil else { return html("out", [:], visitor, status: .unauthorized) }
        if let file = try await file(steps, query, visitor) { return file }
        let pages = pages(visitor)
        switch (steps.first, steps.count) {
        case (nil, _): return html("tonight", try await pages.tonight(), visitor)
        case ("devices", 1): return html("devices", try await pages.devices(), visitor)
        case ("records", 1):
            return html("records", try await pages.records(query), visitor)
        case ("records", 3):
            let entries = try await pages.entries(
                steps[1], steps[2], files, isAsked: query["history"] == "all")
            return html(
                "record", try await pages.record(steps[1], steps[2], with: entries), visitor)
        case ("conflicts", 1): return html("conflicts", try await pages.conflicts(), visitor)
        case ("reports", 1): return html("reports", try await pages.reports(query), visitor)
        case ("health", 1):
            return html(
                "health",
                try pages.health(
                    keeper.health(in: visitor.language), shelf: keeper.shelf(), data: folder),
                visitor)
        case ("log", 1): return html("log", try await pages.log(), visitor)
        default: throw DeskFault.missing
        }
    }

    /// What is no page of the desk's own; nil for other paths.
    private func file(
        _ steps: [String], _ query: DeskForm, _ visitor: Visitor
    ) async throws -> Response? {
        let pages = pages(visitor)
        switch steps {
        case ["position"]:
            return Self.file("\(try store.facts().position)", "text/plain; charset=utf-8")
        case ["reports", "handover.txt"]:
            let (name, text) = try await pages.handover(query)
            return Self.download(text, "text/plain; charset=utf-8", name)
        case ["reports", "period.html"]:
            let (name, html) = try await pages.leadPage(query)
            return Self.standalone(html, savedAs: query["save"] == nil ? nil : name)
        case ["reports", "audit.html"]:
            note("audit_report", on: "hub", visitor)
            let language = visitor.language
            let html = try await files.scratch(PlainFile.size(folder + "/hub.sqlite")) {
                try await keeper.auditReport(in: language, scratch: $0)
            }
            return Self.standalone(html, savedAs: query["save"] == nil ? nil : "audit.html")
        default: break
        }
        switch (steps.first, steps.count) {
        case ("export", 2):
            let (name, type, content) = try await pages.export(steps[1], query, files)
            note("download", on: name, visitor)
            return Self.download(content, type, name)
        case ("checkpoint", 2): return try checkpoint(steps[1])
        default: return nil
        }
    }

    /// A head of the log to be kept elsewhere: `SIZE.json`, or `SIZE.note`, a C2SP signed note.
    private func checkpoint(_ name: String) throws -> Response {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let size = Int64(parts[0]), String(size) == parts[0],
            let head = try store.head(at: size)
        else { throw DeskFault.missing }
        switch parts[1] {
        case "json":
            let content = String(decoding: try keeper.checkpoint(of: head), as: UTF8.self)
            return Self.download(
                content + "\n", "application/json", "checkpoint-\(size).json")
        case "note":
            return Self.download(
                keeper.note(of: head), "text/plain; charset=utf-8", "checkpoint-\(size).note")
        default: throw DeskFault.missing
        }
    }

    /// What of a query goes on with another language: what cannot be made to mean something else.
    private static func kept(_ query: DeskForm) -> String {
        let parts = ["collection", "from", "to"].compactMap { name -> String? in
            guard let value = query[name], value.utf8.count <= 40,
                value.utf8.allSatisfy({ byte in
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                })
            else { return nil }
            return "\(name)=\(value)"
        }
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
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
            note("sign_out", on: "", visitor)
            return Self.seeOther("/", Self.session("", seconds: 0, visitor))
        }
        guard visitor.isOperator else { throw DeskFault.forbidden }
        let acts = DeskActs(
            desk: desk, store: store, environment: environment, language: visitor.language)
        let target = steps.prefix(3).joined(separator: "/")
        switch (steps.first, steps.count) {
        case ("invite", 1):
            let invite = try acts.invite(form)
            note("invite", on: invite.role, visitor)
            return html("devices", try await pages(visitor).devices(invite: invite.invite), visitor)
        case ("invites", 2):
            try acts.withdraw(steps[1])
            note("withdraw", on: target, visitor)
        case ("devices", 2):
            try await acts.change(device: steps[1], form)
            note(form["act"] ?? "", on: target, visitor)
        case ("records", 3):
            try await told(form["act"] ?? "", on: target, visitor) {
                try await acts.change(record: steps[1], steps[2], form)
            }
        case ("conflicts", 2):
            try await told("settle", on: target, visitor) {
                try await acts.settle(steps[1], form)
            }
        default: throw DeskFault.missing
        }
        return Self.seeOther(Self.back(steps))
    }

    /// Notes an act that is done, also where it has yet to go to the hub.
    private func told(
        _ act: String, on target: String, _ visitor: Visitor, _ body: () async throws -> Void
    ) async throws {
        do { try await body() } catch DeskFault.notDelivered {
            note(act, on: target, visitor)
            throw DeskFault.notDelivered
        }
        note(act, on: target, visitor)
    }

    /// One line of the program's log. No names, no contents, no secrets.
    private func note(_ act: String, on target: String, _ visitor: Visitor) {
        logger.info(
            "page",
            metadata: [
                "act": "\(act)", "on": "\(target)",
                "rights": "\(visitor.pass?.rights.rawValue ?? "")",
                "session": "\(visitor.pass?.mark ?? "")",
            ])
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
        let mark = try store.deskAccess().session(session, now: now)?.mark ?? ""
        logger.info("page", metadata: ["act": "sign_in", "session": "\(mark)"])
        let seconds = Int(DeskAccess.sessionMilliseconds / 1_000)
        return Self.seeOther("/", Self.session(session.hex, seconds: seconds, visitor))
    }

    private static func session(_ value: String, seconds: Int, _ visitor: Visitor) -> Cookie {
        Cookie(
            name: cookie, value: value, maxAge: seconds, path: "/", secure: visitor.isSecure,
            httpOnly: true, sameSite: .strict)
    }
}
