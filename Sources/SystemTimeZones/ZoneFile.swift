// A file of the system's time zone database.
//
// Source: RFC 9636 (TZif). Foundation reads the same files, and brings thirty megabytes of other
// things with it; its answers are the ones that the tests compare with.

import OutreachSchema

/// The offsets of one zone.
struct ZoneFile: Sendable {
    /// Seconds since 1970 at which another offset begins, ascending, and that offset.
    private var changes: [(at: Int64, offset: Int)] = []
    private var first = 0
    /// What holds after the last of them.
    private var rule: ZoneRule?

    /// - Parameter bytes: a whole file; nil for what is none, or one without 64-bit times.
    init?(_ bytes: [UInt8]) {
        var reader = Reader(bytes)
        // The first block has 32-bit times: passed over.
        guard let old = Header(&reader), old.version >= 2 else { return nil }
        reader.at += old.size(ofTime: 4)
        guard let header = Header(&reader), header.types > 0,
            reader.at + header.size(ofTime: 8) <= bytes.count
        else { return nil }
        let times = (0..<header.times).map { _ in reader.integer(8) }
        let kinds = (0..<header.times).map { _ in Int(reader.integer(1)) & 0xFF }
        let offsets = (0..<header.types).map { _ -> Int in
            let offset = Int(reader.integer(4))
            reader.at += 2
            return offset
        }
        reader.at += header.rest(ofTime: 8)
        guard kinds.allSatisfy({ $0 < offsets.count }),
            offsets.allSatisfy({ abs($0) < 86_400 }), zip(times, times.dropFirst()).allSatisfy(<)
        else { return nil }
        first = offsets[0]
        changes = zip(times, kinds).map { ($0, offsets[$1]) }
        rule = ZoneRule(reader.line())
    }

    /// Seconds east of UTC at an instant.
    func offset(at seconds: Int64) -> Int {
        if let rule, seconds >= changes.last?.at ?? .min { return rule.offset(at: seconds) }
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].at <= seconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : changes[low - 1].offset
    }

    private struct Header {
        let version: Int
        let (utc, standard, leaps, times, types, characters): (Int, Int, Int, Int, Int, Int)

        init?(_ reader: inout Reader) {
            guard reader.take(4) == Array("TZif".utf8) else { return nil }
            version = Int(reader.integer(1)) - 0x30
            reader.at += 15
            let counts = (0..<6).map { _ in Int(reader.integer(4)) }
            guard !reader.isBeyond, counts.allSatisfy({ 0...1 << 20 ~= $0 }) else { return nil }
            (utc, standard, leaps) = (counts[0], counts[1], counts[2])
            (times, types, characters) = (counts[3], counts[4], counts[5])
        }

        /// What stands after the types.
        func rest(ofTime size: Int) -> Int {
            characters + leaps * (size + 4) + standard + utc
        }

        func size(ofTime size: Int) -> Int {
            times * (size + 1) + types * 6 + rest(ofTime: size)
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var at = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var isBeyond: Bool { at > bytes.count }

        mutating func take(_ count: Int) -> [UInt8] {
            defer { at += count }
            guard at + count <= bytes.count else { return [] }
            return Array(bytes[at..<at + count])
        }

        /// A signed number, the most significant byte first; 0 beyond the end.
        mutating func integer(_ size: Int) -> Int64 {
            let bits = take(size).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let unused = 64 - size * 8
            return Int64(bitPattern: bits << UInt64(unused)) >> Int64(unused)
        }

        /// The text between two line feeds.
        mutating func line() -> String {
            guard take(1) == [0x0A] else { return "" }
            return String(decoding: bytes[at...].prefix { $0 != 0x0A }, as: UTF8.self)
        }
    }
}

/// What holds from some time on, for ever: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Source: POSIX, environment variable TZ, as RFC 9636 section 3.3.1 extends it.
struct ZoneRule: Sendable {
    /// A day of each year, and the time of that day in seconds, by the clock before it.
    private struct Change: Sendable {
        enum Day: Sendable {
            /// 1 to 365; the 29th of February is never counted.
            case julian(Int)
            /// 0 to 365.
            case ofYear(Int)
            /// Month, week (5: the last), weekday (0: Sunday).
            case weekday(Int, Int, Int)
        }

        let day: Day
        let time: Int

        /// Seconds since 1970, as a local clock would show them.
        func local(in year: Int) -> Int64 {
            let date: CivilDate? =
                switch day {
                case .julian(let day):
                    CivilDate(year: year, month: 1, day: 1)
                        .map { $0 + (day - 1 + (day > 59 && isLeap(year) ? 1 : 0)) }
                case .ofYear(let day): CivilDate(year: year, month: 1, day: 1).map { $0 + day }
                case .weekday(let month, let week, let weekday):
                    weekdayDate(year, month, week, weekday)
                }
            return Int64(date?.daysSinceEpoch ?? 0) * CivilDate.secondsPerDay + Int64(time)
        }

        private func isLeap(_ year: Int) -> Bool {
            CivilDate(year: year, month: 2, day: 29) != nil
        }

        private func weekdayDate(
            _ year: Int, _ month: Int, _ week: Int, _ weekday: Int
        ) -> CivilDate? {
            guard let start = CivilDate(year: year, month: month, day: 1) else { return nil }
            // The first of January 1970 was a Thursday.
            let first = ((start.daysSinceEpoch + 4) % 7 + 7) % 7
            var day = start + ((weekday - first + 7) % 7 + (week - 1) * 7)
            if day.components.month != month { day = day + -7 }
            return day
        }
    }

    private let standard: Int
    private let summer: (offset: Int, begins: Change, ends: Change)?

    /// Nil for a text that is no rule.
    init?(_ text: String) {
        var reader = RuleReader(text)
        guard reader.name(), let standard = reader.offset() else { return nil }
        self.standard = standard
        guard !reader.isAtEnd else {
            summer = nil
            return
        }
        guard reader.name() else { return nil }
        let offset = reader.offset() ?? standard + 3_600
        guard reader.skip(","), let begins = Self.change(&reader), reader.skip(","),
            let ends = Self.change(&reader), reader.isAtEnd
        else { return nil }
        summer = (offset, begins, ends)
    }

    private static func change(_ reader: inout RuleReader) -> Change? {
        let day: Change.Day
        if reader.skip("J") {
            guard let number = reader.number(), 1...365 ~= number else { return nil }
            day = .julian(number)
        } else if reader.skip("M") {
            guard let month = reader.number(), 1...12 ~= month, reader.skip("."),
                let week = reader.number(), 1...5 ~= week, reader.skip("."),
                let weekday = reader.number(), 0...6 ~= weekday
            else { return nil }
            day = .weekday(month, week, weekday)
        } else {
            guard let number = reader.number(), 0...365 ~= number else { return nil }
            day = .ofYear(number)
        }
        guard reader.skip("/") else { return Change(day: day, time: 2 * 3_600) }
        return reader.time().map { Change(day: day, time: $0) }
    }

    func offset(at seconds: Int64) -> Int {
        guard let summer else { return standard }
        let days = (seconds + Int64(standard)).floorDivided(by: CivilDate.secondsPerDay)
        let year = CivilDate(daysSinceEpoch: Int(days)).components.year
        let begins = summer.begins.local(in: year) - Int64(standard)
        let ends = summer.ends.local(in: year) - Int64(summer.offset)
        let isSummer =
            begins < ends
            ? begins <= seconds && seconds < ends : seconds < ends || begins <= seconds
        return isSummer ? summer.offset : standard
    }
}

/// Reads a rule from its beginning.
private struct RuleReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// The name of a time, `CET` or `<+08>`: it is passed over.
    mutating func name() -> Bool {
        if skip("<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
            rest = rest[rest.index(after: end)...]
            return true
        }
        let letters = rest.prefix { (0x41...0x5A).contains($0 & 0xDF) }
        rest = rest.dropFirst(letters.count)
        return letters.count >= 3
    }

    mutating func number() -> Int? {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard 1...4 ~= digits.count else { return nil }
        rest = rest.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Seconds: `[+-]hh[:mm[:ss]]`.
    mutating func time() -> Int? {
        let isNegative = skip("-")
        if !isNegative { _ = skip("+") }
        guard var seconds = number().map({ $0 * 3_600 }) else { return nil }
        for unit in [60, 1] where skip(":") {
            guard let part = number() else { return nil }
            seconds += part * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// Seconds east of UTC: a rule counts westwards.
    mutating func offset() -> Int? { time().map { -$0 } }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
    }
}
