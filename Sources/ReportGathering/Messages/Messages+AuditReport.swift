public import CommandKit

/// What `sync-audit report` says, on the terminal and of its inputs in the report.
public struct AuditReportMessages: MessageTopic {
    // Help.
    public let abstract = Message(
        "audit_report.abstract",
        en: "Write a report that a person reads in any browser, in English and Chinese.",
        zh: "生成可在任何浏览器中阅读的报告，中英文双语。")
    public let fileHelp = Message(
        "audit_report.file_help", en: "A replica's file, or a hub's data folder or file.",
        zh: "副本文件，或中心的数据文件夹或文件。")
    public let diffHelp = Message(
        "audit_report.diff_help", en: "Compare with this replica or hub.",
        zh: "与该副本或中心比对。")
    public let htmlHelp = Message(
        "audit_report.html_help", en: "Where to write the report.", zh: "报告写到哪里。")
    public let againstHelp = Message(
        "audit_report.against_help",
        en: "Also check the heads and receipts that this replica holds; may be repeated.",
        zh: "同时核对该副本持有的日志头和签收回执；可重复。")
    public let sinceHelp = Message(
        "audit_report.since_help",
        en: "Also check that the log extends this checkpoint; may be repeated.",
        zh: "同时核对日志是该检查点的延续；可重复。")
    public let hubKeyHelp = Message(
        "audit_report.hub_key_help", en: "The hub's key as you know it, 64 hex digits.",
        zh: "你所知的中心公钥，64 位十六进制数字。")
    public let forceHelp = Message(
        "audit_report.force_help", en: "Replace a file that is no report. Never an input.",
        zh: "替换并非报告的文件。绝不替换审计对象。")

    // The file.
    public let overInput = Message(
        "audit_report.over_input", en: "{path} belongs to what is audited.",
        zh: "{path} 属于审计对象。")
    public let overInputMend = Message(
        "audit_report.over_input_mend", en: "Give another name after --html.",
        zh: "请在 --html 后换一个文件名。")
    public let notAReport = Message(
        "audit_report.not_a_report", en: "{path} is there already and is no report of ours.",
        zh: "{path} 已存在，且不是本程序的报告。")
    public let notAReportMend = Message(
        "audit_report.not_a_report_mend", en: "Give another name, or --force to replace it.",
        zh: "请换一个文件名，或用 --force 替换。")
    public let notAFile = Message(
        "audit_report.not_a_file", en: "A report is of files, and {name} is an address.",
        zh: "报告针对文件，而 {name} 是网络地址。")
    public let notAFileMend = Message(
        "audit_report.not_a_file_mend",
        en: "Name a replica's file or a hub's data folder; 'sync-audit diff' takes addresses.",
        zh: "请指定副本文件或中心的数据文件夹；“sync-audit diff”可用网络地址。")
    public let badKey = Message(
        "audit_report.bad_key", en: "--hub-key is not a key.", zh: "--hub-key 不是公钥。")
    public let badKeyMend = Message(
        "audit_report.bad_key_mend",
        en: "A key has 64 hex digits; 'sync-hub status --json' shows it.",
        zh: "公钥为 64 位十六进制数字，可用“sync-hub status --json”查看。")
    public let writtenOk = Message(
        "audit_report.written_ok", en: "Nothing wrong was found. Report: {path}",
        zh: "未发现问题。报告：{path}")
    public let writtenFound = Message(
        "audit_report.written_found",
        en: "{problems} {problems|problem|problems}, {differences} "
            + "{differences|difference|differences}. Report: {path}",
        zh: "问题 {problems} 处，差异 {differences} 处。报告：{path}")
    public let writtenIncomplete = Message(
        "audit_report.written_incomplete",
        en: "The audit could not be completed; the report says why: {path}",
        zh: "审计未能完成，原因见报告：{path}")

    // Counts.
    public let recordsTitle = Message(
        "audit_report.records_title", en: "Records by collection", zh: "各类记录")
    public let collection = Message("audit_report.collection", en: "Collection", zh: "类别")
    public let live = Message("audit_report.live", en: "Live", zh: "现有")
    public let deleted = Message("audit_report.deleted", en: "Deleted", zh: "已删除")
    public let unreadableRows = Message(
        "audit_report.unreadable_rows", en: "Rows that cannot be read", zh: "无法读取的行")
    public let rowsInFile = Message(
        "audit_report.rows_in_file", en: "rows in the file's table of records",
        zh: "文件记录表的行数")
    public let batchesTitle = Message(
        "audit_report.batches_title", en: "Batches in the journal", zh: "日志中的批次")
    public let batches = Message("audit_report.batches", en: "Batches", zh: "批次")
    public let signedSize = Message(
        "audit_report.signed_size", en: "journal size that the hub signed last",
        zh: "中心最近签名的日志长度")
    public let changesTitle = Message(
        "audit_report.changes_title", en: "Changes in the journal", zh: "日志中的改动")
    public let applied = Message("audit_report.applied", en: "Taken by the hub", zh: "中心已采用")
    public let quarantined = Message("audit_report.quarantined", en: "In quarantine", zh: "已隔离")
    public let verifiedChanges = Message(
        "audit_report.verified_changes", en: "changes that the verification read",
        zh: "验证时读到的改动数")
    public let ownTitle = Message(
        "audit_report.own_title", en: "The device's own changes", zh: "本设备的改动")
    public let place = Message("audit_report.place", en: "Where they are", zh: "所处状态")
    public let changes = Message("audit_report.changes", en: "Changes", zh: "改动")
    public let sealed = Message(
        "audit_report.sealed", en: "Signed, no receipt yet", zh: "已签名，尚无签收")
    public let unsealed = Message(
        "audit_report.unsealed", en: "Saved, not signed yet", zh: "已保存，尚未签名")
    public let receiptedAndPending = Message(
        "audit_report.receipted_and_pending",
        en: "{receipted} with receipts and {pending} pending",
        zh: "已签收 {receipted}，待签收 {pending}")

    // Listings.
    public let importsTitle = Message("audit_report.imports_title", en: "Imports", zh: "导入")
    public let importsNote = Message(
        "audit_report.imports_note",
        en: "Files that brought records of events long before; one line each.",
        zh: "带来较早事件记录的文件，每个文件一行。")
    public let file = Message("audit_report.file", en: "File", zh: "文件")
    public let newRows = Message("audit_report.new_rows", en: "New rows", zh: "新增行数")
    public let firstEvent = Message("audit_report.first_event", en: "First event", zh: "最早事件")
    public let lastEvent = Message("audit_report.last_event", en: "Last event", zh: "最晚事件")
    public let lateTitle = Message(
        "audit_report.late_title", en: "Recorded far from the event", zh: "录入时间与事件相差较远")
    public let lateNote = Message(
        "audit_report.late_note",
        en: "More than a day between event and entry, imports left out. Not wrong in itself. "
            + "Records with an event time: {examined}.",
        zh: "事件与录入相差一天以上（不含导入）。本身并不一定有误。有事件时间的记录：{examined} 条。")
    public let record = Message("audit_report.record", en: "Record", zh: "记录")
    public let device = Message("audit_report.device", en: "Device", zh: "设备")
    public let event = Message("audit_report.event", en: "Event", zh: "事件时间")
    public let recorded = Message("audit_report.recorded", en: "Recorded", zh: "录入时间")
    public let apart = Message("audit_report.apart", en: "Apart", zh: "相差")
    public let position = Message("audit_report.position", en: "Position", zh: "位置")
    public let conflictsTitle = Message(
        "audit_report.conflicts_title", en: "Conflicts", zh: "冲突")
    public let conflictsNote = Message(
        "audit_report.conflicts_note",
        en: "Values that two devices wrote without knowing of each other: {all}, of which "
            + "{open} open. Rows that cannot be read: {unreadable}.",
        zh: "两台设备互不知情时写下的不同值：共 {all} 处，未处理 {open} 处。无法读取：{unreadable} 行。")
    public let field = Message("audit_report.field", en: "Field", zh: "字段")
    public let kept = Message("audit_report.kept", en: "Kept", zh: "保留")
    public let lost = Message("audit_report.lost", en: "Lost", zh: "落选")
    public let conflictState = Message("audit_report.conflict_state", en: "State", zh: "状态")
    public let open = Message("audit_report.open", en: "open", zh: "未处理")
    public let settled = Message(
        "audit_report.settled", en: "settled by {device}, {time}", zh: "{device} 于 {time} 处理")
}

extension Messages {
    public static let auditReport = AuditReportMessages()
}
