/// A day of the proleptic Gregorian calendar, years 1 to 9999.
///
/// Text: `2021-01-05`.
public struct CivilDate: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    public let daysSinceEpoch: Int

    /// Seconds in a day without a change of offset.
    public static let secondsPerDay: Int64 = 86_400

    public init(daysSinceEpoch: Int) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// Nil for a day that the calendar does not have.
    ///
    /// Source: Hinnant, "chrono-compatible low-level date algorithms", days_from_civil: a year
    /// that begins in March puts the leap day last, so that month lengths follow one formula.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.dayCount(year: year, month: month)
        else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSinceEpoch = era * 146_097 + dayOfEra - 719_468
    }

    private static func dayCount(year: Int, month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Source: Hinnant, civil_from_days.
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    public static func + (date: CivilDate, days: Int) -> CivilDate {
        CivilDate(daysSinceEpoch: date.daysSinceEpoch + days)
    }

    public static func < (lhs: CivilDate, rhs: CivilDate) -> Bool {
        lhs.daysSinceEpoch < rhs.daysSinceEpoch
    }
}

extension CivilDate: CustomStringConvertible {
    /// Reads `2021-01-05`, `2021/1/5`, `2021.1.5` or `2021年1月5日`, full-width digits too.
    public init?(_ text: String) {
        var scanner = ByteScanner(TextFolding.matchText(text))
        guard let date = CivilDate(scanning: &scanner), scanner.isAtEnd else { return nil }
        self = date
    }

    init?(scanning scanner: inout ByteScanner) {
        guard let year = scanner.digits(4...4) else { return nil }
        let isChinese = scanner.take("年")
        guard isChinese || scanner.takeAny("-/."), let month = scanner.digits(1...2),
            isChinese ? scanner.take("月") : scanner.takeAny("-/."),
            let day = scanner.digits(1...2)
        else { return nil }
        if isChinese && !scanner.take("日") { _ = scanner.take("号") }
        self.init(year: year, month: month, day: day)
    }

    public var description: String {
        let (year, month, day) = components
        var out: [UInt8] = []
        RFC3339.append(year, digits: 4, to: &out)
        out.append(UInt8(ascii: "-"))
        RFC3339.append(month, digits: 2, to: &out)
        out.append(UInt8(ascii: "-"))
        RFC3339.append(day, digits: 2, to: &out)
        return String(decoding: out, as: UTF8.self)
    }
}
