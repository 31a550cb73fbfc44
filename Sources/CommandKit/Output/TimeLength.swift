/// Lengths of time as people read them, in their two largest units.
public enum TimeLength {
    public static func text(milliseconds: Int64) -> String {
        let seconds = Int64(clamping: milliseconds.magnitude / 1_000)
        let words = Language.current == .zhHans ? chinese : english
        func text(_ first: Int64, _ unit: Int, _ second: Int64) -> String {
            let head = "\(first)\(words[unit])"
            return second == 0 ? head : "\(head) \(second)\(words[unit + 1])"
        }
        return switch seconds {
        case 31_536_000...: text(seconds / 31_536_000, 0, seconds % 31_536_000 / 86_400)
        case 86_400...: text(seconds / 86_400, 1, seconds % 86_400 / 3_600)
        case 3_600...: text(seconds / 3_600, 2, seconds % 3_600 / 60)
        case 60...: text(seconds / 60, 3, seconds % 60)
        default: "\(seconds)\(words[4])"
        }
    }

    private static let english = [" y", " d", " h", " min", " s"]
    private static let chinese = [" 年", " 天", " 小时", " 分", " 秒"]
}
