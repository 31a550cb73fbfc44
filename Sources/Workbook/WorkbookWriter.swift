import CXlsxWriter

#if canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Writes one sheet as an XLSX file, through libxlsxwriter: a header that stays in view, a filter,
/// dates as dates. Rows go to a temporary file as they come: memory does not grow with them.
public final class WorkbookWriter {
    /// Columns are wide enough for what is in their first rows.
    private static let widthRange = 8.0...48.0
    /// Rows that a sheet has below its header.
    public static let rowLimit = 1_048_575

    private let library: fieldsync_xlsxwriter
    private let book: UnsafeMutablePointer<lxw_workbook>
    private let sheet: UnsafeMutablePointer<lxw_worksheet>?
    private let dateTime: UnsafeMutablePointer<lxw_format>?
    private let text: UnsafeMutablePointer<lxw_format>?
    private let scratch: UnsafeMutablePointer<CChar>?
    private let columns: Int
    private var rows = 0
    private var isOpen = true

    /// - Parameters:
    ///   - path: must not exist.
    ///   - folder: where the rows lie until `close`; nil for the system's temporary place.
    /// - Throws: `WorkbookFault`.
    public init(
        sheet name: String, header: [String], to path: String, scratch folder: String? = nil
    ) throws(WorkbookFault) {
        library = try .loaded
        scratch = folder.flatMap { strdup($0) }
        var options = lxw_workbook_options()
        options.constant_memory = 1
        options.tmpdir = scratch
        guard let book = library.workbook_new_opt(path, &options) else {
            throw WorkbookFault(.cannotWrite, path)
        }
        self.book = book
        columns = header.count
        // Names of sheets have 31 characters at most.
        sheet = library.workbook_add_worksheet(book, String(name.prefix(31)))
        let bold = library.workbook_add_format(book)
        library.format_set_bold(bold)
        dateTime = library.workbook_add_format(book)
        library.format_set_num_format(dateTime, "yyyy-mm-dd hh:mm:ss")
        text = library.workbook_add_format(book)
        // As text: a spreadsheet does not make a number of a code.
        library.format_set_num_format(text, "@")
        for (column, title) in header.enumerated() {
            let width = Double(title.utf8.count) + 2
            _ = library.worksheet_set_column(
                sheet, UInt16(column), UInt16(column),
                min(max(width, Self.widthRange.lowerBound), Self.widthRange.upperBound), nil)
            _ = library.worksheet_write_string(sheet, 0, UInt16(column), title, bold)
        }
        library.worksheet_freeze_panes(sheet, 1, 0)
    }

    deinit {
        // Given up: there is no file.
        if isOpen { library.lxw_workbook_free(book) }
        free(scratch)
    }

    /// - Parameter cells: dates are days since 1899-12-30 (the 1900 system).
    /// - Throws: `WorkbookFault` (too large) beyond `rowLimit`.
    public func append(_ cells: [WorkbookCell]) throws(WorkbookFault) {
        guard rows < Self.rowLimit else { throw WorkbookFault(.tooLarge) }
        rows += 1
        for (column, cell) in cells.enumerated() {
            write(cell, UInt32(rows), UInt16(column))
        }
    }

    /// Puts the file together; nothing may follow.
    ///
    /// - Throws: `WorkbookFault`.
    public func close() throws(WorkbookFault) {
        if columns > 0 {
            _ = library.worksheet_autofilter(sheet, 0, 0, UInt32(rows), UInt16(columns - 1))
        }
        isOpen = false
        let status = library.workbook_close(book)
        guard status == LXW_NO_ERROR else {
            throw WorkbookFault(
                .cannotWrite, library.lxw_strerror(status).map { String(cString: $0) } ?? "")
        }
    }

    private func write(_ cell: WorkbookCell, _ row: UInt32, _ column: UInt16) {
        switch cell {
        case .blank: break
        case .text(let value): _ = library.worksheet_write_string(sheet, row, column, value, text)
        case .number(let value): _ = library.worksheet_write_number(sheet, row, column, value, nil)
        case .date(let value, _):
            _ = library.worksheet_write_number(sheet, row, column, value, dateTime)
        case .bool(let value):
            _ = library.worksheet_write_boolean(sheet, row, column, value ? 1 : 0, nil)
        }
    }
}
