/// The words of times, in Chinese and English, and the clock readings after them.
///
/// Words are tried in order: one that begins another comes after it.
enum TimeWords {
    static let nights: [(String, (WrittenTime.Day, WrittenTime.DayPart))] = [
        ("last night", (.yesterday, .evening)), ("tonight", (.today, .evening)),
    ]

    static let days: [(String, WrittenTime.Day)] = [
        ("前天", .dayBefore), ("昨天", .yesterday), ("昨日", .yesterday), ("昨", .yesterday),
        ("今天", .today), ("今日", .today), ("今", .today), ("yesterday", .yesterday),
        ("today", .today), ("this", .today),
    ]

    static let parts: [(String, WrittenTime.DayPart)] = [
        ("凌晨", .smallHours), ("清晨", .morning), ("早晨", .morning), ("早上", .morning),
        ("上午", .morning), ("早", .morning), ("晨", .morning), ("中午", .noon),
        ("下午", .afternoon), ("傍晚", .evening), ("晚上", .evening), ("夜里", .evening),
        ("夜间", .evening), ("深夜", .evening), ("晚间", .evening), ("晚", .evening),
        ("夜", .evening), ("morning", .morning), ("noon", .noon), ("afternoon", .afternoon),
        ("evening", .evening), ("night", .evening),
    ]

    static func scan<Meaning>(
        _ words: [(String, Meaning)], _ scanner: inout ByteScanner
    ) -> Meaning? {
        for (word, meaning) in words where scanner.take(word) { return meaning }
        return nil
    }

    /// `21:40`, `21:40:05`, `9:40pm`, `21点`, `21点40`, `21点40分`, `21点半`; the second of the day.
    static func scanClock(_ scanner: inout ByteScanner) -> Int? {
        guard let hour = scanner.digits(1...2), hour < 24 else { return nil }
        if scanner.take(":") {
            guard let minute = scanSexagesimal(&scanner) else { return nil }
            var second = 0
            if scanner.take(":") {
                guard let scanned = scanSexagesimal(&scanner) else { return nil }
                second = scanned
            }
            return scanHalfOfDay(hour, &scanner).map { $0 * 3600 + minute * 60 + second }
        }
        guard scanner.take("点") || scanner.take("时") else { return nil }
        if scanner.take("半") { return hour * 3600 + 1800 }
        if scanner.take("钟") || scanner.take("整") || scanner.isAtEnd { return hour * 3600 }
        guard let minute = scanner.digits(1...2), minute < 60 else { return nil }
        _ = scanner.take("分")
        return hour * 3600 + minute * 60
    }

    private static func scanSexagesimal(_ scanner: inout ByteScanner) -> Int? {
        guard let number = scanner.digits(2...2), number < 60 else { return nil }
        return number
    }

    /// The hour after an optional `am` or `pm`.
    private static func scanHalfOfDay(_ hour: Int, _ scanner: inout ByteScanner) -> Int? {
        scanner.skipSpaces()
        let isAfternoon = scanner.take("pm")
        guard isAfternoon || scanner.take("am") else { return hour }
        guard (1...12).contains(hour) else { return nil }
        return hour % 12 + (isAfternoon ? 12 : 0)
    }
}
