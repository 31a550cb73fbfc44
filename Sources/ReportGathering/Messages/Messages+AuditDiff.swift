public import CommandKit

/// What `sync-audit diff` says.
public struct AuditDiffMessages: MessageTopic {
    // Help.
    public let abstract = Message(
        "audit_diff.abstract",
        en: "Compares two replicas, hubs or bundles, and says why they differ.",
        zh: "比对两个副本、中心或捆绑包，并说明差异的原因。")
    public let sideHelp = Message(
        "audit_diff.side_help",
        en: "A replica's file, a hub's data folder, a bundle or a hub's address; or one log at two "
            + "moments: DIR@900, DIR@2026-11-23, DIR@CHECKPOINT.",
        zh: "副本文件、中心的数据文件夹、捆绑包或中心的地址；或同一日志的两个时刻：DIR@900、DIR@2026-11-23、DIR@检查点文件。")
    public let collectionHelp = Message(
        "audit_diff.collection_help", en: "Only this collection; may be given several times.",
        zh: "只比对此集合；可多次给出。")
    public let shiftHelp = Message(
        "audit_diff.shift_help", en: "Only records of this shift (the evening's date).",
        zh: "只比对此班次（当晚日期）的记录。")
    public let sinceHelp = Message(
        "audit_diff.since_help",
        en: "Only records written at this time (RFC 3339) or date or later.",
        zh: "只比对此时间（RFC 3339）或日期及以后写过的记录。")
    public let viewHelp = Message(
        "audit_diff.view_help", en: "How much to show: fields if there are few differences.",
        zh: "显示的详细程度：差异少时默认显示到字段。")
    public let byDigestHelp = Message(
        "audit_diff.by_digest_help",
        en: "Of a hub's address fetch only what its digest says differs: little traffic, and the "
            + "hub is believed to serve what its digest speaks of",
        zh: "对中心网址只取其摘要显示不同的部分：流量少，但要相信中心提供的内容与其摘要一致")
    public let limitHelp = Message(
        "audit_diff.limit_help", en: "Differences kept in detail; the rest is counted.",
        zh: "详细保留的差异条数；其余只计数。")

    // The verdict and the summary.
    public let identical = Message(
        "audit_diff.identical", en: "Identical: {n} {n|record|records} compared on each side.",
        zh: "完全一致：每方比对了 {n} 条记录。")
    public let identicalScope = Message(
        "audit_diff.identical_scope", en: "Identical, within what was compared.",
        zh: "在比对范围内完全一致。")
    public let differences = Message(
        "audit_diff.differences",
        en: "{n} {n|record differs|records differ}: {a} only on A, {b} only on B, {both} on both.",
        zh: "{n} 条记录有差异：仅 A 有 {a} 条，仅 B 有 {b} 条，两方都有但不同 {both} 条。")
    public let side = Message("audit_diff.side", en: "Side", zh: "一方")
    public let input = Message("audit_diff.input", en: "Input", zh: "输入")
    public let kind = Message("audit_diff.kind", en: "Kind", zh: "类型")
    public let recordCount = Message("audit_diff.record_count", en: "Records", zh: "记录数")
    public let pending = Message("audit_diff.pending", en: "Pending", zh: "待签收")
    public let position = Message("audit_diff.position", en: "Position", zh: "位置")
    public let epoch = Message("audit_diff.epoch", en: "Epoch", zh: "纪元")
    public let kindReplica = Message("audit_diff.kind_replica", en: "replica", zh: "副本")
    public let kindHub = Message("audit_diff.kind_hub", en: "hub's file", zh: "中心文件")
    public let kindBundle = Message("audit_diff.kind_bundle", en: "bundle", zh: "捆绑包")
    public let kindAddress = Message("audit_diff.kind_address", en: "hub", zh: "中心")
    public let collection = Message("audit_diff.collection", en: "Collection", zh: "集合")
    public let count = Message("audit_diff.count", en: "Count", zh: "条数")
    public let cause = Message("audit_diff.cause", en: "Cause", zh: "原因")
    public let todo = Message("audit_diff.todo", en: "What to do", zh: "处理办法")
    public let moved = Message(
        "audit_diff.moved",
        en: "{side}: {received} bytes received and {sent} sent in {n} {n|request|requests}.",
        zh: "{side}：共 {n} 次请求，收到 {received} 字节，发出 {sent} 字节。")
    public let shown = Message(
        "audit_diff.shown", en: "{n} more not shown; see them with {option}.",
        zh: "另有 {n} 条未显示；用 {option} 查看。")
    public let notChecked = Message(
        "audit_diff.not_checked", en: "Not checked: {what}", zh: "未核查：{what}")

    // Records and fields.
    public let id = Message("audit_diff.id", en: "Id", zh: "编号")
    public let fields = Message("audit_diff.fields", en: "Fields", zh: "字段")
    public let onlyA = Message("audit_diff.only_a", en: "only on A", zh: "仅 A 有")
    public let onlyB = Message("audit_diff.only_b", en: "only on B", zh: "仅 B 有")
    public let both = Message("audit_diff.both", en: "on both", zh: "两方都有")
    public let stampsDiffer = Message(
        "audit_diff.stamps_differ", en: "same value, other stamp", zh: "值相同，时间戳不同")
    public let absent = Message("audit_diff.absent", en: "(no such field)", zh: "（无此字段）")
    public let empty = Message("audit_diff.empty", en: "(empty)", zh: "（空）")
    public let writtenBy = Message(
        "audit_diff.written_by", en: "{time}, device {device}", zh: "{time}，设备 {device}")
    public let otherForm = Message(
        "audit_diff.other_form",
        en: "The same characters in another Unicode form: A {a}, B {b}",
        zh: "字符相同，Unicode 形式不同：A {a}，B {b}")
    public let unreadableRow = Message(
        "audit_diff.unreadable_row",
        en: "The row on {side} is not one that FieldSync writes ({reason}): {raw}",
        zh: "{side} 的这一行不是 FieldSync 写入的（{reason}）：{raw}")
    public let faultName = Message(
        "audit_diff.fault_name", en: "its name is not valid", zh: "名称无效")
    public let faultFields = Message(
        "audit_diff.fault_fields", en: "its fields are not canonical JSON",
        zh: "字段不是规范 JSON")
    public let faultClock = Message(
        "audit_diff.fault_clock", en: "its stamps cannot be read", zh: "时间戳无法读取")
    public let faultRepeated = Message(
        "audit_diff.fault_repeated", en: "several rows have this name", zh: "有多行同名")
    // Two moments of one log.
    public let momentsDiffer = Message(
        "audit_diff.moments_differ",
        en: "From position {a} to {b}: {created} made, {edited} edited, {deleted} deleted, "
            + "{restored} restored.",
        zh: "从位置 {a} 到 {b}：新建 {created} 条，修改 {edited} 条，删除 {deleted} 条，恢复 {restored} 条。")
    public let momentsEqual = Message(
        "audit_diff.moments_equal",
        en: "From position {a} to {b}: every record is as it was.",
        zh: "从位置 {a} 到 {b}：所有记录保持原样。")
    public let momentAt = Message(
        "audit_diff.moment_at", en: "{side}: position {position}, received by the hub {time}",
        zh: "{side}：位置 {position}，中心收到于 {time}")
    public let momentEmpty = Message(
        "audit_diff.moment_empty", en: "{side}: before the first entry", zh: "{side}：第一条之前")
    public let momentSpan = Message(
        "audit_diff.moment_span",
        en: "In between: {changes} {changes|change|changes} in {batches} {batches|batch|batches}.",
        zh: "其间：{batches} 个批次，{changes} 项更改。")
    public let momentWritten = Message(
        "audit_diff.moment_written",
        en: "{device}, {time}; #{position}, received {received}",
        zh: "{device}，{time}；#{position}，收到于 {received}")
    public let momentProblems = Message(
        "audit_diff.moment_problems",
        en:
            "The log itself has {n} {n|problem|problems} up to there: see `sync-audit verify {path}`.",
        zh: "到此为止日志本身有 {n} 处问题：请运行 `sync-audit verify {path}`。")
    public let momentNotALog = Message(
        "audit_diff.moment_not_a_log",
        en: "{name} is a replica: it holds its own batches only, not the whole log.",
        zh: "{name} 是副本：只保存自己的批次，没有整个日志。")
    public let momentNotALogMend = Message(
        "audit_diff.moment_not_a_log_mend",
        en:
            "Name the hub's data folder, a follower's, or the hub's address with an auditor's token.",
        zh: "请指定中心或跟随者的数据文件夹，或用审计员令牌指定中心网址。")
    public let momentOtherKey = Message(
        "audit_diff.moment_other_key", en: "{name} is of a hub with another key than --hub-key.",
        zh: "{name} 所属中心的公钥与 --hub-key 不同。")
    public let momentOtherKeyMend = Message(
        "audit_diff.moment_other_key_mend",
        en: "Check the key (sync-hub status prints it); if it is right, this is another hub's log.",
        zh: "请核对公钥（sync-hub status 会显示）；若无误，则这是另一中心的日志。")
    public let momentBeyond = Message(
        "audit_diff.moment_beyond", en: "The log of {name} ends at position {size}.",
        zh: "{name} 的日志到位置 {size} 为止。")
    public let momentBeyondMend = Message(
        "audit_diff.moment_beyond_mend", en: "Name a position from 0 to {size}.",
        zh: "请指定 0 到 {size} 之间的位置。")
    public let momentForeign = Message(
        "audit_diff.moment_foreign",
        en: "The log of {name} is not the one that {checkpoint} was taken of.",
        zh: "{name} 的日志与检查点 {checkpoint} 不是同一份日志。")
    public let momentForeignMend = Message(
        "audit_diff.moment_foreign_mend",
        en: "If it should be, the log was rewritten: run `sync-audit verify {name} --against "
            + "{checkpoint}`.",
        zh: "如本应相同，则日志被改写过：请运行 `sync-audit verify {name} --against {checkpoint}`。")
    public let momentBroken = Message(
        "audit_diff.moment_broken",
        en: "The log of {name} cannot be replayed past position {after}.",
        zh: "{name} 的日志无法重放到位置 {after} 之后。")
    public let momentBrokenMend = Message(
        "audit_diff.moment_broken_mend",
        en: "Run `sync-audit verify {name}`: it names what is wrong there.",
        zh: "请运行 `sync-audit verify {name}`：它会指出问题所在。")
    public let momentUnknown = Message(
        "audit_diff.moment_unknown", en: "{text} is no moment of {path}.",
        zh: "{text} 不是 {path} 的时刻。")
    public let momentUnknownMend = Message(
        "audit_diff.moment_unknown_mend",
        en: "After @ give a position (900), a shift (2026-11-23: as it stood when that shift "
            + "ended), a time (RFC 3339) or a checkpoint's file.",
        zh: "@ 之后请写位置（900）、班次（2026-11-23：该班次结束时）、时间（RFC 3339）或检查点文件。")
    public let momentTwoLogs = Message(
        "audit_diff.moment_two_logs", en: "Two moments are compared of one log, not of two.",
        zh: "只能比较同一份日志的两个时刻。")
    public let momentTwoLogsMend = Message(
        "audit_diff.moment_two_logs_mend",
        en: "Name the same folder or address twice: `sync-audit diff {path}@900 {path}`.",
        zh: "请两次指定同一文件夹或网址：`sync-audit diff {path}@900 {path}`。")

    public let deleted = Message("audit_diff.deleted", en: "deletion", zh: "删除")
}

extension Messages {
    public static let auditDiff = AuditDiffMessages()
}
