/// A cell of a spreadsheet, as far as its meaning goes.
public enum WorkbookCell: Sendable, Hashable {
    case blank
    case text(String)
    case number(Double)
    /// Days since the workbook's epoch. `hasTime`: whether its format shows an hour.
    case date(Double, hasTime: Bool)
    case bool(Bool)

    public var isBlank: Bool {
        switch self {
        case .blank: true
        case .text(let text): text.isEmpty
        default: false
        }
    }
}

/// One sheet: its rows as they are numbered in the file; merged cells are filled.
public struct WorkbookSheet: Sendable {
    public let name: String
    /// Line number from 1, and the cells from column A on. Rows without cells are left out.
    public let rows: [(line: Int, cells: [WorkbookCell])]
}

/// Why a file is no workbook that can be read.
public struct WorkbookFault: Error, Sendable, Hashable {
    public enum Kind: String, Sendable {
        case cannotOpen, notAWorkbook, tooLarge, cannotWrite
        /// The library that writes workbooks is not on this system.
        case noWriter
    }

    public let kind: Kind
    /// The part of the file at fault, or the library's words.
    public let detail: String

    init(_ kind: Kind, _ detail: String = "") {
        self.kind = kind
        self.detail = detail
    }
}
