import CommandKit
import OutreachOutput
import OutreachSchema
import SyncCore
import Workbook

/// Reads a file of any form as rows of a table.
struct TableFile {
    let path: String
    let bytes: [UInt8]
    let format: FileFormat

    /// - Parameter format: nil goes by the first bytes, then by the ending.
    init(path: String, format: FileFormat?) throws {
        self.path = path
        bytes = try FileBytes.read(path)
        self.format = format ?? Self.format(of: bytes, path)
    }

    /// A workbook is known by its first bytes, whatever its name.
    private static func format(of bytes: [UInt8], _ path: String) -> FileFormat {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .xlsx }
        return FileFormat(ending: path) ?? .csv
    }

    /// - Parameter encoding: of CSV, where the person names it.
    /// - Throws: `ImportError`, `CommandFailure`, `WorkbookFault`.
    func reader(
        into collection: CollectionDescription, zone: ZoneRules, personal: PersonalDataPolicy,
        options: CellOptions, encoding: String?
    ) throws -> ImportReader {
        switch format {
        case .csv:
            return try csv(
                into: collection, zone: zone, personal: personal, options: options,
                encoding: encoding)
        case .xlsx:
            return try workbook(into: collection, zone: zone, personal: personal, options: options)
        case .json, .geojson:
            return try ImportReader(
                rows: JSONTable(bytes).rows, into: collection, zone: zone, personal: personal,
                options: options)
        }
    }

    private func csv(
        into collection: CollectionDescription, zone: ZoneRules, personal: PersonalDataPolicy,
        options: CellOptions, encoding: String?
    ) throws -> ImportReader {
        func read(_ bytes: [UInt8]) throws -> ImportReader {
            try ImportReader(
                bytes, into: collection, zone: zone, personal: personal, options: options)
        }
        if let encoding { return try read(CharacterSet.utf8(bytes, from: encoding)) }
        do {
            return try read(bytes)
        } catch let error as ImportError
            where error.code == .missingColumns || error.code == .encoding
        {
            // Big5 and GB 18030 have the same bytes; which one it is shows in the header.
            guard let text = try? CharacterSet.utf8(bytes, from: "BIG5"),
                let reader = try? read(text)
            else { throw error }
            return reader
        }
    }

    /// The first sheet whose header is understood.
    private func workbook(
        into collection: CollectionDescription, zone: ZoneRules, personal: PersonalDataPolicy,
        options: CellOptions
    ) throws -> ImportReader {
        let book = try WorkbookReader(path: path)
        var options = options
        if book.isEpoch1904 { options.is1904 = true }
        var readers: [ImportReader] = []
        var failure: any Error = WorkbookWords.noSheet(path)
        for sheet in book.sheets.reversed() {
            let rows = sheet.rows.map { row in
                SheetRow(line: row.line, cells: row.cells.map(SheetCell.init))
            }
            do {
                readers.append(
                    try ImportReader(
                        rows: rows, into: collection, zone: zone, personal: personal,
                        options: options))
            } catch {
                failure = error
            }
        }
        guard let first = readers.last else { throw failure }
        return first
    }
}

/// Words for workbooks that cannot be read or written.
enum WorkbookWords {
    private static var words: FieldDeskMessages { Messages.fieldDesk }

    static func noSheet(_ path: String) -> CommandFailure {
        .about(path, "workbook_empty", words.noSheet, words.noSheetMend)
    }

    static func failure(_ fault: WorkbookFault) -> CommandFailure {
        switch fault.kind {
        case .cannotOpen, .notAWorkbook:
            .about(fault.detail, "not_a_workbook", words.notAWorkbook, words.notAWorkbookMend)
        case .tooLarge:
            .about(fault.detail, "workbook_too_large", words.tooLarge, words.tooLargeMend)
        case .cannotWrite:
            .about(fault.detail, "workbook_not_written", words.notWritten, words.notWrittenMend)
        case .noWriter:
            CommandFailure(
                "no_workbook_writer", words.noWriter.text(["detail": fault.detail]),
                mend: words.noWriterMend.text())
        }
    }
}
