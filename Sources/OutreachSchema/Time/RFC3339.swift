/// Event times as text: RFC 3339, kept to the second, in UTC with `Z` where they are stored.
public enum RFC3339 {
    /// Seconds since 1970 of `2021-01-05T21:40:00+08:00`, `…Z`, with `T`, `t` or a space between.
    /// Nil for anything else; a fraction is dropped; the offset is not optional.
    public static func utcSeconds(_ text: String) -> Int64? {
        var scanner = ByteScanner(text)
        guard let date = CivilDate(scanning: &scanner), scanner.takeAny("Tt "),
            let second = scanClock(&scanner), let offset = scanOffset(&scanner), scanner.isAtEnd
        else { return nil }
        return Int64(date.daysSinceEpoch) * CivilDate.secondsPerDay + Int64(second - offset)
    }

    /// `HH:MM:SS`, with an optional fraction; the second of the day.
    private static func scanClock(_ scanner: inout ByteScanner) -> Int? {
        guard let hour = scanner.digits(2...2), hour < 24, scanner.take(":"),
            let minute = scanner.digits(2...2), minute < 60, scanner.take(":"),
            let second = scanner.digits(2...2), second < 60, scanner.skipFraction()
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// `Z` or `±HH:MM`, in seconds east.
    static func scanOffset(_ scanner: inout ByteScanner) -> Int? {
        if scanner.takeAny("Zz") { return 0 }
        let isWest = scanner.take("-")
        guard isWest || scanner.take("+"), let hour = scanner.digits(2...2), hour < 24,
            scanner.take(":"), let minute = scanner.digits(2...2), minute < 60
        else { return nil }
        return (hour * 3600 + minute * 60) * (isWest ? -1 : 1)
    }

    /// `2021-01-05T13:40:00Z`, or with an offset in whole minutes `2021-01-05T21:40:00+08:00`.
    public static func text(utcSeconds: Int64, offsetSeconds: Int = 0) -> String {
        let local = LocalTime(localSeconds: utcSeconds + Int64(offsetSeconds))
        var out = Array("\(local.date)T".utf8)
        appendClock(local.secondOfDay, to: &out)
        if offsetSeconds == 0 {
            out.append(UInt8(ascii: "Z"))
        } else {
            out.append(UInt8(ascii: offsetSeconds < 0 ? "-" : "+"))
            append(abs(offsetSeconds) / 3600, digits: 2, to: &out)
            out.append(UInt8(ascii: ":"))
            append(abs(offsetSeconds) / 60 % 60, digits: 2, to: &out)
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func appendClock(_ secondOfDay: Int, to out: inout [UInt8]) {
        append(secondOfDay / 3600, digits: 2, to: &out)
        out.append(UInt8(ascii: ":"))
        append(secondOfDay / 60 % 60, digits: 2, to: &out)
        out.append(UInt8(ascii: ":"))
        append(secondOfDay % 60, digits: 2, to: &out)
    }

    /// Appends `number` with leading zeros.
    static func append(_ number: Int, digits: Int, to out: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            out.append(UInt8(0x30 + number / divisor % 10))
            divisor /= 10
        }
    }
}
