import CXlsxWriter

/// Writes one sheet as an XLSX file, through libxlsxwriter: a header that stays in view, a filter,
/// dates as dates.
public struct WorkbookWriter {
    /// Columns are wide enough for what is in their first rows.
    private static let widthRange = 8.0...48.0

    /// - Parameters:
    ///   - rows: dates are days since 1899-12-30 (the 1900 system).
    ///   - path: must not exist.
    /// - Throws: `WorkbookFault`.
    public static func write(
        sheet name: String, header: [String], rows: [[WorkbookCell]], to path: String
    ) throws(WorkbookFault) {
        guard let book = workbook_new(path) else { throw WorkbookFault(.cannotWrite, path) }
        // Names of sheets have 31 characters at most.
        let sheet = workbook_add_worksheet(book, String(name.prefix(31)))
        let bold = workbook_add_format(book)
        format_set_bold(bold)
        let dateTime = workbook_add_format(book)
        format_set_num_format(dateTime, "yyyy-mm-dd hh:mm:ss")
        let text = workbook_add_format(book)
        // As text: a spreadsheet does not make a number of a code.
        format_set_num_format(text, "@")
        for (column, title) in header.enumerated() {
            let width = Double(title.utf8.count) + 2
            worksheet_set_column(
                sheet, UInt16(column), UInt16(column),
                min(max(width, widthRange.lowerBound), widthRange.upperBound), nil)
            worksheet_write_string(sheet, 0, UInt16(column), title, bold)
        }
        for (line, cells) in rows.enumerated() {
            for (column, cell) in cells.enumerated() {
                write(cell, sheet, UInt32(line + 1), UInt16(column), dateTime, text)
            }
        }
        worksheet_freeze_panes(sheet, 1, 0)
        if !header.isEmpty {
            worksheet_autofilter(sheet, 0, 0, UInt32(rows.count), UInt16(header.count - 1))
        }
        let status = workbook_close(book)
        guard status == LXW_NO_ERROR else {
            throw WorkbookFault(
                .cannotWrite, lxw_strerror(status).map { String(cString: $0) } ?? "")
        }
    }

    private static func write(
        _ cell: WorkbookCell, _ sheet: UnsafeMutablePointer<lxw_worksheet>?, _ row: UInt32,
        _ column: UInt16, _ dateTime: UnsafeMutablePointer<lxw_format>?,
        _ text: UnsafeMutablePointer<lxw_format>?
    ) {
        switch cell {
        case .blank: break
        case .text(let value): worksheet_write_string(sheet, row, column, value, text)
        case .number(let value): worksheet_write_number(sheet, row, column, value, nil)
        case .date(let value, _): worksheet_write_number(sheet, row, column, value, dateTime)
        case .bool(let value): worksheet_write_boolean(sheet, row, column, value ? 1 : 0, nil)
        }
    }
}
