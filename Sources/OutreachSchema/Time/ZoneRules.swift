/// The time zone of a space, as the program found its rules.
///
/// This module reads no zone files; it asks for the offset at an instant and works out the rest.
public struct ZoneRules: Sendable {
    /// IANA name, such as `Asia/Shanghai`.
    public let name: String
    private let offset: @Sendable (_ utcSeconds: Int64) -> Int

    /// - Parameter offsetSecondsAtUTCSeconds: seconds east of UTC at an instant (seconds since
    ///   1970); must be within ±86,400.
    public init(
        name: String, offsetSecondsAtUTCSeconds: @escaping @Sendable (_ utcSeconds: Int64) -> Int
    ) {
        self.name = name
        offset = offsetSecondsAtUTCSeconds
    }

    /// A zone whose clocks never change.
    public static func fixed(name: String, offsetSeconds: Int) -> ZoneRules {
        ZoneRules(name: name) { _ in offsetSeconds }
    }

    public static let utc = fixed(name: "UTC", offsetSeconds: 0)
    /// Without the summer times of 1940 to 1991, which no log of this kind reaches.
    public static let shanghai = fixed(name: "Asia/Shanghai", offsetSeconds: 8 * 3600)

    public func offsetSeconds(atUTCSeconds utcSeconds: Int64) -> Int {
        offset(utcSeconds)
    }

    public func localTime(atUTCSeconds utcSeconds: Int64) -> LocalTime {
        LocalTime(localSeconds: utcSeconds + Int64(offset(utcSeconds)))
    }

    /// The instant of a wall clock reading. A reading that happens twice (clocks set back) is the
    /// first one; a reading that never happens (clocks set forward) is moved on by the gap.
    public func utcSeconds(of local: LocalTime) -> Int64 {
        let reading = local.localSeconds
        let before = Int64(offset(reading - CivilDate.secondsPerDay))
        let after = Int64(offset(reading + CivilDate.secondsPerDay))
        for candidate in [before, after] where Int64(offset(reading - candidate)) == candidate {
            return reading - candidate
        }
        return reading - before
    }

    /// RFC 3339 with this zone's offset, for output to people and files.
    public func text(utcSeconds: Int64) -> String {
        RFC3339.text(utcSeconds: utcSeconds, offsetSeconds: offset(utcSeconds))
    }
}
