import OutreachSchema

/// Words of the pictures and the tables below them.
extension ReportTexts {
    static let coverage = BilingualText(
        en: "Coverage by point and night",
        zh: "按点位和班次的巡防覆盖")
    static let coverageLead = BilingualText(
        en: "Required visits made: {made} of {required} ({share}), at {points} active "
            + "points in the {nights} nights that hold visits, of {all} from {first} to {last}.",
        zh: "必巡完成 {made}/{required}（{share}）：{first} "
            + "至 {last} 共 {all} 班，计入有巡防的 {nights} 班，{points} 个启用点位。")
    static let coverageNote = BilingualText(
        en: "A night is 12:00 to 12:00 in {zone}, named by the evening's date. Of the "
            + "visits to a point in one night, at most as many as required count as made.",
        zh: "一班为 {zone} 时间 12:00 至次日 12:00，以当晚日期命名。同一"
            + "班同一点位的巡防，最多按必巡次数计入完成。")
    static let noCoverage = BilingualText(
        en: "There are no visits to draw, or no active points.",
        zh: "没有可绘制的巡防，或没有启用的点位。")
    static let levelNone = BilingualText(
        en: "none (a dot where a visit was required)",
        zh: "无（应巡未巡处有一点）")
    static let levelPart = BilingualText(en: "fewer than required", zh: "少于必巡次数")
    static let levelMet = BilingualText(en: "as required", zh: "达到必巡次数")
    static let levelMore = BilingualText(en: "more than required", zh: "多于必巡次数")
    static let nightsLeftOut = BilingualText(
        en: "The picture shows the nights {first} to {last}; {n} others are left out. "
            + "The figures are of all.",
        zh: "图中为 {first} 至 {last} 的班次，省略了其余 {n} 班；数字包含全部班次。")
    static let mostMissed = BilingualText(
        en: "Points with the most missed visits",
        zh: "漏巡最多的点位")
    static let point = BilingualText(en: "Point", zh: "点位")
    static let pointName = BilingualText(en: "Name", zh: "名称")
    static let perShift = BilingualText(en: "Required a night", zh: "每班必巡")
    static let made = BilingualText(en: "Made", zh: "完成")
    static let missed = BilingualText(en: "Missed", zh: "漏巡")
    static let stops = BilingualText(en: "Stops", zh: "巡逻停留")
    static let stopsAccounted = BilingualText(en: "Where every stop went", zh: "每条巡逻停留的归属")
    static let stopsCounted = BilingualText(en: "at an active point", zh: "在启用的点位")
    static let stopsElsewhere = BilingualText(
        en: "at a point that is unknown, deleted or switched off",
        zh: "点位未知、已删除或已停用")
    static let stopsUnplaced = BilingualText(
        en: "without a point or a readable time",
        zh: "没有点位或可读的时间")
    static let stopsInFuture = BilingualText(
        en: "dated after the newest thing that the files know of",
        zh: "日期晚于文件中最新的内容")
    static let liveStops = BilingualText(en: "live stops in the file", zh: "文件中现有的巡逻停留")

    // Lag
    static let lag = BilingualText(
        en: "How long changes took to reach the hub",
        zh: "改动多久后到达中心")
    static let lagNote = BilingualText(
        en: "From the time that the device claimed for a change to the hub's receipt. "
            + "A device without a network has a long lag, which is no fault; a negative "
            + "one means that its clock was ahead. Imported rows count from their import.",
        zh: "从设备声称的改动时间到中心收到的时间。没有网络的设备延迟较长，并非过失；负值表示"
            + "设备时钟偏快。导入的行从导入时算起。")
    static let lagLegend = BilingualText(
        en: "The dot is the median, the bar reaches to the largest. Each line of the "
            + "scale is many times the one before.",
        zh: "圆点为中位数，横线延伸到最大值。刻度按倍数递增。")
    static let changes = BilingualText(en: "Changes", zh: "改动数")
    static let median = BilingualText(en: "Median", zh: "中位数")
    static let largest = BilingualText(en: "Largest", zh: "最大")
    static let lastPosition = BilingualText(en: "Last position", zh: "最后位置")
    static let lastSeen = BilingualText(en: "Last seen", zh: "最近联系")
    static let revoked = BilingualText(en: "revoked", zh: "已吊销")
}
