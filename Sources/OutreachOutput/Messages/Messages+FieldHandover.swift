public import CommandKit

/// The message for the group chat. Short: it is read on a phone.
public struct FieldHandoverMessages: MessageTopic {
    public let title = Message(
        "field_handover.title", en: "Hand-over, shift {shift}", zh: "【交班】{shift} 班")
    public let titleOf = Message(
        "field_handover.title_of", en: "{space}: shift {shift}", zh: "【{space}】{shift} 班")
    public let titleOfPeriod = Message(
        "field_handover.title_of_period", en: "{space}: {from} to {to}",
        zh: "【{space}】{from} 至 {to}")
    public let handover = Message("field_handover.handover", en: "Hand-over", zh: "交班")
    public let visits = Message(
        "field_handover.visits",
        en: "Visits {made}/{required}, points {reached}/{points}",
        zh: "必巡 {made}/{required}，到点 {reached}/{points}")
    public let figure = Message("field_handover.figure", en: "{label} {n}", zh: "{label} {n}")
    public let stops = Message("field_handover.stops", en: "Stops", zh: "停留")
    public let activities = Message("field_handover.activities", en: "Activities", zh: "活动")
    public let education = Message("field_handover.education", en: "Sessions", zh: "宣教")
    public let helped = Message("field_handover.helped", en: "Helped", zh: "帮助")
    public let inquiries = Message("field_handover.inquiries", en: "Inquiries", zh: "咨询")
    public let leaflets = Message("field_handover.leaflets", en: "Leaflets", zh: "资料")
    public let accidents = Message(
        "field_handover.accidents", en: "Accidents prevented", zh: "预防事故")
    public let hazards = Message(
        "field_handover.hazards", en: "Hazards found: {n}", zh: "发现隐患 {n}：")
    public let noHazards = Message(
        "field_handover.no_hazards", en: "Hazards found: none", zh: "发现隐患：无")
    public let more = Message("field_handover.more", en: " … {n} more", zh: " ……还有 {n} 处")
    public let older = Message(
        "field_handover.older", en: "Open from before: {n}", zh: "以前未了结的隐患：{n}")
    public let unvisited = Message(
        "field_handover.unvisited", en: "Not reached ({n}): {points}", zh: "未到（{n}）：{points}")
    public let allVisited = Message(
        "field_handover.all_visited", en: "Every point was reached.", zh: "点位全部到过。")
    public let conflicts = Message(
        "field_handover.conflicts", en: "Conflicts to settle: {n}", zh: "待处理冲突：{n}")
    public let unsent = Message(
        "field_handover.unsent", en: "Not sent yet: {n} {n|change|changes}", zh: "尚未发送：{n} 处改动")
    public let masked = Message("field_handover.masked", en: "(hidden)", zh: "（已隐去）")
}

extension Messages {
    public static let fieldHandover = FieldHandoverMessages()
}
