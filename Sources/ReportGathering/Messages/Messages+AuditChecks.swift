public import CommandKit

/// What a verification looks at, and why it did not.
public struct AuditChecksMessages: MessageTopic {
    // Checks.
    public let checkFile = Message(
        "audit_checks.check_file",
        en: "the file itself (SQLite)",
        zh: "文件本身（SQLite）")
    public let checkBatches = Message(
        "audit_checks.check_batches",
        en: "batches: order, content, chains, signatures",
        zh: "批次：顺序、内容、链接、签名")
    public let checkTree = Message(
        "audit_checks.check_tree",
        en: "the tree of what the hub decided",
        zh: "中心裁定的哈希树")
    public let checkHeads = Message(
        "audit_checks.check_heads",
        en: "signed heads",
        zh: "签署的日志头")
    public let checkVerdicts = Message(
        "audit_checks.check_verdicts",
        en: "verdicts and conflicts, derived again",
        zh: "重新推导的裁定与冲突")
    public let checkRecords = Message(
        "audit_checks.check_records",
        en: "the records",
        zh: "记录")
    public let checkDigest = Message(
        "audit_checks.check_digest",
        en: "the digest",
        zh: "摘要")
    public let checkReceipts = Message(
        "audit_checks.check_receipts",
        en: "receipts",
        zh: "签收")
    public let checkPending = Message(
        "audit_checks.check_pending",
        en: "what waits to be sent",
        zh: "待发送的内容")
    public let checkStateAtHead = Message(
        "audit_checks.check_state_at_head",
        en: "the records against the hub's signed digest",
        zh: "记录与中心签署的摘要")
    public let checkHubKey = Message(
        "audit_checks.check_hub_key",
        en: "the hub's key",
        zh: "中心的公钥")
    public let checkHistory = Message(
        "audit_checks.check_history",
        en: "that nothing was cut off or rewritten",
        zh: "日志没有被截断或改写")
    public let checkWitnesses = Message(
        "audit_checks.check_witnesses", en: "the named witnesses cosigned this log",
        zh: "所指定的见证者联署了本日志")
    public let checkWholeLog = Message(
        "audit_checks.check_whole_log",
        en: "the whole log, others' batches",
        zh: "整个日志及其他设备的批次")

    // Why a check was not made.
    public let whyKeyFromFile = Message(
        "audit_checks.why_key_from_file",
        en: "the key was taken from the file itself: give --hub-key",
        zh: "公钥取自文件本身：请用 --hub-key 指定")
    public let whyNothingHeld = Message(
        "audit_checks.why_nothing_held",
        en: "nobody else's heads were given: use --against REPLICA or CHECKPOINT",
        zh: "没有给出别处保存的日志头：请用 --against 副本或检查点")
    public let whyReplayEnded = Message(
        "audit_checks.why_replay_ended",
        en: "the replay ends there: what comes after cannot be derived",
        zh: "重演到此为止：之后的内容无法推导")
    public let whyTreeLost = Message(
        "audit_checks.why_tree_lost",
        en: "the tree cannot be followed past there",
        zh: "哈希树从那里起无法继续")
    public let whyRulesUnknown = Message(
        "audit_checks.why_rules_unknown",
        en: "the rules are newer than this program",
        zh: "规则比本程序新")
    public let whyUnreadable = Message(
        "audit_checks.why_unreadable",
        en: "the file cannot be read to its end",
        zh: "文件无法读到末尾")
    public let whyChangesPending = Message(
        "audit_checks.why_changes_pending",
        en: "changes are pending: the records are at no head",
        zh: "有待发送的修改：记录不对应任何日志头")
    public let whySyncUnfinished = Message(
        "audit_checks.why_sync_unfinished",
        en: "the last sync did not come to its end",
        zh: "上一次同步没有完成")
    public let whyNeverSynced = Message(
        "audit_checks.why_never_synced",
        en: "it has not joined or never synced",
        zh: "尚未加入或从未同步")
    public let whyNotInReplica = Message(
        "audit_checks.why_not_in_replica",
        en: "a replica does not hold it: verify the hub's data folder",
        zh: "副本里没有：请验证中心的数据文件夹")
    public let whyNotServed = Message(
        "audit_checks.why_not_served",
        en: "the hub serves no more than its newest head",
        zh: "中心只提供最新的日志头")
    public let whyNotReceived = Message(
        "audit_checks.why_not_received",
        en:
            "a follower's copy has the hub's signature of some heads only; the roots are "
            + "checked by those",
        zh: "跟随者的副本只有部分日志头的签名；其余的根由这些签名核对")
    public let whyNotFetched = Message(
        "audit_checks.why_not_fetched",
        en: "only their digest was asked for: sync-audit diff compares the records",
        zh: "只核对了摘要：比对记录请用 sync-audit diff")
    public let whyNotCosigned = Message(
        "audit_checks.why_not_cosigned",
        en: "a witness that was named did not cosign a note given with --against",
        zh: "所指定的见证者未在 --against 所给便条上联署")
    public let whyBeforeCheckpoint = Message(
        "audit_checks.why_before_checkpoint",
        en: "only what came after the checkpoint was read; run without --since for all of it",
        zh: "只读取了检查点之后的内容；去掉 --since 可全部核验")
    public let whyAnotherEpoch = Message(
        "audit_checks.why_another_epoch",
        en: "a head is of an epoch that the hub has left",
        zh: "有日志头属于中心已离开的纪元")
}

extension Messages {
    public static let auditChecks = AuditChecksMessages()
}
