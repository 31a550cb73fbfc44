public import CommandKit

/// What `sync-field import` and `report` say.
public struct FieldReportMessages: MessageTopic {
    public let importing = Message("field_reports.importing", en: "Importing", zh: "导入")
    public let rowsRead = Message(
        "field_reports.rows_read",
        en: "Read {n} {n|row|rows} ({encoding}).", zh: "读取 {n} 行（{encoding}）。")
    public let rowsNew = Message("field_reports.rows_new", en: "New", zh: "新增")
    public let rowsPresent = Message("field_reports.rows_present", en: "Already here", zh: "已有")
    public let rowsRejected = Message("field_reports.rows_rejected", en: "Rejected", zh: "未导入")
    public let columnsIgnored = Message(
        "field_reports.columns_ignored",
        en: "Columns that name no field were left out: {names}", zh: "以下列没有对应的字段，已忽略：{names}")
    public let rejectsWritten = Message(
        "field_reports.rejects_written",
        en:
            "The rejected rows, each with its reason, are in {path}. Mend them and import that file.",
        zh: "未导入的行及原因在 {path}。改好后导入该文件即可。")
    public let moreRejected = Message(
        "field_reports.more_rejected", en: "… and {n} more", zh: "……还有 {n} 行")
    public let operatorsOnly = Message(
        "field_reports.operators_only",
        en: "Patrol points are the operator's: a field device cannot import them.",
        zh: "巡防点位由管理员维护，终端不能导入。")
    public let operatorsOnlyMend = Message(
        "field_reports.operators_only_mend",
        en: "Send the file to the operator, who runs 'sync-hub point import'.",
        zh: "请把文件交给管理员，由管理员运行“sync-hub point import”。")

    public let period = Message(
        "field_reports.period",
        en: "Shifts {from} to {to} ({zone})", zh: "{from} 至 {to} 班（{zone}）")
    public let wholeLog = Message(
        "field_reports.whole_log", en: "The whole log ({zone})", zh: "全部记录（{zone}）")
    public let beginning = Message("field_reports.beginning", en: "the beginning", zh: "最早")
    public let today = Message("field_reports.today", en: "the latest", zh: "最近")
    public let figureHeader = Message("field_reports.figure_header", en: "Figure", zh: "项目")
    public let totalHeader = Message("field_reports.total_header", en: "Total", zh: "合计")
    public let coverage = Message(
        "field_reports.coverage",
        en: "Required visits made: {made} of {required} (in {visited} {visited|night|nights} with "
            + "visits, of {shifts}; {points} {points|point|points})",
        zh: "必巡完成：{made}/{required}（{shifts} 班，计入有到访的 {visited} 班；{points} 个点位）")
    public let unvisited = Message(
        "field_reports.unvisited",
        en: "{n} {n|point|points} without a visit: {points}", zh: "未到过的点位 {n} 个：{points}")
    public let pageWritten = Message(
        "field_reports.page_written", en: "Wrote the page: {path}", zh: "网页已写入：{path}")
    public let gridHeader = Message("field_reports.grid_header", en: "Grid", zh: "网格")
    public let shiftHeader = Message("field_reports.shift_header", en: "Shift", zh: "班次")
    public let noGroup = Message("field_reports.no_group", en: "(none)", zh: "（无）")
    public let wrongPeriod = Message(
        "field_reports.wrong_period",
        en: "--from is after --to.", zh: "--from 晚于 --to。")
    public let wrongPeriodMend = Message(
        "field_reports.wrong_period_mend",
        en: "Swap the two dates.", zh: "请把两个日期对调。")

    // Export.
    public let exportAbstract = Message(
        "field_reports.export_abstract",
        en: "Write the records as CSV for a spreadsheet, or with --json one object a line.",
        zh: "把记录导出为表格用的 CSV；加 --json 则每行一个 JSON 对象。")
    public let exportCollection = Message(
        "field_reports.export_collection",
        en: "Which collection, such as stops; with --json any number, all by default.",
        zh: "导出哪一类，例如 stops；加 --json 时可多类，默认全部。")
    public let exportOutput = Message(
        "field_reports.export_output", en: "A new file; - writes to standard output.",
        zh: "新文件；写 - 表示输出到标准输出。")
    public let exportOne = Message(
        "field_reports.export_one", en: "A CSV file holds one collection.",
        zh: "一个 CSV 文件只能放一类记录。")
    public let exportOneMend = Message(
        "field_reports.export_one_mend",
        en: "Give one --collection of {names}, or --json for all.",
        zh: "请用 --collection 指定一类（{names}），或用 --json 导出全部。")
    public let exported = Message(
        "field_reports.exported", en: "Wrote {n} {n|record|records} to {path}.",
        zh: "已将 {n} 条记录写入 {path}。")
    public let exportLeftOut = Message(
        "field_reports.export_left_out",
        en: "Fields of a newer version have no column: {names}. Use --json to have them.",
        zh: "新版本的字段没有对应的列：{names}。用 --json 可全部导出。")
    public let exportTurned = Message(
        "field_reports.export_turned",
        en: "{n} {n|value holds|values hold} characters that turn the direction of text; "
            + "they are exported as they are.",
        zh: "{n} 个值含有改变文字方向的字符，已原样导出。")
}

extension Messages {
    public static let fieldReports = FieldReportMessages()
}
