import CommandKit
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
        let language = presenter.language
        var writer = CSVWriter()
        writer.append(
            [.text(CollectionDescription.idTitle[language])]
                + collection.exportHeader(in: language)
                + [.text(CollectionDescription.stampTitle[language])])
        try eachRecord(of: collection) { record in
            writer.append(
                [.literal(record.hyphenatedID)]
                    + collection.exportRow(record.values, with: presenter)
                    + [.literal(record.stampText)])
        }
        return writer.bytes
    }

    /// XLSX: the same columns, dates as dates.
    mutating func writeWorkbook(of collection: CollectionDescription, to path: String) throws {
        let presenter = open.presenter
        let language = presenter.language
        let header =
            [CollectionDescription.idTitle[language]]
            + collection.fields.map { $0.label[language] }
            + [CollectionDescription.stampTitle[language]]
        var rows: [[WorkbookCell]] = []
        try eachRecord(of: collection) { record in
            let cells = collection.fields.map { field in
                Self.cell(record.values[field.name] ?? .null, field, presenter)
            }
            rows.append([.text(record.hyphenatedID)] + cells + [.text(record.stampText)])
        }
        try WorkbookWriter.write(
            sheet: collection.label[language], header: header, rows: rows, to: path)
    }

    private static func cell(
        _ value: Value, _ field: FieldDescription, _ presenter: ValuePresenter
    ) -> WorkbookCell {
        if let serial = presenter.serialDate(of: value, for: field) {
            return .date(serial, hasTime: true)
        }
        switch value {
        case .null: return .blank
        case .number(let number): return .number(number)
        case .bool, .text:
            return .text(CSVWriter.guarded(presenter.text(of: value, for: field)))
        }
    }

    /// GeoJSON (RFC 7946): a point where the record, or the point that it names, has a place.
    mutating func geoJSON(of collection: CollectionDescription) throws -> [UInt8] {
        let places = try places()
        var bytes = Array(#"{"type":"FeatureCollection","features":["#.utf8)
        var isFirst = true
        try eachRecord(of: collection) { record in
            let own = Place(record.values)
            let place = own ?? record.values["point"]?.text.flatMap { places[$0] }
            let properties = record.fieldNames.map {
                JSONOutput.Member($0, JSONOutput(record.values[$0] ?? .null))
            }
            let feature: JSONOutput = [
                "type": "Feature", "id": .string(record.state.key.id.hex),
                "geometry": place?.json ?? .null,
                "properties": .object(
                    [.init("id", .string(record.state.key.id.hex))] + properties
                        + [.init("stamp", .string(record.stampText))]),
            ]
            if !isFirst { bytes += ",\n".utf8 }
            isFirst = false
            bytes += feature.text(isPretty: false).utf8
        }
        return bytes + "]}\n".utf8
    }

    private struct Place {
        let lat: Double
        let lon: Double

        init?(_ values: [String: Value]) {
            guard case .number(let lat)? = values["lat"], case .number(let lon)? = values["lon"]
            else { return nil }
            self.lat = lat
            self.lon = lon
        }

        /// Longitude comes first (RFC 7946, §3.1.1).
        var json: JSONOutput {
            ["type": "Point", "coordinates": .array([.double(lon), .double(lat)])]
        }
    }

    private func places() throws -> [String: Place] {
        var places: [String: Place] = [:]
        try open.replica.eachRecord(ofFewIn: CollectionDescription.points.name) { view in
            guard !view.isDeleted, let code = view.values["code"]?.text else { return }
            places[code] = Place(view.values)
        }
        return places
    }

    private mutating func eachRecord(
        of collection: CollectionDescription, _ body: (ShownRecord) -> Void
    ) throws {
        let known = Set(collection.fields.map(\.name))
        var others: Set<String> = []
        try eachRecord(of: collection.name) { record in
            others.formUnion(record.values.keys.filter { !known.contains($0) })
            body(record)
        }
        leftOut.formUnion(others)
    }

    private mutating func eachRecord(
        of collection: String, _ body: (ShownRecord) -> Void
    ) throws {
        var (count, turned) = (0, 0)
        try open.replica.eachRecord(in: collection) { view in
            guard !view.isDeleted else { return }
            let record = open.shown(view.state)
            count += 1
            turned += record.values.values.count { value in
                value.text.map(TextDirection.isTurned) ?? false
            }
            body(record)
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

extension ShownRecord {
    /// With hyphens: a spreadsheet does not take it for a number.
    fileprivate var hyphenatedID: String {
        let hex = Array(state.key.id.hex)
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }
            .joined(separator: "-")
    }

    /// The time of its newest value.
    fileprivate var stampText: String { state.clock?.time.hex ?? "" }
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
