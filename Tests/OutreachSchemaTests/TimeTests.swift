import OutreachSchema
import Testing

@Suite struct TimeTests {
    @Test func civilDate_roundTripsOverFourCenturies() {
        var previous: CivilDate?
        for day in stride(from: -146_097, through: 146_097, by: 1) {
            let date = CivilDate(daysSinceEpoch: day)
            let (year, month, dayOfMonth) = date.components
            #expect(CivilDate(year: year, month: month, day: dayOfMonth) == date)
            if let previous { #expect(previous < date) }
            previous = date
        }
    }

    @Test func civilDate_knownDays() {
        #expect(CivilDate("1970-01-01")?.daysSinceEpoch == 0)
        #expect(CivilDate("2000-03-01")?.daysSinceEpoch == 11_017)
        #expect(CivilDate("2021/1/5")?.description == "2021-01-05")
        #expect(CivilDate("２０２１年１月５日")?.description == "2021-01-05")
    }

    @Test(arguments: [
        "2021-02-29", "2021-13-01", "2021-00-10", "2021-01-32", "21-01-05", "2021-01-05x", "",
        "0000-01-01",
    ])
    func civilDate_noSuchDay_isNil(_ text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func rfc3339_readsOffsetsAndFractions() {
        let seconds: Int64 = 1_609_854_000
        for text in [
            "2021-01-05T13:40:00Z", "2021-01-05T21:40:00+08:00", "2021-01-05t13:40:00.999z",
            "2021-01-05 08:10:00-05:30",
        ] {
            #expect(RFC3339.utcSeconds(text) == seconds, "\(text)")
        }
        #expect(RFC3339.text(utcSeconds: seconds) == "2021-01-05T13:40:00Z")
        #expect(
            RFC3339.text(utcSeconds: seconds, offsetSeconds: 28_800) == "2021-01-05T21:40:00+08:00")
        #expect(
            RFC3339.text(utcSeconds: seconds, offsetSeconds: -19_800) == "2021-01-05T08:10:00-05:30"
        )
        #expect(RFC3339.text(utcSeconds: -1) == "1969-12-31T23:59:59Z")
    }

    @Test(arguments: [
        "2021-01-05T13:40:00", "2021-01-05", "2021-01-05T24:00:00Z", "2021-01-05T13:60:00Z",
        "2021-01-05T13:40Z", "2021-01-05T13:40:00+8", "2021-01-05T13:40:00Z ", "x",
    ])
    func rfc3339_otherText_isNil(_ text: String) {
        #expect(RFC3339.utcSeconds(text) == nil)
    }

    @Test func shift_runsFromNoonToNoon() {
        func shift(_ text: String) -> String {
            Shift(containingUTCSeconds: RFC3339.utcSeconds(text)!, in: .shanghai).description
        }
        #expect(shift("2021-01-06T00:40:00+08:00") == "2021-01-05")
        #expect(shift("2021-01-05T12:00:00+08:00") == "2021-01-05")
        #expect(shift("2021-01-05T11:59:59+08:00") == "2021-01-04")
        let range = Shift("2021-01-05")!.utcSeconds(in: .shanghai)
        #expect(range.lowerBound == RFC3339.utcSeconds("2021-01-05T12:00:00+08:00"))
        #expect(range.upperBound == RFC3339.utcSeconds("2021-01-06T12:00:00+08:00"))
    }

    /// Clocks go from +1 to +2 hours at 2021-03-28T01:00Z and back at 2021-10-31T01:00Z.
    static let berlin = ZoneRules(name: "Europe/Berlin") { seconds in
        (1_616_893_200..<1_635_642_000).contains(seconds) ? 7200 : 3600
    }

    @Test(arguments: [
        ("2021-03-28 01:59", "2021-03-28T00:59:00Z"), ("2021-03-28 02:30", "2021-03-28T01:30:00Z"),
        ("2021-03-28 03:00", "2021-03-28T01:00:00Z"), ("2021-10-31 02:30", "2021-10-31T00:30:00Z"),
        ("2021-10-31 03:00", "2021-10-31T02:00:00Z"), ("2021-07-01 12:00", "2021-07-01T10:00:00Z"),
    ])
    func zone_changeOfOffset_firstReadingOrMovedOn(_ local: String, _ utc: String) throws {
        let date = CivilDate(String(local.prefix(10)))!
        let clock = local.suffix(5).split(separator: ":").map { Int($0)! }
        let reading = LocalTime(date: date, secondOfDay: clock[0] * 3600 + clock[1] * 60)
        #expect(RFC3339.text(utcSeconds: Self.berlin.utcSeconds(of: reading)) == utc)
    }

    @Test func shift_changeOfOffset_has23Hours() {
        let range = Shift("2021-03-27")!.utcSeconds(in: Self.berlin)
        #expect(range.upperBound - range.lowerBound == 23 * 3600)
    }
}
