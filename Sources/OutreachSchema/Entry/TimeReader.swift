/// Gives a written time its instant.
///
/// A time without a date lies in the current shift (12:00 to 12:00): at 00:30, `21:40` is last
/// evening. 昨天, 今天, 凌晨 and 早上 go by the calendar; 今晚 before 06:00 is the night that is
/// going on; an evening runs on to the small hours (昨晚00:40 is today's). What then lies more
/// than ten minutes ahead is refused: a log tells what happened. Only a written date may do that.
public struct TimeReader: Sendable {
    public let zone: ZoneRules
    /// Seconds since 1970, corrected by the clock difference if one is known; nil where no time
    /// depends on the present, as in a spreadsheet: then a date must be written.
    public let now: Int64?

    /// How far ahead a time without a date may lie: clocks on a street differ by minutes.
    public static let futureLimitSeconds: Int64 = 600
    /// Hour at which a night is over for the words tonight and 今晚.
    static let nightEndHour = 6

    public init(zone: ZoneRules, now: Int64?) {
        self.zone = zone
        self.now = now
    }

    /// Seconds since 1970.
    ///
    /// - Throws: `not_a_time`, `date_missing` or `in_future`.
    func utcSeconds(_ text: String, _ field: FieldDescription) throws(EntryProblem) -> Int64 {
        switch WrittenTime(text) {
        case nil: throw EntryProblem(.notATime, field)
        case .instant(let seconds): return seconds
        case .dated(let local): return zone.utcSeconds(of: local)
        case .now:
            guard let now else { throw EntryProblem(.dateMissing, field) }
            return now
        case .undated(let day, let part, let second):
            guard let now else { throw EntryProblem(.dateMissing, field) }
            guard let local = localTime(day, part, second, now: now) else {
                throw EntryProblem(.notATime, field)
            }
            let seconds = zone.utcSeconds(of: local)
            guard seconds <= now + Self.futureLimitSeconds else { throw inFuture(local, field) }
            return seconds
        }
    }

    private func localTime(
        _ day: WrittenTime.Day?, _ part: WrittenTime.DayPart?, _ second: Int, now: Int64
    ) -> LocalTime? {
        let present = zone.localTime(atUTCSeconds: now)
        let today = present.date
        let tonight = present.hour < Self.nightEndHour ? today + -1 : today
        switch (day, part) {
        case (nil, nil):
            let shift = Shift(containingUTCSeconds: now, in: zone)
            return LocalTime(date: shift.date(ofSecond: second), secondOfDay: second)
        case (nil, .afternoon), (nil, .noon):
            return WrittenTime.place(second, part, evening: tonight, day: tonight)
        case (nil, _), (.today, _):
            return WrittenTime.place(second, part, evening: tonight, day: today)
        case (.yesterday, _):
            return WrittenTime.place(second, part, evening: today + -1, day: today + -1)
        case (.dayBefore, _):
            return WrittenTime.place(second, part, evening: today + -2, day: today + -2)
        }
    }

    /// The mend shows the same reading a day earlier, which is most often what was meant.
    private func inFuture(_ local: LocalTime, _ field: FieldDescription) -> EntryProblem {
        let earlier = LocalTime(date: local.date + -1, secondOfDay: local.secondOfDay)
        return EntryProblem(
            .inFuture, field, facts: ["understood": "\(local)", "example": "\(earlier)"])
    }
}
