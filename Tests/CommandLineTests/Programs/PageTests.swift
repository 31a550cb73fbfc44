import Foundation
import SyncCore
import TestSupport
import Testing

/// The operator's page over HTTP, as a browser and as someone who is none. What it looks like is
/// `make test-page`'s.
@Suite struct PageTests {
    private let folder = TestFolder()
    private let hub: RunningHub

    init() throws { hub = try RunningHub(in: folder) }

    private var page: HubPage { HubPage(hub: hub, folder: folder) }

    private func call(
        _ method: String, _ path: String, cookie: String? = nil, form: [String: String]? = nil,
        origin: String? = nil
    ) throws -> HubPage.Answer {
        try page.call(method, path, cookie: cookie, form: form, origin: origin)
    }

    private func link(_ options: [String] = []) throws -> String { try page.link(options) }

    private func signIn(_ options: String...) throws -> String { try page.signIn(options) }

    private func token(_ text: String) -> String { HubPage.token(text) }

    private static let pages = [
        "/", "/devices", "/records", "/records?collection=hazards", "/conflicts", "/health", "/log",
        "/export/stops.csv", "/export/stops.xlsx", "/export/points.geojson", "/position",
        "/reports",
        "/reports/handover.txt", "/reports/period.html", "/reports/audit.html",
        "/checkpoint/1.json", "/checkpoint/1.note",
    ]

    @Test func link_worksOnce_andOnlyAsAForm() throws {
        let secret = try link()
        // Whatever looks at links beforehand does not use it up.
        for _ in 0..<3 { #expect(try call("GET", "/in/\(secret)").status == 200) }
        let first = try call("POST", "/in", form: ["secret": secret])
        #expect(first.status == 303)
        let cookie = try #require(first.headers["Set-Cookie"])
        for word in ["HttpOnly", "SameSite=Strict", "Max-Age=43200"] {
            #expect(cookie.contains(word))
        }
        #expect(try call("POST", "/in", form: ["secret": secret]).status == 401)
        for wrong in ["", "x", String(repeating: "0", count: 32)] {
            #expect(try call("POST", "/in", form: ["secret": wrong]).status == 401)
        }
    }

    /// Whoever guesses links is told to wait; whoever has one gets in all the same.
    @Test func linksThatAreGuessed_areToldToWait() throws {
        let secret = try link()
        var told: [Int: Int] = [:]
        for index in 0..<400 {
            let guess = String(format: "%032x", index)
            told[try call("POST", "/in", form: ["secret": guess]).status, default: 0] += 1
        }
        #expect(told.keys.sorted() == [401, 429])
        #expect(try call("POST", "/in", form: ["secret": secret]).status == 303)
    }

    @Test func pages_byWhoAsks() throws {
        let (viewer, boss) = (try signIn("--viewer"), try signIn())
        for path in Self.pages {
            #expect(try call("GET", path).status == 401, "\(path)")
            #expect(try call("GET", path, cookie: "fieldsync_desk=00").status == 401, "\(path)")
            for cookie in [viewer, boss] {
                let answer = try call("GET", path, cookie: cookie)
                #expect(answer.status == 200, "\(path)")
                let policy = answer.headers["Content-Security-Policy"] ?? ""
                #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe"))
            }
        }
        #expect(try call("GET", "/nothing", cookie: boss).status == 404)
        // The protocol is where it was.
        #expect(try call("GET", "/v1").status == 200)
        #expect(try call("GET", "/livez").status == 200)
    }

    @Test func acts_byWhoAsks() throws {
        let (viewer, boss) = (try signIn("--viewer"), try signIn())
        let invite = ["name": "d", "role": "lead", "hours": "24"]
        let devicesOf = { (cookie: String) in
            token(try call("GET", "/devices", cookie: cookie).text)
        }
        let own = try devicesOf(boss)
        #expect(own.count == 32)
        for (form, cookie, origin, status) in [
            (invite, nil, nil, 401), (invite, boss, nil, 403),
            (invite.merging(["csrf": try devicesOf(viewer)]) { $1 }, boss, nil, 403),
            (invite.merging(["csrf": own]) { $1 }, viewer, nil, 403),
            (invite.merging(["csrf": try devicesOf(viewer)]) { $1 }, viewer, nil, 403),
            (invite.merging(["csrf": own]) { $1 }, boss, "https://elsewhere.example", 403),
            (["csrf": own, "name": "d", "role": "hub", "hours": "24"], boss, nil, 400),
            (["csrf": own, "name": "d", "role": "lead", "hours": "9999"], boss, nil, 400),
            (["csrf": own, "name": "", "role": "lead", "hours": "24"], boss, nil, 422),
            (["csrf": own, "name": "13812345678", "role": "lead", "hours": "24"], boss, nil, 422),
        ] as [([String: String], String?, String?, Int)] {
            let answer = try call("POST", "/invite", cookie: cookie, form: form, origin: origin)
            #expect(answer.status == status, "\(form)")
        }
        #expect(try hub.run("invite", "list", "--json").succeeded().json.array?.isEmpty == true)
        let made = try call(
            "POST", "/invite", cookie: boss, form: invite.merging(["csrf": own]) { $1 })
        #expect(made.status == 200 && made.text.contains("fsi1_"))
        #expect(try hub.run("invite", "list", "--json").succeeded().json.array?.count == 1)
        for path in [
            "/devices/" + String(repeating: "0", count: 32), "/records/stops/zz",
            "/conflicts/00", "/invites/00",
        ] {
            let answer = try call(
                "POST", path, cookie: boss, form: ["csrf": own, "act": "revoke", "use": "kept"])
            #expect(answer.status == 404, "\(path)")
        }
    }

    @Test func signingOut_endsASession_andTheOperatorEndsAll() throws {
        let (one, other) = (try signIn(), try signIn())
        let own = token(try call("GET", "/", cookie: one).text)
        #expect(try call("POST", "/out", cookie: one, form: ["csrf": own]).status == 303)
        #expect(try call("GET", "/", cookie: one).status == 401)
        #expect(try call("GET", "/", cookie: other).status == 200)
        let unused = try link()
        try hub.run("page", "--sign-out").succeeded()
        #expect(try call("GET", "/", cookie: other).status == 401)
        #expect(try call("POST", "/in", form: ["secret": unused]).status == 401)
    }

    /// Someone who can write into the file, and has no key, lets nobody in.
    @Test func plantedSession_isNone() throws {
        let cookie = try signIn()
        #expect(try call("GET", "/", cookie: cookie).status == 200)
        hub.stop()
        let sqlite = try StartedProgram(
            Programs.sqlite(),
            [
                folder.file("hub") + "/hub.sqlite",
                "UPDATE meta SET value = replace(value, 'operator', 'viewer') WHERE key = 'desk'",
            ]
        ).finish()
        try sqlite.succeeded()
        try hub.start()
        #expect(try call("GET", "/", cookie: cookie).status == 401)
        // An auditor reads such a file as before.
        let verified = try StartedProgram(
            Programs.audit, ["verify", folder.file("hub"), "--json"]
        ).finish()
        #expect(verified.status == 0, "\(verified.stdout) \(verified.stderr)")
    }

    /// Everything in the desk's replica is at the hub: lost or damaged, it is made anew.
    @Test(arguments: ["damaged", "no replica", "no key"])
    func deskThatIsLost_isMadeAnew(_ harm: String) throws {
        let cookie = try signIn()
        #expect(try call("GET", "/", cookie: cookie).status == 200)
        hub.stop()
        let path = folder.file("hub") + "/desk"
        switch harm {
        case "damaged":
            try Data(repeating: 7, count: 9_000).write(to: URL(filePath: path + ".sqlite"))
            for suffix in ["-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: path + ".sqlite" + suffix)
            }
        case "no replica": try FileManager.default.removeItem(atPath: path + ".sqlite")
        default: try FileManager.default.removeItem(atPath: path + ".key")
        }
        try hub.start()
        #expect(try call("GET", "/", cookie: cookie).status == 200)
        #expect(try call("GET", "/records", cookie: cookie).status == 200)
    }

    /// Nobody decides over what they did not see.
    @Test func formOfARecordThatWasChangedMeanwhile_isRefused() throws {
        let device = try FieldDevice("a", in: folder, hub: hub)
        let id = try device.addStop("--note", "first")
        try device.sync()
        let cookie = try signIn()
        let path = "/records/stops/\(id)"
        func form() throws -> [String: String] {
            let page = try call("GET", path, cookie: cookie).text
            guard let start = page.range(of: "name=\"seen\" value=\"") else { return [:] }
            let seen = String(page[start.upperBound...].prefix { $0 != "\"" })
            let escaped = seen.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            return ["csrf": token(page), "act": "delete", "seen": escaped]
        }
        let old = try form()
        try device.edit(id, "--note", "second")
        try device.sync()
        #expect(try call("POST", path, cookie: cookie, form: old).status == 422)
        #expect(try call("GET", path, cookie: cookie).text.contains("second"))
        #expect(try call("POST", path, cookie: cookie, form: form()).status == 303)
        try device.sync()
        #expect(!(try device.run("stop", "list", "--json").succeeded().stdout.contains("second")))
    }

    @Test func languageLink_leadsNowhereElse() throws {
        for (path, target) in [
            ("//evil.example/x?lang=en", "/evil.example/x"), ("/?lang=zh-Hans", "/"),
            ("/records?collection=hazards&lang=en", "/records?collection=hazards"),
            ("/records?collection=%0d%0aX:1&lang=en", "/records"),
        ] {
            let answer = try call("GET", path)
            #expect(answer.status == 303 && answer.headers["Location"] == target, "\(path)")
        }
    }

    /// The page does not shut itself out; done from the command line, it says so.
    @Test func deskThatIsShutOut_isSaidToBe() throws {
        let cookie = try signIn()
        #expect(try call("GET", "/", cookie: cookie).status == 200)
        let own = token(try call("GET", "/devices", cookie: cookie).text)
        let desk = try #require(
            hub.run("device", "list", "--json").succeeded().json.array?.first {
                $0["name"]?.string == "desk"
            }?["device"]?.string)
        let refused = try call(
            "POST", "/devices/\(desk)", cookie: cookie, form: ["csrf": own, "act": "revoke"])
        #expect(refused.status == 422)
        try hub.run("device", "revoke", desk).succeeded()
        let answer = try call("GET", "/", cookie: cookie)
        #expect(answer.status == 403 && answer.text.contains("device restore"))
        try hub.run("device", "restore", desk).succeeded()
        #expect(try call("GET", "/", cookie: cookie).status == 200)
        // What the hub keeps of itself is no record of the page's.
        for path in ["/records/devices/\(desk)", "/records/space/\(desk)"] {
            #expect(try call("GET", path, cookie: cookie).status == 404)
            let form = ["csrf": own, "act": "delete"]
            #expect(try call("POST", path, cookie: cookie, form: form).status == 404)
        }
    }

    @Test func page_isInTheReadersLanguage() throws {
        let cookie = try signIn()
        #expect(try call("GET", "/", cookie: cookie).text.contains("<html lang=\"en\">"))
        let chinese = try call("GET", "/", cookie: cookie + "; fieldsync_lang=zh-Hans")
        #expect(chinese.text.contains("<html lang=\"zh-Hans\">") && chinese.text.contains("今晚"))
    }

    /// Thirty invites at once: every one lets a device in, and the sheet is its owner's alone.
    @Test func sheetOfInvites_isPrintableAndEachWorks() throws {
        let names = (1...30).map { "red armbands \($0)" }.joined(separator: "\n")
        try "name\n\(names)\n<b>\"last\"</b>,auditor\n".write(
            toFile: folder.file("names.csv"), atomically: true, encoding: .utf8)
        let sheet = folder.file("sheet.html")
        let made = try hub.run(
            "invite", "sheet", folder.file("names.csv"), "--html", sheet, "--url", hub.url, "--json"
        ).succeeded().json
        #expect(try made.number("invites") == 31)
        let text = try String(contentsOfFile: sheet, encoding: .utf8)
        #expect(text.components(separatedBy: "<svg").count == 32)
        #expect(text.contains("&lt;b&gt;&quot;last&quot;&lt;/b&gt;") && !text.contains("<b>"))
        let mode = try FileManager.default.attributesOfItem(atPath: sheet)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        let invites = text.components(separatedBy: "sync-field join ").dropFirst().compactMap {
            $0.components(separatedBy: "<").first
        }
        #expect(Set(invites).count == 31)
        _ = try PlainClient(invite: try #require(invites.last))
        #expect(try hub.run("invite", "list", "--json").succeeded().json.array?.count == 30)
        // One bad row: nothing is made.
        try "a\nb,king\n".write(
            toFile: folder.file("bad.csv"), atomically: true, encoding: .utf8)
        let bad = try hub.run(
            "invite", "sheet", folder.file("bad.csv"), "--html", folder.file("bad.html"))
        #expect(bad.status == 2 && !FileManager.default.fileExists(atPath: folder.file("bad.html")))
        #expect(try hub.run("invite", "list", "--json").succeeded().json.array?.count == 30)
    }

    /// Plain http that others can reach has no page.
    @Test func insecureAddress_hasNoPage() throws {
        hub.stop()
        let child = try StartedProgram(
            Programs.hub,
            [
                "serve", "--data", folder.file("hub"), "--listen", "0.0.0.0:0", "--insecure-http",
                "--json",
            ])
        defer {
            child.child.signal(SIGKILL)
            _ = child.child.reap()
        }
        let line = try #require(child.child.readLine(within: .seconds(20)))
        let url = try #require(try JSONParser.parse(Array(line.utf8))["url"]?.string)
        let port = try #require(url.split(separator: ":").last.flatMap { UInt16($0) })
        let answer = try #require(
            HTTPText(start: "GET / HTTP/1.1", headers: [("Host", "127.0.0.1")], body: [])
                .exchange(port: port))
        #expect(answer.status == 404)
    }
}
