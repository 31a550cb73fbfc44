import OutreachSchema
import SyncCore
import Testing

/// A time without a date belongs to the record that it is for.
@Suite struct RecordTimeTests {
    private func checker(
        _ collection: CollectionDescription = .stops, at now: String,
        leniency: EntryLeniency = []
    ) -> EntryChecker {
        EntryChecker(
            collection, zone: .shanghai, now: RFC3339.utcSeconds("\(now):00+08:00")!,
            leniency: leniency)
    }

    private func local(_ value: Value?) -> String {
        guard let seconds = value?.text.flatMap({ RFC3339.utcSeconds($0) }) else { return "" }
        return "\(ZoneRules.shanghai.localTime(atUTCSeconds: seconds))"
    }

    private func stored(_ local: String) -> Value {
        .text(RFC3339.text(utcSeconds: RFC3339.utcSeconds("\(local):00+08:00")!))
    }

    private func codes(_ body: () throws -> Void) -> [String] {
        do {
            try body()
            return []
        } catch let error as EntryProblems {
            return error.problems.map { "\($0.field ?? "-") \($0.code)" }
        } catch {
            return ["\(error)"]
        }
    }

    @Test(arguments: [
        ("23:50", "00:10", "2021-01-06 00:10"), ("21:40", "21:40", "2021-01-05 21:40"),
        ("21:40", "21:55", "2021-01-05 21:55"), ("21:40", "晚上9:50", "2021-01-05 21:50"),
        ("23:50", "凌晨0:20", "2021-01-06 00:20"),
    ])
    func leftAt_isTheFirstSuchTimeAfterArrival(
        _ arrived: String, _ left: String, _ expected: String
    ) throws {
        let entry = try checker(at: "2021-01-06T01:00").newRecord([
            "point": "P1", "arrived_at": arrived, "left_at": left,
        ])
        #expect(local(entry.fields["left_at"]) == expected)
    }

    /// The case of the issue: at 01:00, `22:10` for a stop of 21:40 was read as a day later.
    @Test func edit_anHourLate_staysInTheRecordsNight() throws {
        let current: [String: Value] = ["point": "P1", "arrived_at": stored("2021-01-05T21:40")]
        let entry = try checker(at: "2021-01-06T13:30").edit(["left_at": "22:10"], of: current)
        #expect(local(entry.fields["left_at"]) == "2021-01-05 22:10")
        let moved = try checker(at: "2021-01-08T13:30").edit(["arrived_at": "00:10"], of: current)
        #expect(local(moved.fields["arrived_at"]) == "2021-01-06 00:10")
    }

    @Test func leftAt_inTheMinuteOfTheArrival_isTheArrival() throws {
        let current: [String: Value] = ["point": "P1", "arrived_at": "2021-01-05T13:40:37Z"]
        let entry = try checker(at: "2021-01-05T22:00").edit(["left_at": "21:40"], of: current)
        #expect(entry.fields["left_at"] == "2021-01-05T13:40:37Z")
    }

    @Test func stay_overTwelveHours_isDoubted() throws {
        let current: [String: Value] = ["point": "P1", "arrived_at": stored("2021-01-04T21:40")]
        let texts = ["left_at": "2021-01-05 21:50"]
        #expect(
            codes { _ = try checker(at: "2021-01-05T22:00").edit(texts, of: current) }
                == ["left_at long_stay"])
        #expect(
            codes {
                _ = try checker(at: "2021-01-05T22:00").edit(["left_at": "21:30"], of: current)
            }
                == ["left_at long_stay"])
        let allowed = checker(at: "2021-01-05T22:00", leniency: .asIs)
        #expect(local(try allowed.edit(texts, of: current).fields["left_at"]) == "2021-01-05 21:50")
    }

    @Test func hazard_resolvedDaysLater_isNoStay() throws {
        let current: [String: Value] = [
            "category": "noise", "found_at": stored("2021-01-01T21:40"),
        ]
        let entry = try checker(.hazards, at: "2021-01-05T22:00")
            .edit(["resolved_at": "21:30"], of: current)
        #expect(local(entry.fields["resolved_at"]) == "2021-01-05 21:30")
    }

    @Test(arguments: [
        ("2020-01-05 21:40", "2021-01-05T22:00", "arrived_at other_year"),
        ("2020-12-31 21:40", "2021-01-05T22:00", ""),
        ("2020-03-05 21:40", "2021-01-05T22:00", "arrived_at other_year"),
        ("2021-01-02 21:40", "2021-12-30T22:00", ""),
        ("2020-12-31 21:40", "2021-07-15T22:00", "arrived_at other_year"),
        ("2022-01-05 21:40", "2021-01-05T22:00", "arrived_at in_future"),
        ("2021-01-05 22:06", "2021-01-05T22:00", "arrived_at in_future"),
        ("2021-01-05 22:05", "2021-01-05T22:00", ""),
    ])
    func writtenDate_unlikely_isDoubted(_ text: String, _ now: String, _ expected: String) {
        let texts = ["point": "P1", "arrived_at": text]
        let found = codes { _ = try checker(at: now).newRecord(texts) }
        #expect(found == (expected.isEmpty ? [] : [expected]))
        #expect(codes { _ = try checker(at: now, leniency: .asIs).newRecord(texts) }.isEmpty)
    }

    /// What was saved before is not doubted again.
    @Test func edit_ofAnotherField_doubtsNothing() {
        let current: [String: Value] = [
            "point": "P1", "arrived_at": stored("2019-01-04T21:40"),
            "left_at": stored("2019-01-08T21:40"),
        ]
        #expect(
            codes { _ = try checker(at: "2021-01-05T22:00").edit(["note": "x"], of: current) }
                .isEmpty)
    }
}
