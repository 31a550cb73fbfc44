/// A patrol night: 12:00 to 12:00 in the space's time zone, named by the date of its evening.
///
/// 00:40 counts for the night before. Text: `2021-01-05`.
public struct Shift: Sendable, Hashable, Comparable {
    /// The date on which the shift begins.
    public let date: CivilDate

    /// Second of the day at which one shift ends and the next begins.
    public static let boundarySecond = 12 * 3600

    public init(date: CivilDate) {
        self.date = date
    }

    /// The shift in which an instant lies.
    public init(containingUTCSeconds utcSeconds: Int64, in zone: ZoneRules) {
        let local = zone.localTime(atUTCSeconds: utcSeconds)
        date = local.secondOfDay >= Self.boundarySecond ? local.date : local.date + -1
    }

    /// Reads the evening's date as `CivilDate` does; nil for anything else.
    public init?(_ text: String) {
        guard let date = CivilDate(text) else { return nil }
        self.date = date
    }

    /// First second, and first second of the next shift: seconds since 1970.
    public func utcSeconds(in zone: ZoneRules) -> Range<Int64> {
        start(of: date, in: zone)..<start(of: date + 1, in: zone)
    }

    private func start(of date: CivilDate, in zone: ZoneRules) -> Int64 {
        zone.utcSeconds(of: LocalTime(date: date, secondOfDay: Self.boundarySecond))
    }

    /// Whether it is one of a run of shifts; either end may be open.
    public func isWithin(_ from: Shift?, _ through: Shift?) -> Bool {
        (from.map { $0 <= self } ?? true) && (through.map { self <= $0 } ?? true)
    }

    /// The date on which a clock reading falls if it lies in this shift.
    func date(ofSecond secondOfDay: Int) -> CivilDate {
        secondOfDay >= Self.boundarySecond ? date : date + 1
    }

    public static func < (lhs: Shift, rhs: Shift) -> Bool { lhs.date < rhs.date }
}

extension Shift: CustomStringConvertible {
    public var description: String { date.description }
}
