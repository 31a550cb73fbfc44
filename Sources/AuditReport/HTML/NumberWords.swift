import OutreachSchema

/// Numbers and spans of time as people read them.
enum NumberWords {
    /// `12,345`.
    static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var out = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { out.append(",") }
            out.append(digit)
        }
        return number < 0 ? "−" + out : out
    }

    static func grouped(_ number: Int64) -> String { grouped(Int(number)) }

    /// A span in its two largest units; a negative one is marked as such.
    static func span(milliseconds: Int64) -> BilingualText {
        // Truncating the magnitude keeps the smallest number from trapping.
        let seconds = Int64(clamping: milliseconds.magnitude / 1_000)
        let sign = milliseconds <= -1_000 ? "−" : ""
        let (en, zh): (String, String) =
            switch seconds {
            case 86_400...:
                two(seconds, 86_400, 3_600, ("d", "天"), ("h", "小时"))
            case 3_600...:
                two(seconds, 3_600, 60, ("h", "小时"), ("min", "分"))
            case 60...:
                two(seconds, 60, 1, ("min", "分"), ("s", "秒"))
            default: ("\(seconds) s", "\(seconds) 秒")
            }
        return BilingualText(en: sign + en, zh: sign + zh)
    }

    private static func two(
        _ seconds: Int64, _ large: Int64, _ small: Int64, _ largeName: (String, String),
        _ smallName: (String, String)
    ) -> (String, String) {
        let (first, second) = (seconds / large, seconds % large / small)
        return (
            "\(first) \(largeName.0) \(second) \(smallName.0)",
            "\(first) \(largeName.1) \(second) \(smallName.1)"
        )
    }

    /// `12.3 %`; a dash if there is nothing to take a share of.
    static func share(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "–" }
        let tenths = (Double(part) / Double(whole) * 1_000).rounded(.down)
        guard tenths.isFinite, abs(tenths) < 1e9 else { return "–" }
        return "\(Int(tenths) / 10).\(abs(Int(tenths)) % 10) %"
    }
}
