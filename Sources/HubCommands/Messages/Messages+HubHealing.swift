public import CommandKit

/// What `sync-hub` says of epochs, its clock, and what is to be decided.
public struct HubHealingMessages: MessageTopic {
    public let epochAbstract = Message(
        "hub_healing.epoch_abstract", en: "The unbroken histories of the log.",
        zh: "日志的各段连续历史（纪元）。")
    public let epochOpenAbstract = Message(
        "hub_healing.epoch_open_abstract",
        en: "Open a new epoch: after two hubs ran under one key, and the other is shut.",
        zh: "开启新纪元：用于曾有两个中心共用一把密钥、且另一个已停掉之后。")
    public let clockAbstract = Message(
        "hub_healing.clock_abstract", en: "The hub's clock.", zh: "中心的时钟。")
    public let clockResetAbstract = Message(
        "hub_healing.clock_reset_abstract",
        en: "Go on from the right time after the machine's clock was ahead.",
        zh: "机器时钟曾经偏快、现已校正后，从正确时间继续。")
    public let quarantineAbstract = Message(
        "hub_healing.quarantine_abstract",
        en: "Changes that their device's role may not make, for you to decide.",
        zh: "设备角色无权作出的更改，由你决定。")
    public let quarantineListAbstract = Message(
        "hub_healing.quarantine_list_abstract", en: "List what is to be decided.",
        zh: "列出待决定的更改。")
    public let quarantineAcceptAbstract = Message(
        "hub_healing.quarantine_accept_abstract",
        en: "Write changes of the list under the hub's own key.", zh: "以中心的密钥写入列表中的更改。")
    public let quarantineDismissAbstract = Message(
        "hub_healing.quarantine_dismiss_abstract",
        en: "Leave changes of the list as they are, for good.", zh: "不采纳列表中的更改，不再列出。")
    public let yesHelp = Message(
        "hub_healing.yes_help", en: "Do it. Without it nothing is done.", zh: "确认执行；不加则不做任何事。")
    public let claimHelp = Message(
        "hub_healing.claim_help", en: "Numbers of the list, such as 41.0.",
        zh: "列表中的编号，例如 41.0。")

    public let epochOpened = Message(
        "hub_healing.epoch_opened", en: "A new epoch is open: {epoch}.", zh: "已开启新纪元：{epoch}。")
    public let clockReset = Message(
        "hub_healing.clock_reset",
        en: "The clock was ahead by {time}. Receipts go on from the right time, in a new epoch.",
        zh: "时钟曾偏快 {time}。签收已从正确时间继续，并开启了新纪元。")
    public let clockRight = Message(
        "hub_healing.clock_right", en: "Nothing to do: the last receipt does not lie ahead.",
        zh: "无需操作：最近一次签收的时间并不超前。")
    public let accepted = Message(
        "hub_healing.accepted", en: "{n} {n|change|changes} written under the hub's key.",
        zh: "已用中心的密钥写入 {n} 项更改。")
    public let dismissed = Message(
        "hub_healing.dismissed", en: "{n} {n|change|changes} left as they are.",
        zh: "{n} 项更改保持原样。")
    public let nothingToDecide = Message(
        "hub_healing.nothing_to_decide", en: "There is nothing to decide.", zh: "没有待决定的更改。")
    public let toDecide = Message(
        "hub_healing.to_decide",
        en: "{n} {n|change|changes} to decide: sync-hub quarantine list {place}",
        zh: "有 {n} 项更改待决定：sync-hub quarantine list {place}")
    public let isSplit = Message(
        "hub_healing.is_split",
        en:
            "Two hubs ran under this key (head of size {size}, epoch {epoch}): this one takes nothing. Shut the "
            + "other, then: sync-hub epoch open {place} --yes",
        zh:
            "有两个中心共用这把密钥（日志头大小 {size}，纪元 {epoch}），本中心已停止接收。请停掉另一个，"
            + "然后：sync-hub epoch open {place} --yes")

    // Labels.
    public let number = Message("hub_healing.number", en: "No.", zh: "编号")
    public let from = Message("hub_healing.from", en: "From", zh: "来自")
    public let what = Message("hub_healing.what", en: "What", zh: "内容")
    public let when = Message("hub_healing.when", en: "Received", zh: "收到时间")
    public let kind = Message("hub_healing.kind", en: "Kind", zh: "类别")
    public let kindRevocation = Message(
        "hub_healing.kind_revocation", en: "revocation, handed back", zh: "停用（交还）")
    public let kindAdopted = Message(
        "hub_healing.kind_adopted", en: "handed back", zh: "交还")
    public let kindOwn = Message("hub_healing.kind_own", en: "its own", zh: "自行写入")
    public let epochs = Message("hub_healing.epochs", en: "Epochs", zh: "纪元数")
    public let claims = Message("hub_healing.claims", en: "To decide", zh: "待决定")
    public let backedUp = Message("hub_healing.backed_up", en: "Backed up", zh: "已备份")
    public let backedUpTo = Message(
        "hub_healing.backed_up_to", en: "up to position {position}, {time}",
        zh: "至位置 {position}，{time}")
    public let formerly = Message("hub_healing.formerly", en: "Formerly", zh: "原为")

    // What went wrong.
    public let notConfirmed = Message(
        "hub_healing.not_confirmed", en: "Nothing was done: it takes --yes.",
        zh: "未执行：需要加上 --yes。")
    public let epochMend = Message(
        "hub_healing.epoch_mend",
        en: "Make sure that no other hub runs under this key, then add --yes.",
        zh: "请确认没有其他中心使用这把密钥，再加 --yes。")
    public let clockMend = Message(
        "hub_healing.clock_mend", en: "Set the machine's clock right, then add --yes.",
        zh: "请先校正机器时钟，再加 --yes。")
    public let unknownClaim = Message(
        "hub_healing.unknown_claim", en: "Nothing that is to be decided has the number {id}.",
        zh: "没有编号为 {id} 的待决定更改。")
    public let unknownClaimMend = Message(
        "hub_healing.unknown_claim_mend", en: "See sync-hub quarantine list.",
        zh: "请查看 sync-hub quarantine list。")
    public let notWritable = Message(
        "hub_healing.not_writable", en: "{id} is in {collection}, where only the rules write.",
        zh: "{id} 属于 {collection}，只能由规则写入。")
    public let notWritableMend = Message(
        "hub_healing.not_writable_mend", en: "Dismiss it: sync-hub quarantine dismiss {id}",
        zh: "请不采纳：sync-hub quarantine dismiss {id}")
}

extension Messages {
    public static let hubHealing = HubHealingMessages()
}
