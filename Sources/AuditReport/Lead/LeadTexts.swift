package import OutreachSchema

/// The words of a lead's page.
package enum LeadTexts {
    static let title = BilingualText(en: "Outreach in {space}", zh: "{space}工作情况")
    static let period = BilingualText(
        en: "Shifts {from} to {to} ({zone}); visits in {visited} of {nights} nights.",
        zh: "{from} 至 {to} 班（{zone}）；{nights} 班中有 {visited} 班有到访。")
    static let figures = BilingualText(en: "Figures", zh: "数据")
    static let figure = BilingualText(en: "Figure", zh: "项目")
    static let now = BilingualText(en: "This period", zh: "本期")
    static let before = BilingualText(en: "Period before", zh: "上期")
    static let change = BilingualText(en: "Change", zh: "增减")
    static let noBefore = BilingualText(
        en: "Without a period there is none before it to compare with: use --from and --to.",
        zh: "未限定期间，没有上期可比：请用 --from 和 --to。")
    static let coverage = BilingualText(
        en: "Required visits by night and grid", zh: "各网格每班必巡完成情况")
    static let coverageLead = BilingualText(
        en: "{made} of {required} required visits were made ({share}).",
        zh: "必巡 {required} 次，完成 {made} 次（{share}）。")
    static let noCoverage = BilingualText(
        en: "There are no points or no visits.", zh: "没有点位或没有到访。")
    static let legend = BilingualText(
        en: "Empty with a dot: none; light: some; dark: all.", zh: "空格带点：没有；浅色：部分；深色：全部。")
    static let stopsByGrid = BilingualText(en: "Stops by grid", zh: "各网格停留次数")
    static let found = BilingualText(
        en: "Hazards found in the period, by department", zh: "本期发现的隐患（按部门）")
    static let waiting = BilingualText(
        en: "Hazards that wait, by age and department", zh: "未了结的隐患（按天数和部门）")
    package static let department = BilingualText(en: "Department", zh: "部门")
    package static let nobody = BilingualText(en: "not assigned", zh: "未指派")
    static let none = BilingualText(en: "None.", zh: "无。")
    package static let ages = [
        BilingualText(en: "up to 1 day", zh: "1 天以内"),
        BilingualText(en: "2–7 days", zh: "2–7 天"),
        BilingualText(en: "8–30 days", zh: "8–30 天"),
        BilingualText(en: "longer", zh: "更久"),
    ]
}
