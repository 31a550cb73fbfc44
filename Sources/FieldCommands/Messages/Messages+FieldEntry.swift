public import CommandKit

/// The entry screen and the home screen of `sync-field`.
public struct FieldEntryMessages: MessageTopic {
    public let title = Message("field_entry.title", en: "New: {label}", zh: "登记：{label}")
    public let hint = Message(
        "field_entry.hint",
        en: "Enter: next · ↑↓: choose · Ctrl-C: leave", zh: "回车下一项 · ↑↓选择 · Ctrl-C 离开")
    public let enterKeeps = Message(
        "field_entry.enter_keeps", en: ". Enter keeps it all the same.", zh: "。再按回车照原样保留。")

    // Home.
    public let homeAbstract = Message(
        "field_entry.home_abstract",
        en: "Tonight at a glance: what 'sync-field' alone shows on a terminal.",
        zh: "今晚概况：在终端里直接运行 sync-field 时显示。")
    public let homeTitle = Message(
        "field_entry.home_title", en: "{name}: shift {shift}", zh: "{name}：{shift} 班")
    public let toVisit = Message(
        "field_entry.to_visit", en: "Points still to visit: {n}", zh: "还要去的点位：{n}")
    public let moreGrids = Message(
        "field_entry.more_grids", en: "… and {n} more in other grids", zh: "……其他网格还有 {n} 个")
    public let allVisited = Message(
        "field_entry.all_visited", en: "Every point was visited.", zh: "点位都去过了。")
    public let notSent = Message(
        "field_entry.not_sent",
        en: "Saved here and not sent yet: {n} {n|change|changes}", zh: "已存本机、尚未发送：{n} 处改动")
    public let allSent = Message("field_entry.all_sent", en: "Everything is sent.", zh: "全部已发送。")
    public let openConflicts = Message(
        "field_entry.open_conflicts", en: "Open conflicts: {n}", zh: "未处理冲突：{n}")
    public let openHazards = Message(
        "field_entry.open_hazards", en: "Open hazards in {grid}: {n}", zh: "{grid} 未了结隐患：{n}")
    public let next = Message("field_entry.next", en: "Next:", zh: "接下来：")
    public let helpHint = Message(
        "field_entry.help_hint", en: "All commands: sync-field --help", zh: "全部命令：sync-field --help"
    )
}

extension Messages {
    public static let fieldEntry = FieldEntryMessages()
}
