public import CommandKit

/// What `sync-field undo` says.
public struct FieldUndoMessages: MessageTopic {
    public let creation = Message(
        "field_undo.creation", en: "Taken back, {id} is deleted: {line}", zh: "已撤销，{id} 已删除：{line}")
    public let edit = Message(
        "field_undo.edit", en: "Taken back, {id} is as before: {line}", zh: "已撤销，{id} 恢复原样：{line}")
    public let deletion = Message(
        "field_undo.deletion", en: "Taken back, {id} is there again: {line}",
        zh: "已撤销，{id} 重新出现：{line}")
    public let restoring = Message(
        "field_undo.restoring", en: "Taken back, {id} is deleted again: {line}",
        zh: "已撤销，{id} 再次删除：{line}")
    public let unchanged = Message(
        "field_undo.unchanged", en: "Nothing to change, {id} is like that already: {line}",
        zh: "无需更改，{id} 已是这样：{line}")
    public let would = Message(
        "field_undo.would", en: "(dry run) {text}", zh: "（试运行）{text}")
    public let summary = Message(
        "field_undo.summary",
        en: "Taken back: the import of {file}, {n} {n|record|records}.",
        zh: "已撤销 {file} 的导入，共 {n} 条记录。")
    public let many = Message(
        "field_undo.many", en: "Taken back: {n} {n|record|records}.", zh: "已撤销，共 {n} 条记录。")
    public let again = Message(
        "field_undo.again",
        en: "To have it as it was: sync-field undo --redo", zh: "要重做：sync-field undo --redo")
    public let hint = Message(
        "field_undo.hint", en: "To take it back: sync-field undo", zh: "要撤销：sync-field undo")

    // History.
    public let historyAbstract = Message(
        "field_undo.history_abstract",
        en: "Tell each value of each field of a record: who wrote it, when, what stood against it.",
        zh: "查看一条记录每一项写过的每个值：谁写的、何时、与什么冲突。")
    public let historyLimits = Message(
        "field_undo.history_limits",
        en: "As far as this device holds it. With --from-hub the hub tells the rest.",
        zh: "以本机所存为限；加 --from-hub 由中心补全。")
    public let fromHubHelp = Message(
        "field_undo.from_hub_help",
        en: "Fetch what the hub's journal holds of the record too, and check it against the log",
        zh: "同时取回中心日志中该记录的内容，并与日志核对")
    public let whenHeader = Message("field_undo.when_header", en: "Saved", zh: "保存时间")
    public let valueHeader = Message("field_undo.value_header", en: "Value", zh: "值")
    public let deviceHeader = Message("field_undo.device_header", en: "Device", zh: "设备")
    public let hubHeader = Message("field_undo.hub_header", en: "On the hub", zh: "在中心")
    public let atPosition = Message("field_undo.at_position", en: "position {n}", zh: "位置 {n}")
    public let lostTo = Message("field_undo.lost_to", en: "lost conflict {id}", zh: "冲突中被盖掉 {id}")

    public let since = Message(
        "field_undo.since",
        en: "{device} has written {fields} of {id} since.", zh: "之后{device}写过 {id} 的{fields}。")
    public let sinceQuestion = Message(
        "field_undo.since_question",
        en: "{text} Take it back all the same?", zh: "{text}仍要撤销吗？")
    public let sinceMend = Message(
        "field_undo.since_mend",
        en: "Look at it with 'sync-field why'; --force takes it back all the same.",
        zh: "请用“sync-field why”查看；加 --force 仍然撤销。")
    public let nothing = Message(
        "field_undo.nothing",
        en: "There is nothing of this device to take back.", zh: "没有可以撤销的本机操作。")
    public let nothingMend = Message(
        "field_undo.nothing_mend",
        en: "What other devices wrote is changed with 'edit', 'delete' or 'restore'.",
        zh: "其他设备写的内容请用 edit、delete 或 restore 修改。")
    public let lost = Message(
        "field_undo.lost",
        en: "What {fields} of {id} held before is not kept on this device.",
        zh: "本机没有留下 {id} 的{fields}以前的内容。")
    public let lostMend = Message(
        "field_undo.lost_mend",
        en: "Set it with 'edit'; the hub's auditor can find the old value.",
        zh: "请用 edit 改写；原来的内容可由审计员查到。")
    public let oneTarget = Message(
        "field_undo.one_target",
        en: "Name one: a record, --import FILE, or --redo", zh: "只能写一个：记录、--import 文件，或 --redo")
    public let settlesOnly = Message(
        "field_undo.settles_only",
        en: "Settling a conflict without changing a value cannot be taken back.",
        zh: "没有改变内容的冲突处理不能撤销。")
    public let settlesOnlyMend = Message(
        "field_undo.settles_only_mend",
        en: "Set the value that should stand with 'edit'.", zh: "请用 edit 写上应有的内容。")
}

extension Messages {
    public static let fieldUndo = FieldUndoMessages()
}
