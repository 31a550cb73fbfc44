public import CommandKit

/// Why sides of `sync-audit diff` differ, what to do about it, and why one cannot be compared.
public struct AuditCauseMessages: MessageTopic {
    public let pending = Message(
        "audit_causes.pending", en: "saved on {side}, no receipt yet", zh: "已存在 {side}，尚无签收")
    public let pendingTodo = Message(
        "audit_causes.pending_todo", en: "Sync {side}.", zh: "同步 {side}。")
    public let notPulled = Message(
        "audit_causes.not_pulled", en: "{side} has not pulled it yet", zh: "{side} 尚未拉取")
    public let notPulledTodo = Message(
        "audit_causes.not_pulled_todo", en: "Sync {side}.", zh: "同步 {side}。")
    public let suspect = Message(
        "audit_causes.suspect", en: "a wrong clock: the hub ordered it by another stamp",
        zh: "时钟有误：中心按另一时间戳排序")
    public let suspectTodo = Message(
        "audit_causes.suspect_todo", en: "Sync both; set that device's clock right.",
        zh: "同步两方；校准该设备的时钟。")
    public let superseded = Message(
        "audit_causes.superseded", en: "one value lost a listed conflict",
        zh: "其中一个值在已列出的冲突中落选")
    public let supersededTodo = Message(
        "audit_causes.superseded_todo", en: "Sync both, then look at the conflict.",
        zh: "同步两方，再查看冲突。")
    public let quarantined = Message(
        "audit_causes.quarantined", en: "in quarantine: the device's role may not make it",
        zh: "已隔离：该设备的角色不能做此修改")
    public let quarantinedTodo = Message(
        "audit_causes.quarantined_todo",
        en: "Sync the device; if the change is right, let one with the role make it.",
        zh: "同步该设备；如修改正确，由有权限的设备来做。")
    public let held = Message(
        "audit_causes.held", en: "refused by the hub, kept aside on its device",
        zh: "中心拒收，单独存放在设备上")
    public let heldTodo = Message(
        "audit_causes.held_todo", en: "See `sync-field why ID` on that device.",
        zh: "在该设备上运行 `sync-field why ID` 查看。")
    public let written = Message(
        "audit_causes.written", en: "written in between", zh: "其间写入")
    public let writtenTodo = Message(
        "audit_causes.written_todo", en: "Nothing: the log tells who and when.",
        zh: "无需处理：日志写明何人何时写入。")
    public let unexplained = Message(
        "audit_causes.unexplained", en: "unexplained", zh: "原因不明")
    public let unexplainedTodo = Message(
        "audit_causes.unexplained_todo",
        en: "Sync both and compare again; then `sync-audit verify` each.",
        zh: "同步两方后重新比对；再对每方运行 `sync-audit verify`。")
    public let missing = Message(
        "audit_causes.missing", en: "receipted but missing", zh: "已签收却缺失")
    public let missingTodo = Message(
        "audit_causes.missing_todo",
        en: "Unless one side is an older copy of the hub: keep both files and verify the hub.",
        zh: "除非一方是中心的旧副本：保留两份文件，并验证中心。")
    public let altered = Message(
        "audit_causes.altered", en: "{side} was altered outside the programs",
        zh: "{side} 被程序以外的手段改动过")
    public let alteredTodo = Message(
        "audit_causes.altered_todo",
        en: "Keep a copy of {side} as evidence; then `sync-field check --heal`.",
        zh: "保留 {side} 的副本作为证据；再运行 `sync-field check --heal`。")

    // What was not checked.
    public let valuesNotFetched = Message(
        "audit_causes.values_not_fetched",
        en: "that the hub serves what its digest speaks of (--by-digest)",
        zh: "中心实际提供的内容是否与其摘要一致（--by-digest）")
    public let hubKeyNotPinned = Message(
        "audit_causes.hub_key_not_pinned",
        en: "that the answers came from the right hub; give its key with --hub-key.",
        zh: "回答是否来自正确的中心；请用 --hub-key 给出其公钥。")
    public let bundleIsPartial = Message(
        "audit_causes.bundle_is_partial",
        en: "records that the bundle does not hold; they do not count as missing.",
        zh: "捆绑包未包含的记录；它们不算缺失。")
    public let batchesNotVerified = Message(
        "audit_causes.batches_not_verified",
        en: "signatures of some batches in the bundle: their devices are not known here.",
        zh: "捆绑包中部分批次的签名：此处不认识其设备。")
    public let differentSpaces = Message(
        "audit_causes.different_spaces",
        en: "whether these belong together: the sides name different spaces.",
        zh: "两方是否属于同一空间：所记空间不同。")
    public let differentEpochs = Message(
        "audit_causes.different_epochs",
        en: "who is behind: the sides follow different epochs of the hub.",
        zh: "哪一方落后：两方处于中心的不同纪元。")
    public let evidenceUnreadable = Message(
        "audit_causes.evidence_unreadable",
        en: "some pending changes or receipts, which cannot be read; a cause may be missing.",
        zh: "部分待签收修改或回执无法读取；可能缺少原因。")

    // Why it could not be completed.
    public let changedWhileRead = Message(
        "audit_causes.changed_while_read", en: "{name} was written while it was read.",
        zh: "读取 {name} 时它被写入。")
    public let changedWhileReadMend = Message(
        "audit_causes.changed_while_read_mend", en: "Run it again, or compare a copy.",
        zh: "请重新运行，或比对其副本。")
    public let hubMovedOn = Message(
        "audit_causes.hub_moved_on", en: "The hub {name} took new batches while it was asked.",
        zh: "询问期间中心 {name} 收到了新批次。")
    public let hubMovedOnMend = Message(
        "audit_causes.hub_moved_on_mend", en: "Run it again when it is quieter.",
        zh: "请在较空闲时重新运行。")
    public let contradiction = Message(
        "audit_causes.contradiction",
        en: "An answer of {name} does not hold against what the hub signed ({detail}).",
        zh: "{name} 的回答与中心的签名不符（{detail}）。")
    public let contradictionMend = Message(
        "audit_causes.contradiction_mend",
        en: "Check the hub's key and what stands between; then `sync-audit verify` the hub.",
        zh: "检查中心公钥及中间环节；再对中心运行 `sync-audit verify`。")
    public let tokenMissing = Message(
        "audit_causes.token_missing", en: "The hub {name} answers joined devices only.",
        zh: "中心 {name} 只回答已加入的设备。")
    public let tokenMissingMend = Message(
        "audit_causes.token_missing_mend",
        en: "Name a joined device's key file or token with --token-file.",
        zh: "请用 --token-file 给出已加入设备的密钥文件或令牌。")
    public let badOption = Message(
        "audit_causes.bad_option", en: "{option} cannot be read: {text}",
        zh: "无法读取 {option}：{text}")
    public let badOptionMend = Message(
        "audit_causes.bad_option_mend", en: "Give it like this: {example}", zh: "请这样写：{example}")
}

extension Messages {
    public static let auditCauses = AuditCauseMessages()
}
