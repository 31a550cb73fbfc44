import CommandKit
import OutreachOutput
import OutreachSchema
import SyncCore
import SyncReplica
import Workbook

/// Puts an export together. Deleted records are left out.
struct ExportRun {
    private let open: OpenReplica
    private(set) var rows = 0
    /// Fields that a table has no columns for.
    private var leftOut: Set<String> = []
    /// Values with characters that turn the text around them.
    private var turning = 0

    init(_ open: OpenReplica) {
        self.open = open
    }

    /// Objects as `list --json` has them: one a line, or one array.
    mutating func objects(of collections: [String], isArray: Bool) throws -> [UInt8] {
        var bytes: [UInt8] = isArray ? [UInt8(ascii: "[")] : []
        for name in collections {
            try eachRecord(of: name) { record in
                if isArray, bytes.count > 1 { bytes += ",\n".utf8 }
                bytes += record.json.text(isPretty: false).utf8
                if !isArray { bytes.append(UInt8(ascii: "\n")) }
            }
        }
        return isArray ? bytes + "]\n".utf8 : bytes
    }

    /// CSV: labels, local times, formulas guarded; importing it changes nothing.
    mutating func csv(of collection: CollectionDescription) throws -> [UInt8] {
        let presenter = open.presenter
        var writer = CSVWriter()
        writer.append(collection.exportTitles(in: presenter.language).map { .text($0) })
        try eachRecord(of: collection) { writer.append(collection.csvRow($0, with: presenter)) }
        return writer.bytes
    }

    /// XLSX: the same columns, dates as dates.
    mutating func writeWorkbook(of collection: CollectionDescription, to path: String) throws {
        let presenter = open.presenter
        let writer = try WorkbookWriter(
            sheet: collection.label[presenter.language],
            header: collection.exportTitles(in: presenter.language), to: path)
        try eachRecord(of: collection) { record in
            try writer.append(
                collection.sheetRow(record, with: presenter).map(WorkbookCell.init))
        }
        try writer.close()
    }

    /// GeoJSON (RFC 7946): a point where the record, or the point that it names, has a place.
    mutating func geoJSON(of collection: CollectionDescription) throws -> [UInt8] {
        var writer = GeoJSONWriter()
        try open.replica.eachRecord(ofFewIn: CollectionDescription.points.name) { view in
            if !view.isDeleted { writer.addPoint(view.values) }
        }
        try eachRecord(of: collection) { writer.append($0, of: collection) }
        writer.finish()
        return writer.bytes
    }

    private mutating func eachRecord(
        of collection: CollectionDescription, _ body: (ExportRecord) throws -> Void
    ) throws {
        var others: Set<String> = []
        try eachRecord(of: collection.name) { shown in
            let record = ExportRecord(shown.state)
            others.formUnion(collection.unknownFields(of: record))
            try body(record)
        }
        leftOut.formUnion(others)
    }

    private mutating func eachRecord(
        of collection: String, _ body: (ShownRecord) throws -> Void
    ) throws {
        var (count, turned) = (0, 0)
        try open.replica.eachRecord(in: collection) { view in
            guard !view.isDeleted else { return }
            let record = open.shown(view.state)
            count += 1
            turned += record.values.values.count { value in
                value.text.map(TextDirection.isTurned) ?? false
            }
            try body(record)
        }
        rows += count
        turning += turned
    }

    func say(to output: String, on console: Console) {
        let words = Messages.fieldReports
        if !leftOut.isEmpty {
            let names = leftOut.sorted().joined(separator: ", ")
            console.warn(words.exportLeftOut.text(["names": names]))
        }
        if turning > 0 { console.warn(words.exportTurned.text(["n": turning])) }
        if output != "-" { console.say(words.exported.text(["n": rows, "path": output])) }
    }
}

/// Characters that make a viewer show text in another order than it is stored in.
enum TextDirection {
    static func isTurned(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
            default: false
            }
        }
    }
}
