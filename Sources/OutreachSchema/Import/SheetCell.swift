/// A cell of a table that a desk made, whatever file it came in.
public enum SheetCell: Sendable, Hashable {
    case text(String)
    case number(Double)
    /// A serial date that the file itself says is one.
    case date(Double, hasTime: Bool)
    case bool(Bool)

    public static let blank = SheetCell.text("")

    var isBlank: Bool {
        guard case .text(let text) = self else { return false }
        return text.isEmpty
    }

    /// As a person would see it, for headers and the file of rejects.
    func text(is1904: Bool) -> String {
        switch self {
        case .text(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        case .number(let number): return Self.plain(number)
        case .date(let serial, let hasTime):
            guard let local = SerialDate.local(serial, is1904: is1904) else {
                return Self.plain(serial)
            }
            return hasTime ? "\(local)" : "\(local.date)"
        }
    }

    /// `5`, not `5.0`.
    static func plain(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
    }
}

/// One row of a table.
public struct SheetRow: Sendable, Hashable {
    /// Line of the file on which it starts, from 1.
    public let line: Int
    public let cells: [SheetCell]
    /// Its quotation marks do not pair up.
    let isBroken: Bool

    public init(line: Int, cells: [SheetCell]) {
        self.init(line: line, cells: cells, isBroken: false)
    }

    init(line: Int, cells: [SheetCell], isBroken: Bool) {
        self.line = line
        self.cells = cells
        self.isBroken = isBroken
    }

    var isBlank: Bool { cells.allSatisfy(\.isBlank) }
}

/// Days since a spreadsheet's epoch.
enum SerialDate {
    /// 1990 to 2100: other numbers are no dates of a log.
    static let range = 32_874.0..<73_051.0

    /// Nil for a number that is no date of a log. Rounded to the second.
    static func local(_ serial: Double, is1904: Bool) -> LocalTime? {
        let days = is1904 ? serial + 1_462 : serial
        guard range.contains(days) else { return nil }
        // 1899-12-30: the 1900 system counts a day that there was not.
        let epoch = CivilDate(year: 1899, month: 12, day: 30)!
        let seconds = Int64((days * Double(CivilDate.secondsPerDay)).rounded())
        return LocalTime(
            localSeconds: Int64(epoch.daysSinceEpoch) * CivilDate.secondsPerDay + seconds)
    }

    /// Days in the 1900 system.
    static func serial(_ local: LocalTime) -> Double {
        let epoch = CivilDate(year: 1899, month: 12, day: 30)!
        let seconds = local.localSeconds - Int64(epoch.daysSinceEpoch) * CivilDate.secondsPerDay
        return Double(seconds) / Double(CivilDate.secondsPerDay)
    }
}
