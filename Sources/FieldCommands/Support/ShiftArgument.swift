import CommandKit
import OutreachSchema

/// A shift as people write it: the evening's date, or a word for it.
enum ShiftArgument {
    private static let tonight = ["tonight", "today", "今晚", "今天", "今夜"]
    private static let lastNight = ["yesterday", "last night", "昨晚", "昨天", "昨夜"]
    /// Before this hour, tonight is the night that is still going on: as for times of entries.
    private static let nightEndHour = 6

    /// - Throws: `CommandFailure` for what is no date.
    static func shift(_ text: String, in open: OpenReplica) throws -> Shift {
        let now = try open.correctedNow().milliseconds / 1_000
        let present = open.zone.localTime(atUTCSeconds: now)
        let word = text.lowercased()
        if tonight.contains(word) {
            return Shift(date: present.date + (present.hour < nightEndHour ? -1 : 0))
        }
        if lastNight.contains(word) { return Shift(date: present.date + -1) }
        if let shift = Shift(text) { return shift }
        throw CommandFailure(
            "date_invalid", Messages.fieldRecords.dateInvalid.text(["text": text]),
            mend: Messages.fieldRecords.dateInvalidMend.text(["example": present.date]),
            status: .usage)
    }
}
