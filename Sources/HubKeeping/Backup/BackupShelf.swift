public import SyncCore
import SyncStore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

// A folder of dated backups that does not fill up.
//
// Problem: a backup every night fills a disk in a year, and deleting the old ones by age alone
// leaves nothing from before somebody noticed that something was wrong.
// Idea: the newest of each of the last days, weeks and months stays. What is removed goes only
// after the new one was verified, and only files that this hub's backups are named like.

/// Backups of one hub in one folder.
public struct BackupShelf: Sendable {
    /// How many of the last days, weeks and months keep their newest backup: `7d,4w,12m`.
    public struct Plan: Sendable, Equatable {
        var days = 0
        var weeks = 0
        var months = 0

        /// - Parameter text: counts with a unit each (`d`, `w`, `m`), separated by commas.
        public init?(_ text: String) {
            var units: Set<Character> = []
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                guard let unit = part.last, units.insert(unit).inserted,
                    let count = Int(part.dropLast()), (1...1_000).contains(count)
                else { return nil }
                switch unit {
                case "d": days = count
                case "w": weeks = count
                case "m": months = count
                default: return nil
                }
            }
        }
    }

    private static let suffix = ".fsbackup"

    private let folder: String
    private let prefix: String

    /// A backup that stands there.
    public struct Entry: Sendable {
        public let name: String
        public let bytes: Int64
        /// As its name says, in milliseconds since 1970.
        public let madeAt: Int64
    }

    /// What a folder holds of a hub's backups, the newest first. Makes nothing.
    ///
    /// - Returns: nil for a folder that cannot be read.
    public static func entries(in folder: String, of space: SpaceID) -> [Entry]? {
        guard let names = DraftFolder.names(folder) else { return nil }
        let prefix = prefix(of: space)
        return names.compactMap { name in
            guard name.hasPrefix(prefix), name.hasSuffix(suffix),
                let date = Date(name.dropFirst(prefix.count).dropLast(suffix.count))
            else { return nil }
            return Entry(
                name: name, bytes: PlainFile.size("\(folder)/\(name)"),
                madeAt: date.seconds * 1_000)
        }.sorted { $0.madeAt > $1.madeAt }
    }

    private static func prefix(of space: SpaceID) -> String { "hub-\(space.hex.prefix(8))-" }

    /// - Throws: `StoreError` if there is no such folder and none can be made.
    public init(_ folder: String, of space: SpaceID) throws {
        self.folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        prefix = Self.prefix(of: space)
        try FilePresence.makeFolder(self.folder)
    }

    /// Where a backup that is made now goes.
    ///
    /// - Parameter time: milliseconds since 1970.
    public func path(at time: Int64) -> String {
        let date = Date(seconds: time / 1_000)
        return "\(folder)/\(prefix)\(date.text)\(Self.suffix)"
    }

    /// Removes what a plan does not keep.
    ///
    /// - Parameter made: the one that was just verified: it always stays, and what is dated after it
    ///   (a clock was wrong, somebody made a copy) takes nobody's place and stays too.
    /// - Returns: what was removed.
    public func thinOut(by plan: Plan, after made: String) -> [String] {
        let newest = made.split(separator: "/").last.map(String.init) ?? ""
        let backups = (DraftFolder.names(folder) ?? []).compactMap { name -> (Date, String)? in
            guard name.hasPrefix(prefix), name.hasSuffix(Self.suffix), name <= newest,
                name == newest || PlainFile.size("\(folder)/\(name)") > 0,
                let date = Date(name.dropFirst(prefix.count).dropLast(Self.suffix.count))
            else { return nil }
            return (date, name)
        }.sorted { $0.1 > $1.1 }
        let kept = Self.kept(backups.map(\.0), by: plan)
        let removed = backups.indices.filter { !kept.contains($0) }.map { backups[$0].1 }
        for name in removed { PlainFile.remove("\(folder)/\(name)") }
        return removed.map { "\(folder)/\($0)" }
    }

    /// - Parameter dates: the newest first.
    /// - Returns: which of them stay.
    private static func kept(_ dates: [Date], by plan: Plan) -> Set<Int> {
        var kept: Set<Int> = dates.isEmpty ? [] : [0]
        let spans: [(count: Int, of: (Date) -> Int64)] = [
            (plan.days, { $0.day }), (plan.weeks, { $0.week }), (plan.months, { $0.month }),
        ]
        for span in spans {
            var seen: Set<Int64> = []
            for (index, date) in dates.enumerated() where !seen.contains(span.of(date)) {
                guard seen.count < span.count else { break }
                seen.insert(span.of(date))
                kept.insert(index)
            }
        }
        return kept
    }

    /// A moment as file names hold it, in UTC: `20261130T031500Z`.
    private struct Date {
        let seconds: Int64
        let text: String

        init(seconds: Int64) {
            var (time, parts) = (time_t(seconds), tm())
            gmtime_r(&time, &parts)
            func digits(_ number: Int32, _ count: Int) -> String {
                let text = String(number)
                return String(repeating: "0", count: max(0, count - text.count)) + text
            }
            self.seconds = seconds
            text =
                digits(parts.tm_year + 1_900, 4) + digits(parts.tm_mon + 1, 2)
                + digits(parts.tm_mday, 2) + "T" + digits(parts.tm_hour, 2)
                + digits(parts.tm_min, 2) + digits(parts.tm_sec, 2) + "Z"
        }

        init?(_ name: Substring) {
            let digits = name.filter(\.isNumber)
            guard digits.count == 14, name.count == 16, name.hasSuffix("Z") else { return nil }
            func number(_ start: Int, _ count: Int) -> Int32 {
                Int32(digits.dropFirst(start).prefix(count)) ?? 0
            }
            var parts = tm()
            (parts.tm_year, parts.tm_mon, parts.tm_mday) = (
                number(0, 4) - 1_900, number(4, 2) - 1, number(6, 2)
            )
            (parts.tm_hour, parts.tm_min, parts.tm_sec) = (
                number(8, 2), number(10, 2), number(12, 2)
            )
            self.init(seconds: Int64(timegm(&parts)))
            // A day that no month has.
            guard text == name else { return nil }
        }

        var day: Int64 { seconds / 86_400 }
        /// From Monday on: 1970 began on a Thursday.
        var week: Int64 { (day + 3) / 7 }
        var month: Int64 { Int64(text.prefix(6)) ?? 0 }
    }
}
