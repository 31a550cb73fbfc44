/// A reading of the clock on the wall: date and second of the day, without a zone.
public struct LocalTime: Sendable, Hashable {
    public let date: CivilDate
    /// 0 to 86,399.
    public let secondOfDay: Int

    public init(date: CivilDate, secondOfDay: Int) {
        self.date = date
        self.secondOfDay = secondOfDay
    }

    /// Seconds since 1970-01-01T00:00:00 on the same wall clock.
    public init(localSeconds: Int64) {
        let (days, rest) = localSeconds.quotientAndRemainder(dividingBy: CivilDate.secondsPerDay)
        date = CivilDate(daysSinceEpoch: Int(rest < 0 ? days - 1 : days))
        secondOfDay = Int(rest < 0 ? rest + CivilDate.secondsPerDay : rest)
    }

    public var localSeconds: Int64 {
        Int64(date.daysSinceEpoch) * CivilDate.secondsPerDay + Int64(secondOfDay)
    }

    public var hour: Int { secondOfDay / 3600 }
}

extension LocalTime: CustomStringConvertible {
    /// `2021-01-05 21:40`: as people read it, seconds left out.
    public var description: String {
        var out = Array("\(date) ".utf8)
        RFC3339.append(hour, digits: 2, to: &out)
        out.append(UInt8(ascii: ":"))
        RFC3339.append(secondOfDay / 60 % 60, digits: 2, to: &out)
        return String(decoding: out, as: UTF8.self)
    }
}
