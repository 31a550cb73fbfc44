/// Reads a length of time as people type it: `30m`, `24h`, `7d`, `1d12h`, `24小时`.
public enum DurationParser {
    /// More is a slip of the finger, and far from overflowing.
    public static let maximumDays = 3660

    private static let secondsByUnit: [String: Int] = [
        "s": 1, "秒": 1,
        "m": 60, "分": 60, "分钟": 60,
        "h": 3600, "时": 3600, "小时": 3600,
        "d": 86400, "天": 86400, "日": 86400,
        "w": 604_800, "周": 604_800, "星期": 604_800,
    ]

    /// The length in seconds: more than 0, at most `maximumDays`. Nil for anything else: no unit,
    /// a sign, a fraction, an unknown unit.
    public static func seconds(from text: String) -> Int? {
        var rest = text.lowercased().filter { $0 != " " }[...]
        var total = 0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.wholeNumberValue != nil && $0.isNumber }
            let unit = rest.dropFirst(digits.count).prefix { !$0.isNumber }
            guard let count = number(digits), let seconds = secondsByUnit[String(unit)] else {
                return nil
            }
            total += count * seconds
            guard total <= maximumDays * 86400 else { return nil }
            rest = rest.dropFirst(digits.count + unit.count)
        }
        return total > 0 ? total : nil
    }

    /// Full-width digits count; nine of them are more than any length needs.
    private static func number(_ digits: Substring) -> Int? {
        guard (1...9).contains(digits.count) else { return nil }
        return digits.reduce(0) { $0 * 10 + ($1.wholeNumberValue ?? 0) }
    }
}
