public import CommandKit

/// What `sync-field import` and `export` say of the files that desks own.
public struct FieldDeskMessages: MessageTopic {
    public let importAbstract = Message(
        "field_desk.import_abstract",
        en: "Take over the rows of a CSV, XLSX, JSON or GeoJSON file. Doing it twice adds nothing.",
        zh: "导入 CSV、XLSX、JSON 或 GeoJSON 表格。重复导入不会产生重复记录。")
    public let file = Message(
        "field_desk.file", en: "The file: CSV, XLSX, JSON or GeoJSON.",
        zh: "文件：CSV、XLSX、JSON 或 GeoJSON。")
    public let format = Message(
        "field_desk.format",
        en: "The form of the file. Default: by its contents and ending.",
        zh: "文件格式；默认按内容和扩展名判断。")
    public let dryRun = Message(
        "field_desk.dry_run", en: "Only show what would happen.", zh: "只显示会发生什么，不保存。")
    public let map = Message(
        "field_desk.map",
        en: "A column of your own: its title = the field. May be repeated.",
        zh: "自定义列：列名=字段，可重复使用。")
    public let mapInvalid = Message(
        "field_desk.map_invalid", en: "'{text}' is no column=field.", zh: "“{text}”不是 列=字段。")
    public let mapInvalidMend = Message(
        "field_desk.map_invalid_mend",
        en: "Write it as --map 'Spot=point'.", zh: "请写成 --map '地方=point'。")
    public let dates = Message(
        "field_desk.dates",
        en: "What 1/5/2021 means: dmy, mdy, or ymd for 21-1-5.",
        zh: "1/5/2021 的读法：dmy 日月年、mdy 月日年；21-1-5 用 ymd。")
    public let epoch = Message(
        "field_desk.epoch",
        en: "Serial dates of a CSV count from 1900 (default) or 1904.",
        zh: "CSV 里的日期序号从 1900 年（默认）还是 1904 年算起。")
    public let encoding = Message(
        "field_desk.encoding",
        en: "The characters of a CSV, such as BIG5. Default: found from the file.",
        zh: "CSV 的字符编码，例如 BIG5；默认自动判断。")
    public let exportAbstract = Message(
        "field_desk.export_abstract",
        en: "Write the records for a spreadsheet (CSV, XLSX), a map (GeoJSON) or a program (JSON). "
            + "What was edited there can be imported again.",
        zh: "导出为表格（CSV、XLSX）、地图（GeoJSON）或 JSON。在表格里改过后可以再导入。")

    public let rowsChanged = Message("field_desk.rows_changed", en: "Changed", zh: "修改")
    public let rowsTotals = Message(
        "field_desk.rows_totals", en: "Sums, passed over", zh: "合计行（跳过）")
    public let dryRunDone = Message(
        "field_desk.dry_run_done",
        en: "Nothing was saved. Without --dry-run this would be done.",
        zh: "未保存任何内容。去掉 --dry-run 才会执行。")
    public let change = Message(
        "field_desk.change",
        en: "line {line}, {id}: {field} {old} → {new}", zh: "第{line}行，{id}：{field} {old} → {new}")
    public let moreChanges = Message(
        "field_desk.more_changes", en: "… and {n} more", zh: "……还有 {n} 处")
    public let rejectsNotWritten = Message(
        "field_desk.rejects_not_written",
        en: "The file of rejected rows cannot be written ({path}); here are the reasons:",
        zh: "无法写入未导入行的文件（{path}），原因如下：")

    public let noSheet = Message(
        "field_desk.no_sheet", en: "The workbook has no sheet with rows: {path}",
        zh: "工作簿没有内容：{path}")
    public let noSheetMend = Message(
        "field_desk.no_sheet_mend",
        en: "Check that the sheet is not hidden.", zh: "请检查工作表是否被隐藏。")
    public let notAWorkbook = Message(
        "field_desk.not_a_workbook",
        en: "This cannot be read as an XLSX workbook: {path}", zh: "无法作为 XLSX 工作簿读取：{path}")
    public let notAWorkbookMend = Message(
        "field_desk.not_a_workbook_mend",
        en: "Open it in the office program and save it as XLSX or CSV; remove its password.",
        zh: "请在办公软件中打开并另存为 XLSX 或 CSV；有密码请先去掉。")
    public let tooLarge = Message(
        "field_desk.too_large", en: "The workbook is too large: {path}", zh: "工作簿过大：{path}")
    public let tooLargeMend = Message(
        "field_desk.too_large_mend", en: "Cut it into several.", zh: "请拆成几份。")
    public let notWritten = Message(
        "field_desk.not_written", en: "The workbook could not be written: {path}",
        zh: "工作簿无法写入：{path}")
    public let notWrittenMend = Message(
        "field_desk.not_written_mend",
        en: "Check that there is room, or export CSV.", zh: "请检查磁盘空间，或改为导出 CSV。")
    public let noWriter = Message(
        "field_desk.no_writer",
        en: "The library that writes workbooks (libxlsxwriter) is not here: {detail}",
        zh: "本系统没有生成工作簿的库：{detail}")
    public let noWriterMend = Message(
        "field_desk.no_writer_mend",
        en: "Install it (Debian: apt install libxlsxwriter4), or export CSV: --format csv.",
        zh: "请安装 libxlsxwriter（Debian：apt install libxlsxwriter4），或改为导出 CSV：--format csv。")
    public let notATable = Message(
        "field_desk.not_a_table",
        en: "The file is no list of objects in JSON.", zh: "文件不是由对象组成的 JSON 列表。")
    public let notATableMend = Message(
        "field_desk.not_a_table_mend",
        en: "Write an array of objects, one object a line, or GeoJSON.",
        zh: "请写成对象数组、每行一个对象，或 GeoJSON。")
    public let notInEncoding = Message(
        "field_desk.not_in_encoding",
        en: "The file is not written in {name}.", zh: "文件不是 {name} 编码。")
    public let notInEncodingMend = Message(
        "field_desk.not_in_encoding_mend",
        en: "Leave --encoding out, or save the sheet as XLSX.", zh: "请去掉 --encoding，或另存为 XLSX。")
    public let encodingUnknown = Message(
        "field_desk.encoding_unknown",
        en: "This system knows no encoding '{name}'.", zh: "本系统不认识编码“{name}”。")
    public let encodingUnknownMend = Message(
        "field_desk.encoding_unknown_mend",
        en: "Use a name such as UTF-8, GB18030 or BIG5.", zh: "请用 UTF-8、GB18030、BIG5 等名称。")
}

extension Messages {
    public static let fieldDesk = FieldDeskMessages()
}
