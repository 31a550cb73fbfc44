import AuditReport
import OutreachSchema
import SyncCore
import TestSupport
import Testing

@Suite struct CoverageTests {
    private func map(
        newest: Int64 = 1_900_000_000_000, _ records: [(String, [String: Value])]
    ) -> CoverageMap {
        var tally = CoverageTally(zone: .shanghai)
        for (collection, fields) in records { tally.add(collection: collection) { fields[$0] } }
        return tally.map(newest: newest)
    }

    private func stop(_ point: String, _ time: String) -> (String, [String: Value]) {
        ("stops", ["point": .text(point), "arrived_at": .text(time)])
    }

    private func point(_ code: String, _ required: Double) -> (String, [String: Value]) {
        ("points", ["code": .text(code), "required_per_shift": .number(required)])
    }

    @Test func map_stopAfterMidnight_countsForTheNightBefore() {
        let map = map([point("A", 1), stop("A", "2021-01-05T16:40:00Z")])
        #expect(map.nights.map(\.description) == ["2021-01-05"])
        #expect(map.rows.map(\.visits) == [[1]])
    }

    @Test func map_moreVisitsThanRequired_countAsRequired() {
        let map = map(
            [point("A", 2)] + Array(repeating: stop("A", "2021-01-05T13:00:00Z"), count: 5))
        #expect(map.made == 2 && map.required == 2 && map.rows[0].missed == 0)
        #expect(map.rows[0].visits == [5])
    }

    @Test func map_everyStop_isAccountedFor() {
        let map = map(
            newest: 1_610_000_000_000,
            [
                point("A", 1), stop("A", "2021-01-05T13:00:00Z"),
                stop("B", "2021-01-05T13:00:00Z"), stop("A", "yesterday"),
                ("stops", ["arrived_at": "2021-01-05T13:00:00Z"]),
                stop("A", "2036-01-05T13:00:00Z"),
            ])
        #expect(map.stopsCounted == 1 && map.stopsElsewhere == 1)
        #expect(map.stopsUnplaced == 2 && map.stopsInFuture == 1)
        #expect(map.stops == 5)
        #expect(map.nightCount == 1)
    }

    @Test func map_stopOfYearOne_showsTheLatestNightsOnly() {
        let map = map([
            point("A", 100), stop("A", "0001-01-05T13:00:00Z"), stop("A", "2021-01-05T13:00:00Z"),
        ])
        #expect(map.nights.count == CoverageMap.nightLimit)
        #expect(map.nights.last?.description == "2021-01-05")
        #expect(map.nightCount > 700_000 && map.made == 2)
    }

    @Test func map_oneStrayStopYearsLater_drawsTheNightsWithTheVisits() {
        let visits = (1...9).map { stop("A", "2021-01-0\($0)T13:00:00Z") }
        let map = map([point("A", 1)] + visits + [stop("A", "2026-01-05T13:00:00Z")])
        #expect(map.nights.first?.description == "2021-01-01")
        #expect(map.nights.count == CoverageMap.nightLimit)
        #expect(map.rows[0].visits.reduce(0, +) == 9)
        #expect(map.made == 10)
    }

    @Test(arguments: [UInt64(1), 2, 3, 4, 5])
    func map_generatedLog_agreesWithTheSchemasReport(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var records: [(String, [String: Value])] = []
        for index in 0..<12 {
            var fields = point("P\(index)", Double(Int.random(in: 0...3, using: &generator))).1
            if index % 5 == 4 { fields["active"] = false }
            records.append(("points", fields))
        }
        for _ in 0..<300 {
            let seconds = 1_610_000_000 + Int64.random(in: 0..<2_000_000, using: &generator)
            let code = "P\(Int.random(in: 0..<14, using: &generator))"
            records.append(stop(code, RFC3339.text(utcSeconds: seconds)))
        }
        var builder = ReportBuilder(zone: .shanghai)
        for (collection, fields) in records { builder.add(collection: collection, fields: fields) }
        let expected = builder.build()
        let map = map(records.shuffled(using: &generator))
        #expect(map.made == expected.coverage.madeVisits, "seed \(seed)")
        #expect(map.required == expected.coverage.requiredVisits, "seed \(seed)")
        #expect(map.nightCount == expected.coverage.shifts, "seed \(seed)")
        #expect(map.pointCount == expected.coverage.pointsActive, "seed \(seed)")
        #expect(map.stops == expected.total.stops, "seed \(seed)")
    }

    @Test func coverage_rowsInAnyOrder_giveTheSameMap() {
        let records = [
            point("A", 1), point("B", 2), stop("A", "2021-01-05T13:00:00Z"),
            stop("B", "2021-01-07T13:00:00Z"),
        ]
        #expect(map(records) == map(records.reversed()))
    }
}
