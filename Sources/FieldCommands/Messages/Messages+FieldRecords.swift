public import CommandKit

/// What `sync-field` says about saved records.
public struct FieldRecordMessages: MessageTopic {
    public let saved = Message(
        "field_records.saved", en: "Saved {id}{shift}: {line}", zh: "已保存 {id}{shift}：{line}")
    public let ofShift = Message("field_records.of_shift", en: ", shift {shift}", zh: "，{shift} 班")
    public let changed = Message(
        "field_records.changed",
        en: "Saved the change of {id}{shift}: {line}", zh: "已保存修改 {id}{shift}：{line}")
    public let noPointList = Message(
        "field_records.no_point_list",
        en: "There is no point list on this device yet: the code was taken as it is.",
        zh: "本机还没有点位表，编号未经核对。")
    public let asIsQuestion = Message(
        "field_records.as_is_question", en: "Is it right all the same?", zh: "确实如此吗？")
    public let whichOne = Message(
        "field_records.which_one", en: "Which one is meant?", zh: "指的是哪一个？")
    public let keepAsTyped = Message(
        "field_records.keep_as_typed", en: "Keep it as typed", zh: "照输入的保留")
    public let unchanged = Message(
        "field_records.unchanged",
        en: "Nothing to save: {id} is like that already.", zh: "无需保存：{id} 已经是这样。")
    public let deleted = Message(
        "field_records.deleted",
        en: "Deleted {id}: {line}. To bring it back: sync-field {noun} restore {id}",
        zh: "已删除 {id}：{line}。要恢复：sync-field {noun} restore {id}")
    public let deletedAlready = Message(
        "field_records.deleted_already", en: "{id} was deleted before.", zh: "{id} 之前已删除。")
    public let restored = Message(
        "field_records.restored", en: "Restored {id}: {line}", zh: "已恢复 {id}：{line}")
    public let notDeleted = Message(
        "field_records.not_deleted", en: "{id} was not deleted.", zh: "{id} 没有被删除。")
    public let staysDeleted = Message(
        "field_records.stays_deleted",
        en: "This record is deleted. To bring it back: sync-field {noun} restore {id}",
        zh: "这条记录已被删除。要恢复：sync-field {noun} restore {id}")
    public let isDeleted = Message("field_records.is_deleted", en: "deleted", zh: "已删除")
    public let personalKept = Message(
        "field_records.personal_kept",
        en: "Kept what looks like personal data, as you asked; the record says so.",
        zh: "已按要求保留疑似个人信息，记录中已注明。")
    public let clockCorrected = Message(
        "field_records.clock_corrected",
        en:
            "This device's clock is {difference}; times were corrected by that. Please set the clock.",
        zh: "本机时钟{difference}，时间已按此更正。请校准时钟。")
    public let clockFast = Message("field_records.clock_fast", en: "{time} fast", zh: "快了 {time}")
    public let clockSlow = Message("field_records.clock_slow", en: "{time} slow", zh: "慢了 {time}")

    // Listings.
    public let none = Message("field_records.none", en: "No records.", zh: "没有记录。")
    public let rowsLeftOut = Message(
        "field_records.rows_left_out",
        en: "Showing the latest {shown} of {n}.", zh: "共 {n} 条，只显示最近 {shown} 条。")
    public let idHeader = Message("field_records.id_header", en: "ID", zh: "编号")
    public let collectionHeader = Message(
        "field_records.collection_header", en: "Collection", zh: "类别")
    public let labelHeader = Message("field_records.label_header", en: "What it is", zh: "说明")
    public let countHeader = Message("field_records.count_header", en: "Records", zh: "记录数")
    public let contentHeader = Message("field_records.content_header", en: "Content", zh: "内容")
    public let stateHeader = Message("field_records.state_header", en: "State", zh: "状态")
    public let shiftLabel = Message("field_records.shift_label", en: "Shift", zh: "班次")
    public let writtenBy = Message(
        "field_records.written_by", en: "{time}, {device}", zh: "{time}，{device}")
    public let thisDevice = Message("field_records.this_device", en: "this device", zh: "本机")
    public let unknownDevice = Message(
        "field_records.unknown_device", en: "device {id}", zh: "设备 {id}")
    public let hub = Message("field_records.hub", en: "the hub", zh: "中心")

    public let rowHeader = Message("field_records.row_header", en: "#", zh: "#")
    public let columnsLeftOut = Message(
        "field_records.columns_left_out",
        en: "No room for: {names}. See 'show' or a wider window.",
        zh: "显示不下：{names}。请用 show 查看，或加宽窗口。")

    public let readCopy = Message(
        "field_records.read_copy",
        en: "{path} cannot be written to; a copy of it is read.", zh: "{path} 无法写入，以下读自它的副本。")

    // Refusals.
    public let rowUnknown = Message(
        "field_records.row_unknown",
        en: "The last list has no row {row}.", zh: "上一次的列表里没有第 {row} 行。")
    public let rowUnknownMend = Message(
        "field_records.row_unknown_mend",
        en: "List them first, as with 'sync-field {noun} list', or name the record by its id.",
        zh: "请先列出，例如“sync-field {noun} list”，或写记录的编号。")
    public let idInvalid = Message(
        "field_records.id_invalid",
        en: "'{id}' is no row number and no id: at least {n} digits of 0–9 and a–f",
        zh: "“{id}”不是行号，也不是编号：至少 {n} 位，由 0–9 和 a–f 组成")
    public let idInvalidMend = Message(
        "field_records.id_invalid_mend",
        en: "Copy it from the list, or write 'last' for the newest record made here.",
        zh: "请从列表里复制，或写 last 表示本机最新的一条。")
    public let noLast = Message(
        "field_records.no_last",
        en: "This device has saved no such record yet.", zh: "本机还没有登记过这样的记录。")
    public let noLastMend = Message(
        "field_records.no_last_mend",
        en: "Name a record by its id.", zh: "请写记录的编号。")
    public let nothingToChange = Message(
        "field_records.nothing_to_change",
        en: "There is nothing to change.", zh: "没有写要修改什么。")
    public let nothingToChangeMend = Message(
        "field_records.nothing_to_change_mend",
        en: "Name a field, such as {example}, or empty one with --clear.",
        zh: "请写要修改的字段，例如 {example}，或用 --clear 清空。")
    public let setAndCleared = Message(
        "field_records.set_and_cleared",
        en: "{field} is both set and cleared.", zh: "{field} 既要填写又要清空。")
    public let setAndClearedMend = Message(
        "field_records.set_and_cleared_mend", en: "Leave one of them out.", zh: "请去掉其中一个。")
    public let leftAlready = Message(
        "field_records.left_already",
        en: "This stop ended at {time} already.", zh: "这次停留已在 {time} 结束。")
    public let leftAlreadyMend = Message(
        "field_records.left_already_mend",
        en: "If that is wrong, name the time with --at.", zh: "如果不对，请用 --at 写明时间。")
    public let filterInvalid = Message(
        "field_records.filter_invalid",
        en: "'{text}' is no condition.", zh: "“{text}”不是条件。")
    public let filterInvalidMend = Message(
        "field_records.filter_invalid_mend",
        en: "Write field=value, such as {example}.", zh: "请写成 字段=值，例如 {example}。")
    public let fieldUnknown = Message(
        "field_records.field_unknown",
        en: "No record has a field '{name}'.", zh: "没有记录含有字段“{name}”。")
    public let fieldUnknownMend = Message(
        "field_records.field_unknown_mend", en: "Use one of: {names}.", zh: "可用的字段：{names}。")
    public let dateInvalid = Message(
        "field_records.date_invalid",
        en: "'{text}' cannot be read as a date.", zh: "“{text}”不是日期。")
    public let dateInvalidMend = Message(
        "field_records.date_invalid_mend",
        en: "Write it as {example}, or 'tonight' or 'yesterday'.", zh: "请写成 {example}，或“今晚”“昨晚”。")
    public let collectionUnknown = Message(
        "field_records.collection_unknown",
        en: "There is no collection '{name}'.", zh: "没有类别“{name}”。")
    public let collectionUnknownMend = Message(
        "field_records.collection_unknown_mend",
        en: "Use one of: {names}.", zh: "可用的类别：{names}。")
}

extension Messages {
    public static let fieldRecords = FieldRecordMessages()
}
