import Foundation
import SyncCore
import TestSupport
import Testing

/// What the operator's page gives to be read elsewhere: reports, files, checkpoints; and what it
/// says of devices, backups and acts.
@Suite struct PageReportTests {
    private let folder = TestFolder()
    private let hub: RunningHub
    private let device: FieldDevice
    private let page: HubPage
    private let viewer: String

    init() throws {
        hub = try RunningHub(in: folder)
        try hub.run("point", "import", Programs.sample("points.csv")).succeeded()
        device = try FieldDevice("a", in: folder, hub: hub)
        try device.sync()
        for name in ["stops", "activities", "education", "hazards"] {
            _ = try device.json("import", Programs.sample("\(name).csv"), "--into", name)
        }
        try device.sync()
        page = HubPage(hub: hub, folder: folder)
        viewer = try page.signIn(["--viewer"])
    }

    private func get(_ path: String, as cookie: String? = nil) throws -> HubPage.Answer {
        try page.call("GET", path, cookie: cookie ?? viewer)
    }

    private func saved(_ path: String, as name: String) throws -> String {
        let answer = try get(path)
        #expect(answer.status == 200, "\(path)")
        let file = folder.file(name)
        try Data(answer.body).write(to: URL(filePath: file))
        return file
    }

    @Test func handover_isThatOfTheField_forAnyRange() throws {
        let night = "?from=2021-01-08&to=2021-01-08"
        let answer = try get("/reports/handover.txt" + night)
        let field = try device.run("handover", "--shift", "2021-01-08").succeeded().stdout
        #expect(answer.text == field)
        #expect(
            answer.headers["Content-Disposition"]
                == "attachment; filename=\"handover-2021-01-08.txt\"")
        let lines = field.split(separator: "\n")
        let shown = try get("/reports" + night).text
        // One line without anything that is escaped.
        #expect(shown.contains(lines[1]))
        let week = try get("/reports/handover.txt?from=2021-01-04&to=2021-01-10").text
        #expect(week.contains("2021-01-04 to 2021-01-10"))
        #expect(week.split(separator: "\n").count <= 20)
        let all = try get("/reports/handover.txt?from=&to=").text
        let stops = try device.query("SELECT count(*) FROM stops")
        #expect(all.contains("Stops \(stops)"))
    }

    @Test func pages_bringTheirStyle_andMayHaveNothingElse() throws {
        for path in ["/reports/audit.html", "/reports/period.html?from=2021-01-01&to=2021-01-31"] {
            let answer = try get(path)
            #expect(answer.status == 200)
            let policy = answer.headers["Content-Security-Policy"] ?? ""
            #expect(policy.contains("style-src 'sha256-") && !policy.contains("unsafe"))
            #expect(answer.headers["Content-Disposition"] == nil)
            let saved = try get(path + (path.contains("?") ? "&" : "?") + "save=1")
            #expect(saved.headers["Content-Disposition"]?.hasPrefix("attachment; ") == true)
        }
        // Making it took nobody's locks: what others write afterwards is still seen.
        #expect(try get("/", as: page.signIn()).status == 200)
        let audit = try get("/reports/audit.html").text
        #expect(audit.hasPrefix("<!doctype html>\n<!-- FieldSync audit report, form 1 -->"))
        #expect(audit.contains("verdict ok") || audit.contains("verdict incomplete"))
        // Whoever reads Chinese gets it first.
        let chinese = try get("/reports/audit.html", as: viewer + "; fieldsync_lang=zh-Hans").text
        #expect(chinese.contains("<html lang=\"zh-Hans\">"))
    }

    /// What comes down goes up again without a change.
    @Test(arguments: ["csv", "xlsx"])
    func table_importedAgain_changesNothing(_ form: String) throws {
        let all = try saved("/export/stops.\(form)", as: "all.\(form)")
        let read = try device.json("import", all, "--into", "stops")
        #expect(read["new"]?.integer == 0 && read["changed"]?.integer == 0, "\(read)")
        let night = try saved(
            "/export/stops.\(form)?from=2021-01-08&to=2021-01-08", as: "night.\(form)")
        let rows = try device.json("import", night, "--into", "stops", "--dry-run")
        let expected = try device.query(
            "SELECT count(*) FROM stops WHERE arrived_at >= '2021-01-08T04:00:00Z' "
                + "AND arrived_at < '2021-01-09T04:00:00Z'")
        #expect(rows["read"]?.integer.map { "\($0)" } == expected, "\(rows)")
    }

    @Test func formula_isAWord_inTableAndWorkbook() throws {
        _ = try device.addStop("--note", "=HYPERLINK(\"http://x\")")
        try device.sync()
        let range = "?from=2021-12-01&to="
        #expect(try get("/export/stops.csv" + range).text.contains("\"'=HYPERLINK"))
        let book = try saved("/export/stops.xlsx" + range, as: "f.xlsx")
        let sheet = try StartedProgram(
            "/usr/bin/python3",
            [
                "-c",
                "import sys,zipfile;print(zipfile.ZipFile(sys.argv[1])"
                    + ".read('xl/worksheets/sheet1.xml').decode())", book,
            ]
        ).finish().succeeded().stdout
        #expect(sheet.contains("'=HYPERLINK") && !sheet.contains("<f>"))
    }

    /// RFC 7946: longitude first; a stop stands where its point does.
    @Test func geoJSON_hasPlaces_andNobody() throws {
        for (name, least) in [("points", 140), ("stops", 2_000), ("hazards", 10)] {
            let answer = try get("/export/\(name).geojson")
            #expect(answer.headers["Content-Type"] == "application/geo+json")
            let document = try JSONParser.parse(Array(answer.body.dropLast()))
            let features = document["features"]?.array ?? []
            #expect(features.count >= least, "\(name)")
            for feature in features {
                guard let place = feature["geometry"]?["coordinates"]?.array,
                    case .number(let lon)? = place.first, case .number(let lat)? = place.last
                else { continue }
                #expect((119.0...121.0).contains(lon) && (31.0...33.0).contains(lat))
            }
            let placed = features.count { $0["geometry"]?["coordinates"] != nil }
            #expect(placed > 0 && (name != "points" || placed == features.count))
            #expect(!answer.text.contains("\"device\""))
        }
        #expect(try get("/export/education.geojson").status == 404)
    }

    @Test func rangeThatIsNone_isSaid_withTheMend() throws {
        let paths = [
            "/reports", "/reports/handover.txt", "/reports/period.html", "/export/stops.csv",
            "/export/stops.xlsx", "/export/stops.geojson", "/records",
        ]
        for path in paths {
            for (query, word) in [
                ("from=x", "2026-11-30"), ("to=2021-02-30", "2026-11-30"),
                ("from=9999-01-01", "2026-11-30"), ("from=0001-01-01", "2026-11-30"),
                ("from=%3Cscript%3E", "&lt;script&gt;"),
                ("from=2021-02-01&to=2021-01-01", "Change one of the two"),
            ] {
                let answer = try get("\(path)?\(query)")
                #expect(answer.status == 422, "\(path) \(query)")
                #expect(answer.text.contains(word) && !answer.text.contains("<script>"))
            }
        }
        for path in [
            "/export/stops", "/export/stops.csv.exe", "/export/..%2fhub.csv", "/export/devices.csv",
            "/export/stops.json", "/reports/other.html", "/checkpoint/0.json",
            "/checkpoint/9999999.json", "/checkpoint/01.json", "/checkpoint/1.txt",
            "/checkpoint/x.note", "/records/stops/00",
        ] {
            #expect(try get(path).status == 404, "\(path)")
        }
        // Nothing that was made is left behind.
        let files = folder.file("hub") + "/desk-files"
        #expect((try? FileManager.default.contentsOfDirectory(atPath: files)) ?? [] == [])
    }

    @Test func checkpoint_bindsALaterVerification() throws {
        let size = try get("/position").text
        let json = try saved("/checkpoint/\(size).json", as: "kept.json")
        let note = try saved("/checkpoint/\(size).note", as: "kept.note")
        _ = try device.addStop()
        try device.sync()
        for file in [json, note] {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            #expect(text.contains(size))
        }
        let verified = try StartedProgram(
            Programs.audit, ["verify", folder.file("hub"), "--since", json, "--json"]
        ).finish().succeeded().json
        #expect(verified["ok"] == true, "\(verified)")
        // The note is the one that the hub serves at that size.
        let lines = try String(contentsOfFile: note, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 4 && lines[1] == size && lines[0].hasPrefix("fieldsync.log/"))
    }

    @Test func devices_sayHowFarBehindTheyAre_andWithWhatProgram() throws {
        let other = try FieldDevice("b", in: folder, hub: hub)
        try other.sync()
        func card(_ name: String) throws -> String {
            let text = try get("/devices").text
            let cards = text.components(separatedBy: "<li class=\"card\">")
            return cards.first { $0.hasPrefix("<h3>\(name) ") } ?? ""
        }
        #expect(try card("b").contains("<dt>Batches behind</dt><dd>0</dd>"))
        _ = try device.addStop()
        try device.sync()
        #expect(try card("b").contains("<dd>1, since "))
        #expect(try card("a").contains("<dt>Batches behind</dt><dd>0</dd>"))
        let version = try device.run("--version").succeeded().stdout.trimmed
        #expect(try card("a").contains("<dd>sync-field/\(version)</dd>"))
        // A hub that starts again knows the program, and what is missed to the minute.
        try hub.crashAndRestart()
        #expect(try card("a").contains("<dd>sync-field/\(version)</dd>"))
        #expect(try card("b").contains("<dt>Batches behind</dt><dd>0</dd>"))
        try StartedProgram(
            Programs.sqlite(),
            [folder.file("hub/hub.sqlite"), "UPDATE seen SET at = at - 61000"]
        ).finish().succeeded()
        #expect(try card("b").contains("since "))
        // Whoever delivers has pulled before.
        #expect(try card("a").contains("<dt>Batches behind</dt><dd>0</dd>"))
    }

    @Test func health_listsTheShelf_andTheHeads() throws {
        let none = try get("/health").text
        #expect(none.contains("backup --into"))
        let shelf = folder.file("shelf")
        try hub.run("backup", "--into", shelf, "--keep", "3d").succeeded()
        let name = try #require(FileManager.default.contentsOfDirectory(atPath: shelf).first)
        let text = try get("/health").text
        #expect(text.contains(name) && text.contains("<dt>Its age</dt><dd>0 h</dd>"))
        let size = try get("/position").text
        #expect(text.contains("/checkpoint/\(size).json"))
        try FileManager.default.removeItem(atPath: shelf)
        #expect(try get("/health").text.contains("may not look into that folder"))
        // Its file is whole for an auditor with what was noted.
        let verified = try StartedProgram(
            Programs.audit, ["verify", folder.file("hub"), "--json"]
        ).finish()
        #expect(verified.status == 0, "\(verified.stdout) \(verified.stderr)")
    }

    /// Who did what: in the log of the space, and a line each in the program's.
    @Test func acts_areInBothLogs_withoutSecrets() throws {
        let secret = try page.link()
        let boss = try #require(
            try page.call("POST", "/in", form: ["secret": secret]).cookie)
        let token = HubPage.token(try get("/devices", as: boss).text)
        let made = try page.call(
            "POST", "/invite", cookie: boss,
            form: ["csrf": token, "name": "someone", "role": "lead", "hours": "1"])
        let invite = try #require(
            made.text.range(of: "fsi1_[A-Za-z0-9_-]+", options: .regularExpression))
        let id = try #require(try device.stopIDs().first)
        let path = "/records/stops/\(id)"
        let form = try get(path, as: boss).text
        let seen =
            try #require(form.components(separatedBy: "name=\"seen\" value=\"").last)
            .prefix { $0 != "\"" }
            .addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let done = try page.call(
            "POST", path, cookie: boss, form: ["csrf": token, "act": "delete", "seen": seen])
        #expect(done.status == 303)
        let log = try get("/log").text
        #expect(log.contains("/records/stops/\(id)") && log.contains(": deleted"))
        #expect(log.contains("<td>desk</td>") && log.contains("<td>the hub</td>"))
        let lines = try String(contentsOfFile: folder.file("hub.log"), encoding: .utf8)
            .split(separator: "\n").filter { $0.contains("\"message\":\"page\"") }
        for act in ["sign_in", "invite", "delete"] {
            #expect(lines.count { $0.contains("\"act\":\"\(act)\"") } >= 1, "\(act)")
        }
        #expect(lines.contains { $0.contains("\"on\":\"records/stops/\(id)\"") })
        let cookie = boss.split(separator: "=").last.map(String.init) ?? "?"
        for text in [secret, cookie, token, String(made.text[invite]), "someone"] {
            #expect(!lines.contains { $0.contains(text) })
        }
    }

    /// A record's history: what a value stood against, and what the log alone still knows.
    @Test func history_saysWhatStoodAgainst_andSearchesTheLog() throws {
        let other = try FieldDevice("b", in: folder, hub: hub)
        let id = try device.addStop("--note", "one")
        try device.sync()
        try other.sync()
        try device.edit(id, "--note", "middle")
        try device.sync()
        try device.edit(id, "--note", "from a")
        try other.edit(id, "--note", "from b")
        try device.sync()
        try other.sync()
        let path = "/records/stops/\(id)"
        for text in [try get(path).text, try get(path + "?history=all").text] {
            #expect(text.contains("lost a conflict") && text.contains(">middle<"))
            #expect(text.contains("<td>from a (a, ") || text.contains("<td>from b (b, "))
            // Each value was received at some time.
            let history = text.components(separatedBy: "id=\"h-history\"").last ?? ""
            #expect(!history.contains("<td>–</td>"))
        }
    }
}
