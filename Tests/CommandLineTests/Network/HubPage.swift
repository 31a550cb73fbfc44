import Foundation
import SyncCore
import TestSupport
import Testing

/// The operator's page over HTTP, as a browser and as someone who is none.
struct HubPage {
    let hub: RunningHub
    let folder: TestFolder

    struct Answer {
        let status: Int
        let body: [UInt8]
        let headers: HTTPText

        var text: String { String(decoding: body, as: UTF8.self) }
        /// The session that came with it.
        var cookie: String? {
            headers["Set-Cookie"]?.split(separator: ";").first.map(String.init)
        }
    }

    func call(
        _ method: String, _ path: String, cookie: String? = nil, form: [String: String]? = nil,
        origin: String? = nil
    ) throws -> Answer {
        var headers = [("Host", "127.0.0.1")]
        if let cookie { headers.append(("Cookie", cookie)) }
        if let origin { headers.append(("Origin", origin)) }
        var body: [UInt8] = []
        if let form {
            headers.append(("Content-Type", "application/x-www-form-urlencoded"))
            body = Array(form.map { "\($0.key)=\($0.value)" }.joined(separator: "&").utf8)
        }
        let port = try #require(hub.url.split(separator: ":").last.flatMap { UInt16($0) })
        let request = HTTPText(
            start: "\(method) \(path) HTTP/1.1", headers: headers, body: body)
        let answer = try #require(request.exchange(port: port))
        return Answer(status: answer.status ?? 0, body: answer.body, headers: answer)
    }

    /// The secret of a link into the page.
    func link(_ options: [String] = []) throws -> String {
        let run = try StartedProgram(
            Programs.hub, ["page", "--data", folder.file("hub"), "--json"] + options
        ).finish().succeeded()
        return String(try run.json.text("link").split(separator: "/").last ?? "")
    }

    /// - Returns: the cookie of a session.
    func signIn(_ options: [String] = []) throws -> String {
        try #require(try call("POST", "/in", form: ["secret": try link(options)]).cookie)
    }

    /// The token that the forms of a page carry.
    static func token(_ page: String) -> String {
        guard let start = page.range(of: "name=\"csrf\" value=\"") else { return "" }
        return String(page[start.upperBound...].prefix { $0 != "\"" })
    }
}
