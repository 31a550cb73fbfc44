/// How the page of a look-over marks its lines and ends.
public struct HealthMessages: MessageTopic {
    public let allWell = Message("health.all_well", en: "All is well.", zh: "一切正常。")
    public let needsHand = Message(
        "health.needs_hand", en: "{n} {n|check needs|checks need} a hand.", zh: "有 {n} 项需要处理。")
    public let markOK = Message("health.mark_ok", en: "ok  ", zh: "正常")
    public let markWarn = Message("health.mark_warn", en: "note", zh: "注意")
    public let markBad = Message("health.mark_bad", en: "BAD ", zh: "异常")
}

extension Messages {
    public static let health = HealthMessages()
}
