import Foundation
import SyncCore
import TestSupport
import Testing

/// What leaves the shift: the message for the group chat, and the report.
@Suite struct HandoverTests {
    private let folder = TestFolder()
    private let hub: RunningHub
    private let a: FieldDevice

    init() throws {
        hub = try RunningHub(in: folder)
        a = try FieldDevice("a", in: folder, hub: hub)
        try hub.run("point", "import", Programs.sample("points.csv")).succeeded()
        try a.sync()
        for name in ["stops", "activities", "education", "hazards"] {
            _ = try a.json("import", Programs.sample("\(name).csv"), "--into", name)
        }
    }

    /// Columns as a terminal counts them: two for each ideograph and full-width sign.
    private func columns(_ line: Substring) -> Int {
        line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
    }

    @Test(arguments: ["en", "zh-Hans"])
    func handover_fitsTheChat(_ language: String) throws {
        for shift in ["2021-01-08", "2021-01-16", "2019-01-01"] {
            let run = try a.run("handover", "--shift", shift, "--lang", language).succeeded()
            let lines = run.stdout.split(separator: "\n")
            #expect((3...20).contains(lines.count))
            for line in lines { #expect(columns(line) <= 40, "\(line)") }
            #expect(!run.stdout.contains("\u{1B}"))
        }
    }

    /// The sample's figures, counted by SQLite from the plain view.
    @Test func handover_figures_areThoseOfTheShift() throws {
        let night = "arrived_at >= '2021-01-08T04:00:00Z' AND arrived_at < '2021-01-09T04:00:00Z'"
        let stops = try a.query("SELECT count(*) FROM stops WHERE \(night)")
        let document = try a.json("handover", "--shift", "2021-01-08")
        #expect(document["figures"]?.number("stops") == Int64(stops))
        let text = document.text("text")
        #expect(text.contains("Stops \(stops)"))
        #expect(text.contains("NDJ-065"))
    }

    /// A free word may name somebody after all.
    @Test func handover_holdsNoRemarksAndNoPersonalData() throws {
        try a.run(
            "hazard", "add", "--category", "13912345678", "-g", "JC01", "--note", "secret remark",
            "--allow-personal"
        ).succeeded()
        let text = try a.run("handover").succeeded().stdout
        #expect(text.contains("JC01") && text.contains("(hidden)"))
        #expect(!text.contains("1391") && !text.contains("secret"))
    }

    @Test func report_period_saysHowManyNightsHoldVisits() throws {
        let document = try a.json("report", "--from", "2020-12-25", "--to", "2021-01-03")
        #expect(document["point_coverage"]?.number("shifts") == 10)
        #expect(document["point_coverage"]?.number("shifts_visited") == 3)
        let text = try a.run("report", "--from", "2020-12-25", "--to", "2021-01-03").succeeded()
        #expect(text.stdout.contains("in 3 nights with visits, of 10"))
        #expect(text.stdout.contains("…"))
    }

    @Test func report_html_isOnePage() throws {
        let path = folder.file("r.html")
        try a.run("report", "--from", "2021-01-01", "--to", "2021-01-31", "--html", path)
            .succeeded()
        let html = try String(contentsOfFile: path, encoding: .utf8)
        #expect(html.hasPrefix("<!doctype html>"))
        #expect(html.contains("<svg") && !html.contains("://"))
        #expect(try a.run("report", "--html", path, "--json").error.text("code") == "file_exists")
    }

    @Test func list_limit_showsTheLatestByTime() throws {
        let all = try a.json("stop", "list").array ?? []
        let latest = try a.json("stop", "list", "--limit", "7").array ?? []
        #expect(latest == all.suffix(7))
        let night = try a.json("stop", "list", "--shift", "2021-01-08").array ?? []
        #expect(night == all.filter { $0.text("shift") == "2021-01-08" })
    }
}
