import OutreachOutput
import OutreachSchema
import SyncCore
import SyncReplica
import SyncStore
import Workbook

/// A collection's records of a period as a file, written a piece at a time.
struct DeskExport {
    enum Form: String, CaseIterable {
        case csv, xlsx, geojson

        var type: String {
            switch self {
            case .csv: "text/csv; charset=utf-8"
            case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            case .geojson: "application/geo+json"
            }
        }
    }

    /// Written at once, in bytes.
    private static let pieceBytes = 1 << 16
    /// Rows of a workbook between two looks at the disk.
    private static let rowsBetweenLooks = 5_000

    let collection: CollectionDescription
    let form: Form
    let period: ReplicaPeriod
    let presenter: ValuePresenter
    let files: DeskFiles

    /// Whether a collection can be put on a map: it has places of its own, or names points.
    static func hasPlaces(_ collection: CollectionDescription) -> Bool {
        collection.field(named: "lat") != nil || collection.field(named: "point") != nil
    }

    /// - Parameter path: of a file that is not there yet.
    /// - Throws: `DeskFault`, `StoreError`, `WorkbookFault`.
    func write(to path: String) throws {
        try files.checkSpace()
        switch form {
        case .csv: try writeCSV(FileOutput(path))
        case .geojson: try writeGeoJSON(FileOutput(path))
        case .xlsx: try writeWorkbook(to: path)
        }
    }

    private func eachRecord(_ body: (ExportRecord) throws -> Void) throws {
        try period.eachRecord(near: collection) { view in
            guard period.holds(view.values, of: collection) else { return }
            try body(ExportRecord(view.state))
        }
    }

    private func writeCSV(_ output: FileOutput) throws {
        var writer = CSVWriter()
        writer.append(collection.exportTitles(in: presenter.language).map { .text($0) })
        try eachRecord { record in
            writer.append(collection.csvRow(record, with: presenter))
            if writer.bytes.count >= Self.pieceBytes { try put(writer.takeBytes(), output) }
        }
        try put(writer.takeBytes(), output)
    }

    private func writeGeoJSON(_ output: FileOutput) throws {
        var writer = GeoJSONWriter()
        try period.replica.eachRecord(ofFewIn: CollectionDescription.points.name) { view in
            if !view.isDeleted { writer.addPoint(view.values) }
        }
        try eachRecord { record in
            writer.append(record, of: collection)
            if writer.bytes.count >= Self.pieceBytes { try put(writer.takeBytes(), output) }
        }
        writer.finish()
        try put(writer.takeBytes(), output)
    }

    private func put(_ bytes: [UInt8], _ output: FileOutput) throws {
        try files.checkSpace()
        try output.write(bytes)
    }

    private func writeWorkbook(to path: String) throws {
        var rows = 0
        do {
            let writer = try WorkbookWriter(
                sheet: collection.label[presenter.language],
                header: collection.exportTitles(in: presenter.language), to: path,
                scratch: files.folder)
            try eachRecord { record in
                rows += 1
                if rows % Self.rowsBetweenLooks == 0 { try files.checkSpace() }
                try writer.append(
                    collection.sheetRow(record, with: presenter).map(WorkbookCell.init))
            }
            try writer.close()
        } catch let fault as WorkbookFault where fault.kind == .tooLarge {
            throw DeskFault.tooManyRows
        } catch let fault as WorkbookFault where fault.kind == .noWriter {
            throw DeskFault.noWorkbookWriter
        }
    }
}
