/// Reads an XLSX file (ECMA-376 part 1, SpreadsheetML) as far as its values go.
public struct WorkbookReader {
    /// Whether serial dates count from 1904-01-01 and not from 1900.
    public private(set) var isEpoch1904 = false
    /// The sheets that are not hidden, in their order.
    public private(set) var sheets: [WorkbookSheet] = []

    /// - Throws: `WorkbookFault`.
    public init(path: String) throws {
        let archive = try ZipArchive(path: path)
        var index = WorkbookIndex()
        guard try index.read(archive), !index.sheets.isEmpty else {
            throw WorkbookFault(.notAWorkbook, "xl/workbook.xml")
        }
        isEpoch1904 = index.isEpoch1904
        let strings = try SharedStrings(archive).strings
        let styles = try CellStyles(archive)
        for sheet in index.sheets {
            let reader = SheetReader(strings: strings, styles: styles)
            guard let path = index.path(of: sheet), try reader.read(archive, path) else {
                throw WorkbookFault(.notAWorkbook, sheet.name)
            }
            sheets.append(WorkbookSheet(name: sheet.name, rows: reader.filledRows))
        }
    }
}

extension ZipArchive {
    /// Reads a part as XML; false if it is not there.
    func readXML(
        _ name: String, begin: @escaping (String, XMLReader.Attributes) -> Void,
        end: @escaping (String, String) -> Void
    ) throws -> Bool {
        let reader = XMLReader(begin: begin, end: end)
        return try read(name) { bytes, isLast in
            guard reader.parse(bytes, isLast: isLast) else {
                throw WorkbookFault(.notAWorkbook, name)
            }
        }
    }
}
