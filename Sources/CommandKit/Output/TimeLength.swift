/// Lengths of time in their two largest units.
public enum TimeLength {
    public static func text(milliseconds: Int64) -> String {
        let seconds = abs(milliseconds) / 1_000
        return switch seconds {
        case 31_536_000...: "\(seconds / 31_536_000) y \(seconds % 31_536_000 / 86_400) d"
        case 86_400...: "\(seconds / 86_400) d \(seconds % 86_400 / 3_600) h"
        case 3_600...: "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
        case 60...: "\(seconds / 60) min \(seconds % 60) s"
        default: "\(seconds) s"
        }
    }
}
