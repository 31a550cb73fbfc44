import OutreachSchema
import SyncCore
import Testing

/// What a written time means, for the wall clock readings of a patrol night.
@Suite struct EntryTimeTests {
    /// The local reading that `text` stands for at `now`, or the problem's code.
    private func read(_ text: String, at now: String) -> String {
        let seconds = RFC3339.utcSeconds("\(now):00+08:00")!
        let checker = EntryChecker(.stops, zone: .shanghai, now: seconds)
        do throws(EntryProblems) {
            let entry = try checker.newRecord(["point": "NDJ-014", "arrived_at": text])
            let stored = RFC3339.utcSeconds(entry.fields["arrived_at"]!.text!)!
            return "\(ZoneRules.shanghai.localTime(atUTCSeconds: stored))"
        } catch {
            return error.problems.map(\.code.description).joined(separator: ",")
        }
    }

    @Test(arguments: [
        ("21:40", "2021-01-05 21:40"), ("２１：４０", "2021-01-05 21:40"),
        ("9:40pm", "2021-01-05 21:40"), ("21点40", "2021-01-05 21:40"),
        ("21点半", "2021-01-05 21:30"), ("00:20", "2021-01-06 00:20"),
        ("昨晚22:30", "2021-01-05 22:30"), ("昨晚10:30", "2021-01-05 22:30"),
        ("今晚21:40", "2021-01-05 21:40"), ("凌晨00:20", "2021-01-06 00:20"),
        ("凌晨12:10", "2021-01-06 00:10"), ("昨天21:40", "2021-01-05 21:40"),
        ("昨天 晚上 9:40", "2021-01-05 21:40"), ("今天00:05", "2021-01-06 00:05"),
        ("yesterday 22:30", "2021-01-05 22:30"), ("last night 22:30", "2021-01-05 22:30"),
        ("tonight at 21:40", "2021-01-05 21:40"), ("前天23:00", "2021-01-04 23:00"),
        ("下午3:20", "2021-01-05 15:20"), ("现在", "2021-01-06 00:30"),
        ("00:35", "2021-01-06 00:35"), ("凌晨00:35", "2021-01-06 00:35"),
        ("00:40", "in_future"), ("2021-01-05T13:40:00Z", "2021-01-05 21:40"),
        ("2021-01-05 21:40", "2021-01-05 21:40"),
        ("2021/1/5 21:40", "2021-01-05 21:40"), ("2021年1月5日晚上9点40分", "2021-01-05 21:40"),
        ("2021-01-05T21:40", "2021-01-05 21:40"), ("2030-01-05 21:40", "in_future"),
    ])
    func entry_writtenTime_afterMidnight(_ text: String, _ expected: String) {
        #expect(read(text, at: "2021-01-06T00:30") == expected)
    }

    @Test(arguments: [
        ("21:40", "2021-01-06 21:40"), ("昨晚22:30", "2021-01-05 22:30"),
        ("昨晚00:40", "2021-01-06 00:40"), ("昨晚12点半", "2021-01-06 00:30"),
        ("今早6:10", "2021-01-06 06:10"), ("凌晨00:40", "2021-01-06 00:40"),
        ("昨天凌晨00:40", "2021-01-05 00:40"), ("this morning 06:10", "2021-01-06 06:10"),
        ("today 21:40", "2021-01-06 21:40"), ("中午12:10", "2021-01-06 12:10"),
        ("00:40", "2021-01-06 00:40"), ("今晚23:00", "in_future"), ("11:50", "2021-01-06 11:50"),
        ("23:30", "2021-01-05 23:30"), ("晚上11点半", "2021-01-05 23:30"), ("23:00", "in_future"),
        ("今天 11:50", "2021-01-06 11:50"),
    ])
    func entry_writtenTime_beforeMidnight(_ text: String, _ expected: String) {
        #expect(read(text, at: "2021-01-06T22:00") == expected)
    }

    @Test func entry_timeWithinFiveMinutesAhead_isTaken() {
        #expect(read("22:05", at: "2021-01-06T22:00") == "2021-01-06 22:05")
        #expect(read("22:06", at: "2021-01-06T22:00") == "in_future")
        #expect(read("23:01", at: "2021-01-06T22:00") == "2021-01-05 23:01")
        #expect(read("2021-01-06 22:05", at: "2021-01-06T22:00") == "2021-01-06 22:05")
        #expect(read("2021-01-06 22:06", at: "2021-01-06T22:00") == "in_future")
    }

    @Test(arguments: [
        "later", "25:00", "21:60", "21", "2021-01-05", "2021-02-30 21:40", "昨晚15:00", "凌晨9:00",
        "21:40x",
        "13:00pm", "昨晚",
    ])
    func entry_noTime_isRefused(_ text: String) {
        #expect(read(text, at: "2021-01-06T22:00") == "not_a_time")
    }

    @Test func entry_futureTime_showsWhatWasUnderstoodAndAMend() throws {
        let now = RFC3339.utcSeconds("2021-01-06T22:00:00+08:00")!
        let checker = EntryChecker(.stops, zone: .shanghai, now: now)
        let error = #expect(throws: EntryProblems.self) {
            try checker.newRecord(["point": "NDJ-014", "arrived_at": "今晚23:40"])
        }
        let problem = try #require(error?.problems.first)
        #expect(problem.message.en.contains("2021-01-06 23:40"))
        #expect(problem.mend.en.contains("2021-01-05 23:40"))
        #expect(problem.mend.zh.contains("2021-01-05 23:40"))
    }
}
