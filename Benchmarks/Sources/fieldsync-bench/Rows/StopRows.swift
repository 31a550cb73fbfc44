import SyncCore
import SyncReplica
import SyncStore

/// Patrol stops as the source's neighbourhood logs them: ten fields, notes of 60 characters on
/// average, every second one in Chinese. The same numbers give the same rows.
struct StopRow: Sendable {
    let id: ID128
    /// The id as a plain table keeps it: 36 characters. Made beforehand: no insert pays for it.
    let idText: String
    let point: String
    let grid: String
    let mode: String
    let arrivedAt: String
    let leftAt: String
    let teamSize: Int
    let peopleHelped: Int
    let inquiriesAnswered: Int
    let weather: String
    let note: String

    var key: RecordKey { RecordKey("stops", id) }

    var values: [String: Value] {
        [
            "point": .text(point), "grid": .text(grid), "mode": .text(mode),
            "arrived_at": .text(arrivedAt), "left_at": .text(leftAt),
            "team_size": .number(Double(teamSize)), "people_helped": .number(Double(peopleHelped)),
            "inquiries_answered": .number(Double(inquiriesAnswered)), "weather": .text(weather),
            "note": .text(note),
        ]
    }

    static func idText(_ id: ID128) -> String {
        var text = ""
        for (index, digit) in id.hex.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        return text
    }

    /// The row as a JSON object.
    var json: String {
        """
        {"id":"\(idText)","point":"\(point)","grid":"\(grid)","mode":"\(mode)",\
        "arrived_at":"\(arrivedAt)","left_at":"\(leftAt)","team_size":\(teamSize),\
        "people_helped":\(peopleHelped),"inquiries_answered":\(inquiriesAnswered),\
        "weather":"\(weather)","note":"\(note)"}
        """
    }
}

enum StopRows {
    private static let chinese = [
        "劝导乱停放电动车", "提醒商户收好外摆", "为游客指路", "协助寻找走失物品", "检查消防通道是否畅通",
        "地面有积水已放置提示牌", "与物业沟通照明故障", "发放防诈骗宣传单", "夜市收摊后巡查", "已告知负责人",
    ]
    private static let english = [
        "asked two riders to move scooters off the pavement", "fire lane is clear again",
        "gave directions to visitors", "street lamp flickers near the gate",
        "left leaflets at the counter", "stall owner agreed to move back",
        "water on the steps, sign put up", "all quiet", "handed over to the next team",
    ]
    private static let modes = ["foot", "vehicle", "bicycle"]
    private static let weathers = ["clear", "rain", "cloudy", "wind"]

    /// - Parameters:
    ///   - seed: rows of different seeds have different ids.
    ///   - first: rows that came before: their times lie behind theirs.
    static func make(_ count: Int, seed: UInt64 = 1, from first: Int = 0) -> [StopRow] {
        var random = SplitMix(state: seed)
        let start: Int64 = 1_764_000_000_000
        return (first..<first + count).map { index in
            let time = start + Int64(index) * 1_500
            let id = ID128(
                high: UInt64(time) << 16 | 0x7000 | random.next() & 0xFFF,
                low: 1 << 63 | random.next() >> 2)
            return StopRow(
                id: id, idText: StopRow.idText(id),
                point: "NDJ-\(pad(Int(random.next() % 140) + 1, 3))",
                grid: "JC\(pad(Int(random.next() % 28) + 1, 2))",
                mode: modes[Int(random.next() % 3)], arrivedAt: text(time),
                leftAt: text(time + Int64(random.next() % 1_200_000)),
                teamSize: Int(random.next() % 8) + 1, peopleHelped: Int(random.next() % 4),
                inquiriesAnswered: Int(random.next() % 6),
                weather: weathers[Int(random.next() % 4)],
                note: note(isChinese: index % 2 == 0, &random))
        }
    }

    /// Phrases up to 30 … 90 characters.
    private static func note(isChinese: Bool, _ random: inout SplitMix) -> String {
        let phrases = isChinese ? chinese : english
        let length = 30 + Int(random.next() % 61)
        var text = ""
        while text.count < length {
            if !text.isEmpty { text += isChinese ? "，" : ", " }
            text += phrases[Int(random.next() % UInt64(phrases.count))]
            if random.next() % 3 == 0 { text += " \(random.next() % 100)" }
        }
        return String(text.prefix(length))
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    /// RFC 3339 within the month that the rows begin in; precise enough for bytes to be like the
    /// real ones.
    private static func text(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1_000
        let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60)
        let day = seconds / 86_400 % 28 + 1
        return "2025-11-\(pad(Int(day), 2))T\(pad(Int(hour), 2)):\(pad(Int(minute), 2)):"
            + "\(pad(Int(second), 2))Z"
    }
}

/// SplitMix64 (Steele et al., OOPSLA 2014).
struct SplitMix: Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
