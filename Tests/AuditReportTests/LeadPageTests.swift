import AuditReport
import OutreachSchema
import SyncCore
import Testing

/// The lead's page: what it shows is what the records say, and nothing of theirs is markup.
@Suite struct LeadPageTests {
    private static let now = RFC3339.utcSeconds("2021-01-10T22:00:00+08:00")!

    private func page(_ records: [(String, [String: Value])], before: Bool = true) -> String {
        let (from, through) = (Shift("2021-01-05")!, Shift("2021-01-06")!)
        var builder = ReportBuilder(
            zone: .shanghai, from: from, to: through, groupedBy: .grid)
        var tally = LeadTally(
            zone: .shanghai, from: from, through: through, now: Self.now)
        for (collection, fields) in records {
            builder.add(collection: collection, fields: fields)
            tally.add(collection: collection, fields: fields)
        }
        return LeadPage(
            language: .english, zone: .shanghai, space: "南大街 <b>", report: builder.build(),
            before: before ? ReportFigures() : nil, tally: tally
        ).html()
    }

    private static let records: [(String, [String: Value])] = [
        ("points", ["code": "P1", "grid": "JC01", "required_per_shift": 2]),
        ("points", ["code": "P2", "grid": "JC01"]),
        ("stops", ["point": "P1", "grid": "JC01", "arrived_at": "2021-01-05T13:00:00Z"]),
        ("stops", ["point": "P1", "grid": "JC01", "arrived_at": "2021-01-05T14:00:00Z"]),
        ("stops", ["point": "P1", "grid": "JC01", "arrived_at": "2021-01-05T15:00:00Z"]),
        (
            "hazards",
            [
                "category": "noise", "status": "open", "found_at": "2021-01-01T13:00:00Z",
                "assigned_to": "<script>",
            ]
        ),
        (
            "hazards",
            [
                "category": "noise", "status": "resolved", "found_at": "2021-01-05T13:00:00Z",
                "assigned_to": "fire_service",
            ]
        ),
    ]

    @Test func page_coverageFiguresAndHazards() {
        let html = page(Self.records)
        // Of 3 visits that one night requires 2 were made; nobody was out in the other night.
        #expect(html.contains("<bdi>2</bdi> of <bdi>3</bdi> required visits"))
        #expect(html.contains("<bdi>1</bdi> of <bdi>2</bdi> nights"))
        #expect(html.contains("+3"))
        #expect(html.contains("消防"))
        #expect(html.contains("&lt;script&gt;") && !html.contains("<script>"))
        #expect(html.contains("南大街 &lt;b&gt;"))
        #expect(html == page(Self.records))
    }

    @Test func page_withoutPeriodBefore_saysSo() {
        #expect(page(Self.records, before: false).contains("--from"))
        #expect(page([]).contains("There are no points"))
    }
}
