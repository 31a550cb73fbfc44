import OutreachSchema
import SyncCore
import Testing

@Suite struct ReportTests {
    private static func sample() throws -> [(collection: String, fields: [String: Value])] {
        try Schema.outreach.collections.flatMap { collection in
            var reader = try SampleData.reader(collection)
            return reader.readAll().accepted.map { (collection.name, $0.fields) }
        }
    }

    private func report(
        _ records: [(collection: String, fields: [String: Value])], from: String? = nil,
        to: String? = nil, by grouping: ReportGrouping? = nil
    ) -> OutreachReport {
        var builder = ReportBuilder(
            zone: .shanghai, from: from.flatMap { Shift($0) }, to: to.flatMap { Shift($0) },
            groupedBy: grouping)
        for record in records { builder.add(collection: record.collection, fields: record.fields) }
        return builder.build()
    }

    private func stop(_ point: String, _ time: String, helped: Int = 0) -> (String, [String: Value])
    {
        (
            "stops",
            [
                "point": .text(point), "arrived_at": .text(time),
                "people_helped": .number(Double(helped)),
            ]
        )
    }

    @Test func sampleTotals_equalThePublishedOnes() throws {
        let document = report(try Self.sample()).jsonDocument()
        let totals = try JSONParser.parse(SampleData.bytes("totals.json"))
        for (key, value) in try #require(totals.object) {
            #expect(document[key] == value, "\(key)")
        }
        #expect(document["groups"] == [])
    }

    @Test(arguments: ReportGrouping.allCases)
    func groups_addUpToTheTotal(_ grouping: ReportGrouping) throws {
        let report = report(try Self.sample(), by: grouping)
        for key in report.total.entries.map(\.key) where key != "grids" {
            let sum = report.groups.reduce(0) { sum, group in
                sum + group.figures.entries.first { $0.key == key }!.count
            }
            let isLeftOut = grouping == .shift && key == "points"
            let total = report.total.entries.first { $0.key == key }!.count
            #expect(sum == (isLeftOut ? 0 : total), "\(key)")
        }
        let names = report.groups.compactMap(\.name)
        #expect(names == names.sorted())
        #expect(names.count == report.groups.count)
        #expect(grouping == .shift || names.count == 33)
    }

    @Test func sampleCoverage_isConsistent() throws {
        let coverage = report(try Self.sample(), from: "2021-01-01", to: "2021-03-01").coverage
        #expect(coverage.shifts == 60)
        #expect(coverage.pointsActive == 140)
        #expect(coverage.requiredVisits > coverage.madeVisits)
        #expect(coverage.madeVisits > 0 && coverage.madeVisits <= 2400)
        #expect(coverage.unvisitedPoints == [])
    }

    @Test func period_isBoundedByShifts() {
        let records = [
            stop("P1", "2021-01-05T03:59:59Z"), stop("P1", "2021-01-05T04:00:00Z"),
            stop("P1", "2021-01-05T16:40:00Z"), stop("P1", "2021-01-06T04:00:00Z"),
            ("stops", ["point": "P1"]),
        ]
        #expect(report(records, from: "2021-01-05", to: "2021-01-05").total.stops == 2)
        #expect(report(records, from: "2021-01-05").total.stops == 3)
        #expect(report(records, to: "2021-01-04").total.stops == 1)
        #expect(report(records).total.stops == 5)
    }

    @Test func coverage_countsVisitsUpToWhatIsRequired() {
        let records: [(String, [String: Value])] = [
            stop("P1", "2021-01-05T13:00:00Z"), stop("P1", "2021-01-05T14:00:00Z"),
            stop("P2", "2021-01-05T14:00:00Z"), stop("P9", "2021-01-05T14:00:00Z"),
            stop("P1", "2021-01-06T14:00:00Z"),
            ("points", ["code": "P1", "required_per_shift": 1]),
            ("points", ["code": "P2", "required_per_shift": 2]), ("points", ["code": "P3"]),
            ("points", ["code": "P4", "required_per_shift": 3, "active": false]),
            ("points", ["code": "P5", "required_per_shift": 0]),
        ]
        let coverage = report(records).coverage
        #expect(coverage.shifts == 2)
        #expect(coverage.pointsActive == 4)
        #expect(coverage.requiredVisits == 8)
        #expect(coverage.madeVisits == 3)
        #expect(coverage.missed == 5)
        #expect(coverage.unvisitedPoints == ["P3"])
        #expect(report([]).coverage.shifts == 0)
    }

    @Test func groupByGrid_recordWithoutGrid_goesToItsPointsGrid() {
        let records: [(String, [String: Value])] = [
            stop("P1", "2021-01-05T13:00:00Z", helped: 2), stop("P9", "2021-01-05T13:00:00Z"),
            ("activities", ["kind": "patrol", "started_at": "2021-01-05T13:00:00Z"]),
            ("points", ["code": "P1", "grid": "JC01"]),
        ]
        let groups = report(records, by: .grid).groups
        #expect(groups.map(\.name) == ["JC01", nil])
        #expect(groups.first?.figures.peopleHelped == 2)
        #expect(groups.last?.figures.stops == 1)
        #expect(groups.last?.figures.activities == 1)
        let document = report(records, by: .grid).jsonDocument()
        #expect(document["groups"]?.array?.last?["grid"] == .null)
    }

    @Test func unknownCollectionsAndOddValues_changeNothing() {
        let records: [(String, [String: Value])] = [
            ("drones", ["people_helped": 5, "grid": "X"]),
            ("stops", ["people_helped": "two", "inquiries_answered": -3, "grid": 7]),
            ("hazards", ["accident_prevented": "yes"]),
        ]
        let figures = report(records).total
        #expect(figures.stops == 1)
        #expect(figures.hazardsFound == 1)
        #expect(figures.peopleHelped == 0)
        #expect(figures.inquiriesAnswered == 0)
        #expect(figures.accidentsPrevented == 0)
        #expect(figures.gridNames == [])
    }

    @Test func orderOfRecords_doesNotMatter() throws {
        let records = try Self.sample()
        #expect(report(records, by: .grid) == report(records.reversed(), by: .grid))
    }
}
