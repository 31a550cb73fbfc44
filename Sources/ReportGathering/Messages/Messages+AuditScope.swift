public import CommandKit

/// What a report says of its scope, and what to do about findings.
public struct AuditScopeMessages: MessageTopic {
    public let comparison = Message(
        "audit_scope.comparison",
        en: "A and B hold the same records, values and stamps: every row was compared.",
        zh: "A 与 B 的记录、值和时间戳相同（已逐行比对）。")
    public let contents = Message(
        "audit_scope.contents",
        en: "Whether what people entered is true: no program can tell.",
        zh: "人们填写的内容是否属实：程序无从判断。")
    public let quantity = Message(
        "audit_scope.quantity", en: "Sums agree with counts made another way.",
        zh: "合计与另行统计的数目一致。")
    public let of = Message("audit_scope.of", en: "{input}: {text}", zh: "{input}：{text}")

    public let because = Message(
        "audit_scope.because", en: "{text}: {reason}", zh: "{text}：{reason}")
    public let after = Message(
        "audit_scope.after", en: "{text}, after position {position}: {reason}",
        zh: "{text}，位置 {position} 之后：{reason}")

    // Why it matters that something was not checked.
    public let whyContents = Message(
        "audit_scope.why_contents",
        en: "A log proves who wrote what and when, not that it happened. Ask those who were there.",
        zh: "日志只证明何人何时写了什么，不证明事情确实发生。请向在场人员核实。")
    public let whyFile = Message(
        "audit_scope.why_file",
        en: "Damaged or planted parts of the file may not show. Verify the whole file.",
        zh: "文件损坏或被植入的部分可能未显现。请核验整个文件。")
    public let whyLog = Message(
        "audit_scope.why_log",
        en: "What others wrote may have been left out or changed. Verify the hub's data folder, or "
            + "a follower's.",
        zh: "他人所写的内容可能被遗漏或更改。请核验中心或跟随者的数据文件夹。")
    public let whyHeads = Message(
        "audit_scope.why_heads",
        en:
            "What the hub signed at earlier sizes is not known here. Compare with the hub's folder.",
        zh: "中心在较早大小时所签署的内容此处未知。请与中心的数据文件夹比对。")
    public let whyVerdicts = Message(
        "audit_scope.why_verdicts",
        en: "The hub may have decided against its own rules. Verify the whole log.",
        zh: "中心可能未按自己的规则裁定。请核验整个日志。")
    public let whyRecords = Message(
        "audit_scope.why_records",
        en:
            "A record may have been added, dropped or changed outside the log. Verify the hub's data "
            + "folder, or sync first.",
        zh: "可能有记录在日志之外被增删或更改。请核验中心的数据文件夹，或先同步。")
    public let whyDelivery = Message(
        "audit_scope.why_delivery",
        en: "What was delivered, and what waits, cannot be told. Sync the device and look again.",
        zh: "无法判断哪些已送达、哪些仍在等待。请同步设备后再核。")
    public let whyHubKey = Message(
        "audit_scope.why_hub_key",
        en: "Another hub's file would pass as well. Give the key that you know from elsewhere: "
            + "--hub-key, or --against a device's replica.",
        zh: "另一个中心的文件同样能通过。请用 --hub-key 给出另行得知的公钥，或用 --against 指定某设备的副本。")
    public let whyHistory = Message(
        "audit_scope.why_history",
        en: "Who holds the hub's key can cut off or rewrite its past and sign it anew; only what "
            + "others hold shows it. Give --against a replica, a checkpoint or a witness's note.",
        zh: "持有中心密钥的人可截断或改写过去并重新签署，只有他人所持之物能揭示。请用 --against 指定副本、检查点或见证者便条。")

    // What to do about a problem of a verification.
    public let mendDamage = Message(
        "audit_scope.mend_damage",
        en: "Keep a copy as evidence. A replica: 'sync-field check --heal', or join anew. A hub: "
            + "go back to a backup that verifies.",
        zh: "保留一份作为证据。副本：运行“sync-field check --heal”或重新加入；中心：恢复到能通过验证的备份。")
    public let mendAccess = Message(
        "audit_scope.mend_access",
        en: "Keep a copy as evidence. Go back to a backup that verifies, and look who can write in "
            + "the hub's folder; until then someone may come in who was not invited.",
        zh: "保留一份作为证据。恢复到能通过验证的备份，并检查谁能写入中心的文件夹；在此之前，未受邀请者可能进入。")
    public let mendJournal = Message(
        "audit_scope.mend_journal",
        en: "The journal was changed by something else than the hub. Stop the hub, keep this file "
            + "as evidence and go back to a backup that verifies; devices send again what it lacks.",
        zh: "日志被中心程序以外的手段改动。停止中心，保留此文件作为证据，恢复到能通过验证的备份；设备会补发缺少的内容。")
    public let mendRecords = Message(
        "audit_scope.mend_records",
        en: "What devices signed says otherwise. Keep this file as evidence and go back to a "
            + "backup that verifies.",
        zh: "与各设备签署的内容不符。保留此文件作为证据，恢复到能通过验证的备份。")
    public let mendHistory = Message(
        "audit_scope.mend_history",
        en: "The hub shows another history than the one it signed. Keep both files, and ask the "
            + "operator whether it was restored from a backup; if not, the log was rewritten.",
        zh: "中心展示的历史与其签名过的不同。保留两份文件，询问管理员是否从备份恢复过；如果没有，则日志被改写。")
    public let mendIdentity = Message(
        "audit_scope.mend_identity",
        en: "Make sure that the inputs are of one hub, and that its key is the one you know.",
        zh: "请确认各审计对象属于同一个中心，且公钥是你所知的那一个。")
    public let mendVersion = Message(
        "audit_scope.mend_version", en: "Use a newer sync-audit.", zh: "请使用更新版本的 sync-audit。")

    // Findings of the report itself.
    public let uneven = Message(
        "audit_scope.uneven", en: "Counts do not add up: {title}", zh: "数目不符：{title}")
    public let unevenMend = Message(
        "audit_scope.uneven_mend",
        en: "Look at the other findings first; verify the file again from a backup.",
        zh: "请先处理其他问题；再用备份重新验证。")
    public let unreadableRows = Message(
        "audit_scope.unreadable_rows", en: "Rows cannot be read", zh: "有的行无法读取")
    public let unreadableRowsMend = Message(
        "audit_scope.unreadable_rows_mend",
        en: "Restore the file from a backup, or sync a new replica.",
        zh: "请从备份恢复文件，或同步一个新的副本。")
    public let omitted = Message(
        "audit_scope.omitted", en: "and {n} more of this kind", zh: "此类问题还有 {n} 处")

    // What kept the audit from its end.
    public let gapVerify = Message(
        "audit_scope.gap_verify", en: "{input}: the verification did not reach the end.",
        zh: "{input}：验证没有进行到底。")
    public let gapWritten = Message(
        "audit_scope.gap_written", en: "{input} was written while it was read; run it again.",
        zh: "{input} 在读取时被写入；请重新运行。")
    public let gapRead = Message(
        "audit_scope.gap_read", en: "{input}: {part} could not be read.",
        zh: "{input}：{part} 无法读取。")
    public let partComparison = Message(
        "audit_scope.part_comparison", en: "the comparison", zh: "比对内容")
    public let partHistory = Message(
        "audit_scope.part_history", en: "late entries and conflicts", zh: "补录和冲突")
    public let partVerification = Message(
        "audit_scope.part_verification", en: "what the verification needs", zh: "验证所需内容")
}

extension Messages {
    public static let auditScope = AuditScopeMessages()
}
