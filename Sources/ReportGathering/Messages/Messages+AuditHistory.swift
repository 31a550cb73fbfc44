public import CommandKit

/// What `sync-audit history` and `conflicts` say.
public struct AuditHistoryMessages: MessageTopic {
    // Help.
    public let abstract = Message(
        "audit_history.abstract",
        en: "Show every value a record had, or events recorded far from when they were.",
        zh: "查看一条记录有过的所有值，或查看补录、早录的记录。")
    public let conflictsAbstract = Message(
        "audit_history.conflicts_abstract",
        en: "List values that two devices wrote without knowing of each other.",
        zh: "列出两台设备互不知情时写下的不同值。")
    public let fileHelp = Message(
        "audit_history.file_help", en: "A replica's file, or a hub's data folder or file.",
        zh: "副本文件，或中心的数据文件夹或文件。")
    public let recordHelp = Message(
        "audit_history.record_help", en: "The beginning of the record's id, or collection/ID.",
        zh: "记录编号的开头，或“集合/编号”。")
    public let backdatedHelp = Message(
        "audit_history.backdated_help",
        en: "List records whose event is far from when it was recorded; imports by file.",
        zh: "列出事件时间与录入时间相差很远的记录；导入的按文件列出。")
    public let afterHelp = Message(
        "audit_history.after_help", en: "How far apart is far, such as 24h or 7d.",
        zh: "相差多久算远，例如 24h 或 7d。")
    public let openHelp = Message(
        "audit_history.open_help", en: "Only those that nobody has settled.",
        zh: "只列出还没有处理的。")

    // What a change did.
    public let created = Message("audit_history.created", en: "created", zh: "新建")
    public let edited = Message("audit_history.edited", en: "edited", zh: "修改")
    public let deleted = Message("audit_history.deleted", en: "deleted", zh: "删除")
    public let restored = Message("audit_history.restored", en: "restored", zh: "恢复")
    public let settling = Message("audit_history.settling", en: "settled", zh: "处理冲突")
    public let nothing = Message("audit_history.nothing", en: "(empty)", zh: "（空）")
    public let deletion = Message("audit_history.deletion", en: "deletion", zh: "删除")

    // Where a change is.
    public let received = Message(
        "audit_history.received", en: "received {time}, batch {batch}",
        zh: "{time} 签收，第 {batch} 批")
    public let sealed = Message(
        "audit_history.sealed", en: "sealed in batch {batch}, no receipt yet",
        zh: "已封入第 {batch} 批，尚无签收")
    public let saved = Message(
        "audit_history.saved", en: "saved on the device only", zh: "只存在设备上")
    public let held = Message(
        "audit_history.held", en: "refused by the hub ({reason}), kept aside",
        zh: "中心拒收（{reason}），单独存放")
    public let suspect = Message(
        "audit_history.suspect",
        en: "its clock said {claimed}; the hub did not believe it and put the change just after "
            + "what its writer had seen",
        zh: "设备时钟写的是 {claimed}；中心不采信，把它排在写入者见过的内容之后")
    public let quarantined = Message(
        "audit_history.quarantined",
        en: "in quarantine, not applied: the device's role may not write this ({reason})",
        zh: "已隔离，没有生效：该设备的角色不能这样写（{reason}）")

    public let written = Message(
        "audit_history.written", en: "{field}: {value}", zh: "{field}：{value}")

    // Which rule decided.
    public let replaces = Message(
        "audit_history.replaces", en: "replaces {value} ({device}, {time}): later stamp wins",
        zh: "替换 {value}（{device}，{time}）：时间戳较晚者优先")
    public let replacesEqual = Message(
        "audit_history.replaces_equal",
        en: "replaces {value}: equal stamps, so the key was copied; the larger bytes win",
        zh: "替换 {value}：时间戳相同，说明密钥被复制；字节较大者优先")
    public let losesToLater = Message(
        "audit_history.loses_to_later",
        en: "does not stand: {value} ({device}, {time}) has the later stamp",
        zh: "没有生效：{value}（{device}，{time}）的时间戳较晚")
    public let losesToLarger = Message(
        "audit_history.loses_to_larger",
        en: "does not stand: {value} has an equal stamp and larger bytes; the key was copied",
        zh: "没有生效：{value} 的时间戳相同而字节较大，说明密钥被复制")
    public let conflictKept = Message(
        "audit_history.conflict_kept", en: "conflict {id}: this side was kept; {state}",
        zh: "冲突 {id}：保留了这一方；{state}")
    public let conflictLost = Message(
        "audit_history.conflict_lost", en: "conflict {id}: this side was lost; {state}",
        zh: "冲突 {id}：这一方被盖掉；{state}")
    public let conflictGone = Message(
        "audit_history.conflict_gone", en: "the file no longer lists it", zh: "文件里已查不到它")
    public let settles = Message(
        "audit_history.settles", en: "settles conflict {id}", zh: "处理冲突 {id}")

    // The end.
    public let now = Message("audit_history.now", en: "Now", zh: "现在")
    public let isDeleted = Message("audit_history.is_deleted", en: "deleted", zh: "已删除")
    public let absent = Message(
        "audit_history.absent", en: "The file has no such record.", zh: "文件里没有这条记录。")
    public let author = Message(
        "audit_history.author", en: "{field}: {value}   [{device}, {time}]",
        zh: "{field}：{value}   [{device}，{time}]")
    public let agrees = Message(
        "audit_history.agrees", en: "The hub serves what its log leads to.",
        zh: "中心提供的内容与日志推出的一致。")
    public let differs = Message(
        "audit_history.differs",
        en: "The hub serves something else than its log leads to, in: {fields}. "
            + "See: sync-audit verify",
        zh: "中心提供的内容与日志推出的不一致：{fields}。请用 sync-audit verify 检查。")
    public let unreadable = Message(
        "audit_history.unreadable",
        en: "{n} {n|batch|batches} of the log cannot be read, or are not those the hub ruled on; "
            + "changes may be missing here: {rows}. See: sync-audit verify",
        zh: "日志中有 {n} 批无法读取，或不是中心裁定时的内容，这里可能缺少一些修改：{rows}。"
            + "请用 sync-audit verify 检查。")
    public let deviceOnly = Message(
        "audit_history.device_only",
        en: "This is a device's file. It has this device's changes and the present state. What "
            + "others wrote before, what each change replaced and which rule decided, only the "
            + "hub's file can tell.",
        zh: "这是一台设备的文件，只有本机的修改和现在的内容。别人先前写过什么、每次修改替换了什么、按哪条规则决定，"
            + "要看中心的文件。")

    // Conflicts.
    public let kept = Message(
        "audit_history.kept", en: "kept {value} ({device}, {time})",
        zh: "保留 {value}（{device}，{time}）")
    public let lost = Message(
        "audit_history.lost", en: "lost {value} ({device}, {time})",
        zh: "盖掉 {value}（{device}，{time}）")
    public let open = Message("audit_history.open", en: "open", zh: "未处理")
    public let openSince = Message(
        "audit_history.open_since", en: "open; listed {time}", zh: "未处理；{time} 列出")
    public let settledBy = Message(
        "audit_history.settled_by", en: "settled by {device}, {time}",
        zh: "由 {device} 于 {time} 处理")
    public let noConflicts = Message(
        "audit_history.no_conflicts", en: "No conflicts.", zh: "没有冲突。")
    public let conflictCount = Message(
        "audit_history.conflict_count", en: "{n} {n|conflict|conflicts}, {open} open",
        zh: "冲突 {n} 个，未处理 {open} 个")
    public let conflictsUnreadable = Message(
        "audit_history.conflicts_unreadable",
        en: "{n} {n|record|records} of conflicts cannot be understood: {ids}",
        zh: "有 {n} 条冲突记录无法理解：{ids}")

    // Backdating.
    public let lateCount = Message(
        "audit_history.late_count",
        en: "{n} {n|record|records} and {imports} {imports|import|imports} more than {limit} from "
            + "their events, of {examined} with an event time",
        zh: "与事件时间相差超过 {limit}：单条 {n} 条，导入 {imports} 次；共检查 {examined} 条")
    public let lateLine = Message(
        "audit_history.late_line",
        en: "{field} {event}; recorded {recorded}, {apart} later",
        zh: "{field} {event}；{recorded} 录入，晚了 {apart}")
    public let earlyLine = Message(
        "audit_history.early_line",
        en: "{field} {event}; recorded {recorded}, {apart} before it",
        zh: "{field} {event}；{recorded} 录入，早了 {apart}")
    public let lateReceived = Message(
        "audit_history.late_received", en: "received {time}, position {position}",
        zh: "{time} 签收，位置 {position}")
    public let lateUnreceived = Message(
        "audit_history.late_unreceived", en: "its receipt is not in this file",
        zh: "本文件没有它的签收")
    public let lateClaimed = Message(
        "audit_history.late_claimed", en: "its clock said {time}", zh: "设备时钟写的是 {time}")
    public let importHeading = Message(
        "audit_history.import_heading", en: "Import of {file}", zh: "导入 {file}")
    public let importRows = Message(
        "audit_history.import_rows",
        en: "{collection}: {new} new of {rows} rows, {late} of them far from their events",
        zh: "{collection}：{rows} 行中新增 {new} 行，其中 {late} 行与事件时间相差很远")
    public let importEvents = Message(
        "audit_history.import_events", en: "events {first} to {last}; recorded {recorded}",
        zh: "事件 {first} 至 {last}；{recorded} 录入")
    public let importOverfull = Message(
        "audit_history.import_overfull",
        en: "{collection}: says {new} new rows, but more records lie in its span; they are listed "
            + "one by one",
        zh: "{collection}：自称新增 {new} 行，但其时段内的记录更多；已逐条列出")
    public let lateUnreadable = Message(
        "audit_history.late_unreadable",
        en: "{n} {n|record|records} could not be looked at: the event time cannot be read.",
        zh: "有 {n} 条记录无法检查：事件时间无法读取。")

    // Errors.
    public let badID = Message(
        "audit_history.bad_id", en: "{id} is not the beginning of an id.",
        zh: "{id} 不是编号的开头。")
    public let badIDMend = Message(
        "audit_history.bad_id_mend",
        en: "Give at least {n} hex digits, or collection/ID.",
        zh: "请至少写 {n} 位十六进制数字，或写成“集合/编号”。")
    public let recordMissing = Message(
        "audit_history.record_missing", en: "{path} has no record that begins with {id}.",
        zh: "{path} 里没有以 {id} 开头的记录。")
    public let recordMissingMend = Message(
        "audit_history.record_missing_mend",
        en: "Look the id up: sync-field TYPE list, or sync-audit conflicts",
        zh: "请查编号：sync-field 类型 list，或 sync-audit conflicts")
    public let ambiguous = Message(
        "audit_history.ambiguous", en: "Several records begin with {id}: {ids}",
        zh: "有多条记录以 {id} 开头：{ids}")
    public let ambiguousMend = Message(
        "audit_history.ambiguous_mend", en: "Give more digits, or collection/ID.",
        zh: "请多写几位，或写成“集合/编号”。")
    public let isConflict = Message(
        "audit_history.is_conflict",
        en: "{id} is a conflict: the hub's rules made it, no device wrote it.",
        zh: "{id} 是冲突：由中心按规则生成，不是设备写的。")
    public let isConflictMend = Message(
        "audit_history.is_conflict_mend", en: "Ask about the record that it is about: {record}",
        zh: "请查询它所涉及的记录：{record}")
    public let oneQuestion = Message(
        "audit_history.one_question", en: "Give a record's id or --backdated: one of them.",
        zh: "请写记录编号或 --backdated 其中之一。")
    public let oneQuestionMend = Message(
        "audit_history.one_question_mend",
        en: "For example: sync-audit history {path} --backdated",
        zh: "例如：sync-audit history {path} --backdated")
}

extension Messages {
    public static let auditHistory = AuditHistoryMessages()
}
