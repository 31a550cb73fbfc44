/// Which night a time without a date is read in.
public enum TimeAnchor: Sendable, Hashable {
    /// The running shift. What would lie far ahead there is the same reading a day before: a log
    /// tells what happened.
    case present
    /// The shift of the record that the time is for.
    case shift(Shift)
    /// The first such reading at or after an instant (seconds since 1970): the end of a stay.
    case after(Int64)
}

/// Gives a written time its instant.
///
/// A time without a date lies in the night of its `TimeAnchor`: at 00:30, `21:40` is last evening.
/// 昨天, 今天, 今晚 and last night go by the present: 今晚 before 06:00 is the night that is going
/// on; an evening runs on to the small hours (昨晚00:40 is today's).
public struct TimeReader: Sendable {
    public let zone: ZoneRules
    /// Seconds since 1970, corrected by the clock difference if one is known; nil where no time
    /// depends on the present, as in a spreadsheet: then a date must be written.
    public let now: Int64?

    /// How far ahead a time may lie before it is doubted: clocks on a street differ by minutes.
    public static let futureLimitSeconds: Int64 = 300
    /// A reading without a date that lies further ahead was meant for the night before; a nearer one
    /// is more likely a slip or a wrong clock, and is doubted.
    static let slipLimitSeconds: Int64 = 3600
    /// Hour at which a night is over for the words tonight and 今晚.
    static let nightEndHour = 6

    public init(zone: ZoneRules, now: Int64?) {
        self.zone = zone
        self.now = now
    }

    /// Seconds since 1970.
    ///
    /// - Throws: `not_a_time` or `date_missing`.
    func utcSeconds(
        _ text: String, _ field: FieldDescription, anchor: TimeAnchor = .present
    ) throws(EntryProblem) -> Int64 {
        switch WrittenTime(text) {
        case nil: throw EntryProblem(.notATime, field)
        case .instant(let seconds): return seconds
        case .dated(let local): return zone.utcSeconds(of: local)
        case .now:
            guard let now else { throw EntryProblem(.dateMissing, field) }
            return now
        case .undated(let day, let part, let second):
            guard let now else { throw EntryProblem(.dateMissing, field) }
            guard let seconds = instant(day, part, second, anchor, now: now) else {
                throw EntryProblem(.notATime, field)
            }
            return seconds
        }
    }

    private func instant(
        _ day: WrittenTime.Day?, _ part: WrittenTime.DayPart?, _ second: Int, _ anchor: TimeAnchor,
        now: Int64
    ) -> Int64? {
        if let day {
            return worded(day, part, second, now: now).map { zone.utcSeconds(of: $0) }
        }
        switch anchor {
        case .present: return latest(part, second, now: now)
        case .shift(let shift):
            return place(part, second, in: shift).map { zone.utcSeconds(of: $0) }
        case .after(let start): return first(part, second, after: start)
        }
    }

    /// With a word for the day.
    private func worded(
        _ day: WrittenTime.Day, _ part: WrittenTime.DayPart?, _ second: Int, now: Int64
    ) -> LocalTime? {
        let present = zone.localTime(atUTCSeconds: now)
        let today = present.date
        switch day {
        case .today:
            let tonight = present.hour < Self.nightEndHour ? today + -1 : today
            return WrittenTime.place(second, part, evening: tonight, day: today)
        case .yesterday:
            return WrittenTime.place(second, part, evening: today + -1, day: today + -1)
        case .dayBefore:
            return WrittenTime.place(second, part, evening: today + -2, day: today + -2)
        }
    }

    /// In the running shift, or a day before where that would lie far ahead.
    private func latest(
        _ part: WrittenTime.DayPart?, _ second: Int, now: Int64
    ) -> Int64? {
        let shift = Shift(containingUTCSeconds: now, in: zone)
        guard let local = place(part, second, in: shift) else { return nil }
        let seconds = zone.utcSeconds(of: local)
        guard seconds > now + Self.slipLimitSeconds else { return seconds }
        return zone.utcSeconds(
            of: LocalTime(date: local.date + -1, secondOfDay: local.secondOfDay))
    }

    private func place(
        _ part: WrittenTime.DayPart?, _ second: Int, in shift: Shift
    ) -> LocalTime? {
        switch part {
        case nil: LocalTime(date: shift.date(ofSecond: second), secondOfDay: second)
        case .noon, .afternoon, .evening:
            WrittenTime.place(second, part, evening: shift.date, day: shift.date)
        case .smallHours, .morning:
            WrittenTime.place(second, part, evening: shift.date, day: shift.date + 1)
        }
    }

    /// A reading names a minute: the one of the start itself is the start.
    private func first(
        _ part: WrittenTime.DayPart?, _ second: Int, after start: Int64
    ) -> Int64? {
        let date = zone.localTime(atUTCSeconds: start).date
        for day in [date + -1, date, date + 1] {
            guard let local = WrittenTime.place(second, part, evening: day, day: day) else {
                return nil
            }
            let seconds = zone.utcSeconds(of: local)
            if seconds / 60 == start / 60 { return max(seconds, start) }
            if seconds > start { return seconds }
        }
        return nil
    }
}
