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
