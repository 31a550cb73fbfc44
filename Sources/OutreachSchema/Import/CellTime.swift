// Times as people leave them in spreadsheets.
//
// Problem: a cell may hold a serial number, a date in any order, a clock in Chinese, or half of it,
// and a wrong guess puts a record into another night without a word.
// Idea: each form is rewritten to the one that `WrittenTime` reads, where only one reading is
// possible; else the row is refused and the readings are named.

/// Reads the time of a cell.
struct CellTime {
    let zone: ZoneRules
    let options: CellOptions

    /// Seconds since 1970.
    func utcSeconds(_ cell: SheetCell, _ field: FieldDescription) throws(EntryProblem) -> Int64 {
        switch cell {
        case .date(let serial, let hasTime):
            return try utcSeconds(serial: serial, hasTime: hasTime, field)
        case .number(let number):
            // 202101052140 comes as a number from a sheet.
            if number >= 1e7 { return try utcSeconds(text: SheetCell.plain(number), field) }
            return try utcSeconds(serial: number, hasTime: false, field)
        case .bool: throw EntryProblem(.notATime, field)
        case .text(let text): return try utcSeconds(text: CellText.matchText(text), field)
        }
    }

    /// - Parameter hasTime: whether midnight is meant as such, and not as a date alone.
    private func utcSeconds(
        serial: Double, hasTime: Bool, _ field: FieldDescription
    ) throws(EntryProblem) -> Int64 {
        guard let local = SerialDate.local(serial, is1904: options.is1904) else {
            throw EntryProblem(.notATime, field)
        }
        guard hasTime || serial != serial.rounded() else { throw timeMissing(local.date, field) }
        return zone.utcSeconds(of: local)
    }

    private func timeMissing(_ date: CivilDate, _ field: FieldDescription) -> EntryProblem {
        EntryProblem(.timeMissing, field, facts: ["example": "\(date) 21:40"])
    }

    private func utcSeconds(
        text: String, _ field: FieldDescription
    ) throws(EntryProblem) -> Int64 {
        if let number = Double(text),
            text.utf8.allSatisfy({ $0 == 0x2E || (0x30...0x39).contains($0) }),
            text.prefix(while: { $0 != "." }).count == 5
        {
            return try utcSeconds(serial: number, hasTime: false, field)
        }
        let (date, rest) = try split(text, field)
        guard let date else {
            let reader = TimeReader(zone: zone, now: nil)
            return try reader.utcSeconds(text, field)
        }
        let clock = TextFolding.trimmed(rest)
        guard !clock.isEmpty else { throw timeMissing(date, field) }
        if let midnight = afterMidnight(date, clock) { return zone.utcSeconds(of: midnight) }
        return try TimeReader(zone: zone, now: nil).utcSeconds("\(date) \(clock)", field)
    }

    /// 24:00 is the beginning of the next day.
    private func afterMidnight(_ date: CivilDate, _ clock: String) -> LocalTime? {
        guard ["24:00", "24:00:00", "24点", "24时", "2400"].contains(clock) else { return nil }
        return LocalTime(date: date + 1, secondOfDay: 0)
    }

    /// The date at the beginning, and what follows; no date where the text has another form.
    private func split(
        _ text: String, _ field: FieldDescription
    ) throws(EntryProblem) -> (CivilDate?, String) {
        if let compact = Self.compact(text) { return compact }
        if let parts = DateParts(text) { return (try date(parts, field), parts.rest) }
        var scanner = ByteScanner(text)
        guard let date = CivilDate(scanning: &scanner) else { return (nil, text) }
        var rest = String(decoding: text.utf8.dropFirst(scanner.index), as: UTF8.self)
        if rest.hasPrefix("t") { rest.removeFirst() }
        // With an offset it is an instant, and read as a whole.
        let isInstant = RFC3339.utcSeconds(text) != nil
        return isInstant ? (nil, text) : (date, Self.withColon(rest))
    }

    /// `20210105`, `20210105 2140`, `202101052140`.
    private static func compact(_ text: String) -> (CivilDate?, String)? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard [8, 12, 14].contains(digits.count), let year = Int(digits.prefix(4)),
            let month = Int(digits.dropFirst(4).prefix(2)),
            let day = Int(digits.dropFirst(6).prefix(2)),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        var rest = String(text.dropFirst(8))
        if rest.hasPrefix("t") { rest.removeFirst() }
        return (date, withColon(rest))
    }

    /// `2140` is 21:40, `214005` is 21:40:05.
    private static func withColon(_ text: String) -> String {
        let clock = TextFolding.trimmed(text)
        guard [3, 4, 6].contains(clock.count), clock.allSatisfy({ $0.isASCII && $0.isNumber })
        else { return clock }
        let padded = clock.count == 3 ? "0" + clock : clock
        let parts = stride(from: 0, to: padded.count, by: 2).map {
            String(padded.dropFirst($0).prefix(2))
        }
        return parts.joined(separator: ":")
    }

    /// `1/5/2021`, `5.1.21`, `21-1-5`.
    private func date(
        _ parts: DateParts, _ field: FieldDescription
    ) throws(EntryProblem) -> CivilDate {
        let readings = CellOptions.DateOrder.allCases.filter { parts.date($0) != nil }
        let order: CellOptions.DateOrder
        if let asked = options.dateOrder {
            order = asked
        } else if parts.isYearFull, readings.count == 1 {
            order = readings[0]
        } else if readings.isEmpty {
            throw EntryProblem(.notATime, field)
        } else {
            throw ambiguous(parts, readings, field)
        }
        guard let date = parts.date(order) else { throw EntryProblem(.notATime, field) }
        return date
    }

    private func ambiguous(
        _ parts: DateParts, _ readings: [CellOptions.DateOrder], _ field: FieldDescription
    ) -> EntryProblem {
        let choices = readings.compactMap { order in
            parts.date(order).map { date in
                let label = "\(date) (--dates \(order.rawValue))"
                return EntryProblem.Choice(
                    text: "\(date)", label: BilingualText(en: label, zh: label))
            }
        }
        return EntryProblem(.ambiguousDate, field, choices: choices)
    }
}

/// A date whose parts may stand in more than one order.
struct DateParts {
    private let first: Int
    private let second: Int
    private let third: Int
    /// Whether the year has four digits, and so stands last.
    let isYearFull: Bool
    let rest: String

    /// Nil for a text that does not begin with three numbers of which the first has one or two
    /// digits.
    init?(_ text: String) {
        var scanner = ByteScanner(text)
        guard let first = scanner.digits(1...2), scanner.takeAny("-/."),
            let second = scanner.digits(1...2), scanner.takeAny("-/.")
        else { return nil }
        let start = scanner.index
        if let third = scanner.digits(4...4) {
            (self.third, isYearFull) = (third, true)
        } else if let third = scanner.digits(1...2) {
            (self.third, isYearFull) = (third, false)
        } else {
            return nil
        }
        guard scanner.index > start else { return nil }
        self.first = first
        self.second = second
        let tail = String(decoding: text.utf8.dropFirst(scanner.index), as: UTF8.self)
        rest = TextFolding.trimmed(tail)
    }

    func date(_ order: CellOptions.DateOrder) -> CivilDate? {
        func year(_ number: Int) -> Int { isYearFull ? number : 2_000 + number }
        return switch order {
        case .dmy: CivilDate(year: year(third), month: second, day: first)
        case .mdy: CivilDate(year: year(third), month: first, day: second)
        case .ymd:
            isYearFull ? nil : CivilDate(year: 2_000 + first, month: second, day: third)
        }
    }
}
