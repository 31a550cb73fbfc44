import OutreachSchema

/// The report's own words.
enum ReportTexts {
    static let title = BilingualText(en: "Audit of an outreach log", zh: "外勤日志审计报告")
    static let comparisonTitle = BilingualText(
        en: "Comparison of two outreach logs",
        zh: "两份外勤日志比对报告")

    // Verdict
    static let allInOrder = BilingualText(
        en: "Everything that was checked is in order",
        zh: "已检查的内容全部正常")
    static let identical = BilingualText(en: "The two are the same", zh: "两者一致")
    static let problemsFound = BilingualText(en: "There are problems", zh: "发现问题")
    static let differ = BilingualText(en: "The two differ", zh: "两者不一致")
    static let notCompleted = BilingualText(
        en: "The audit could not be completed",
        zh: "审计未能完成")
    static let leadSingle = BilingualText(
        en: "Problems: {problems}. Checks passed: {passed}. Not checked: {open}.",
        zh: "问题：{problems}。通过的检查：{passed} 项。未检查：{open} 项。")
    static let leadComparison = BilingualText(
        en: "Records that differ: {differences}. Problems: {problems}. Checks passed: "
            + "{passed}. Not checked: {open}.",
        zh: "不同的记录：{differences}。问题：{problems}。通过的检查："
            + "{passed} 项。未检查：{open} 项。")

    // Scope
    static let checked = BilingualText(en: "What was checked", zh: "检查了什么")
    static let notChecked = BilingualText(en: "What was not checked", zh: "没有检查什么")
    static let nothing = BilingualText(en: "Nothing.", zh: "无。")
    static let passed = BilingualText(en: "In order:", zh: "正常：")
    static let failed = BilingualText(en: "Not in order:", zh: "不正常：")
    static let notDone = BilingualText(en: "Open:", zh: "未检查：")

    // Findings
    static let findings = BilingualText(en: "Findings", zh: "发现的问题")
    static let noFindings = BilingualText(en: "None.", zh: "无。")
    static let number = BilingualText(en: "No.", zh: "序号")
    static let finding = BilingualText(en: "What", zh: "问题")
    static let place = BilingualText(en: "Where", zh: "位置")
    static let evidence = BilingualText(en: "Evidence", zh: "证据")
    static let mend = BilingualText(en: "What to do", zh: "处理办法")

    // Differences
    static let differences = BilingualText(en: "Differences", zh: "差异")
    static let noDifferences = BilingualText(
        en: "None: every record is the same in both, values and stamps.",
        zh: "无：两边每条记录的值和时间戳都相同。")
    static let causePicture = BilingualText(
        en: "Records that differ, by cause",
        zh: "按原因统计的不同记录")
    static let differingRecords = BilingualText(en: "Records that differ", zh: "不同的记录")
    static let record = BilingualText(en: "Record", zh: "记录")
    static let records = BilingualText(en: "Records", zh: "记录数")
    static let side = BilingualText(en: "In", zh: "所在")
    static let onlyA = BilingualText(en: "only A", zh: "仅 A")
    static let onlyB = BilingualText(en: "only B", zh: "仅 B")
    static let inBoth = BilingualText(en: "both", zh: "两边")
    static let cause = BilingualText(en: "Cause", zh: "原因")
    static let meaning = BilingualText(en: "What it means", zh: "含义")
    static let field = BilingualText(en: "Field", zh: "字段")
    static let absent = BilingualText(en: "(none)", zh: "（无）")

    // Counts
    static let counts = BilingualText(en: "Counts", zh: "数量")
    static let sum = BilingualText(en: "Sum", zh: "合计")
    static let figures = BilingualText(en: "What the live records say", zh: "现有记录的统计")
    static let figuresNote = BilingualText(
        en: "Deleted records are left out.",
        zh: "不含已删除的记录。")
    static let figure = BilingualText(en: "Figure", zh: "项目")
    static let andMore = BilingualText(
        en: "… and {n} more, not shown here.",
        zh: "……还有 {n} 项，此处未列出。")

    // The end
    static let command = BilingualText(
        en: "How to make this report again",
        zh: "如何重新生成本报告")
    static let commandNote = BilingualText(
        en: "The same inputs give the same report, byte for byte:",
        zh: "相同的输入会得到逐字节相同的报告：")
}
