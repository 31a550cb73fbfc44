/// What a person wrote for a time, before it is known which day is meant.
enum WrittenTime: Equatable {
    case now
    /// With an offset from UTC: seconds since 1970.
    case instant(Int64)
    /// With its date, on the wall clock of the space.
    case dated(LocalTime)
    /// Without a date: a clock reading, perhaps with a word for the day or part of day.
    case undated(Day?, DayPart?, secondOfDay: Int)

    enum Day { case today, yesterday, dayBefore }

    enum DayPart { case smallHours, morning, noon, afternoon, evening }

    /// Nil for what is no time. Full-width characters, Chinese and English words are understood.
    init?(_ text: String) {
        let folded = TextFolding.matchText(text)
        if let seconds = RFC3339.utcSeconds(folded) {
            self = .instant(seconds)
            return
        }
        var scanner = ByteScanner(folded)
        if ["now", "现在", "刚才", "刚刚"].contains(folded) {
            self = .now
        } else if let date = CivilDate(scanning: &scanner) {
            guard let local = Self.scanDated(date, &scanner) else { return nil }
            self = .dated(local)
        } else {
            var fresh = ByteScanner(folded)
            guard let undated = Self.scanUndated(&fresh) else { return nil }
            self = undated
        }
    }

    private static func scanDated(_ date: CivilDate, _ scanner: inout ByteScanner) -> LocalTime? {
        if !scanner.take("t") { scanner.skipSpaces() }
        let part = TimeWords.scan(TimeWords.parts, &scanner)
        scanner.skipSpaces()
        guard let second = TimeWords.scanClock(&scanner), scanner.isAtEnd else { return nil }
        return place(second, part, evening: date, day: date)
    }

    private static func scanUndated(_ scanner: inout ByteScanner) -> WrittenTime? {
        var day: Day?
        var part: DayPart?
        if let both = TimeWords.scan(TimeWords.nights, &scanner) {
            (day, part) = both
        } else {
            day = TimeWords.scan(TimeWords.days, &scanner)
            scanner.skipSpaces()
            part = TimeWords.scan(TimeWords.parts, &scanner)
        }
        scanner.skipSpaces()
        if scanner.take("at ") { scanner.skipSpaces() }
        guard let second = TimeWords.scanClock(&scanner), scanner.isAtEnd else { return nil }
        return .undated(day, part, secondOfDay: second)
    }

    /// The date and hour of a clock reading in a part of a day; nil where they contradict.
    ///
    /// Twelve-hour readings are moved to the part (晚上9:40 is 21:40). An evening runs on to the
    /// small hours of the next day: 昨晚00:40 is this day's.
    static func place(
        _ second: Int, _ part: DayPart?, evening: CivilDate, day: CivilDate
    ) -> LocalTime? {
        let hour = second / 3600
        let later = LocalTime(date: day, secondOfDay: second + 12 * 3600)
        switch (part, hour) {
        case (nil, _), (.smallHours, 0...5), (.morning, 4...12), (.noon, 11...13),
            (.afternoon, 12...18):
            return LocalTime(date: day, secondOfDay: second)
        case (.smallHours, 12): return LocalTime(date: day, secondOfDay: second - 12 * 3600)
        // 下午9:40 is what spreadsheets write for any hour after noon.
        case (.afternoon, 19...23): return LocalTime(date: day, secondOfDay: second)
        case (.noon, 1), (.afternoon, 1...11): return later
        case (.evening, 17...23): return LocalTime(date: evening, secondOfDay: second)
        case (.evening, 5...11):
            return LocalTime(date: evening, secondOfDay: second + 12 * 3600)
        case (.evening, 0...4): return LocalTime(date: evening + 1, secondOfDay: second)
        case (.evening, 12): return LocalTime(date: evening + 1, secondOfDay: second - 12 * 3600)
        default: return nil
        }
    }
}
