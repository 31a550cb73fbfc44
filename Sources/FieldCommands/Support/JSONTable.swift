import CommandKit
import OutreachSchema
import SyncCore

/// Reads JSON as a table: an array of objects, one object a line, or GeoJSON.
///
/// Objects are flat, or as `list --json` prints them (`id`, `stamp`, `fields`). The titles are the
/// keys; a point of GeoJSON gives `lat` and `lon` where the properties have none.
struct JSONTable {
    /// The first row is the header.
    let rows: [SheetRow]

    /// - Throws: `CommandFailure` for what is no such document.
    init(_ bytes: [UInt8]) throws {
        let objects = try Self.objects(bytes).map(Self.flat)
        var titles: [String] = []
        for object in objects {
            for key in object.keys.sorted() where !titles.contains(key) { titles.append(key) }
        }
        let header = SheetRow(line: 1, cells: titles.map { .text($0) })
        rows =
            [header]
            + objects.enumerated().map { index, object in
                SheetRow(
                    line: index + 2, cells: titles.map { Self.cell(object[$0] ?? .null) })
            }
    }

    private static func objects(_ bytes: [UInt8]) throws -> [JSONValue] {
        if let whole = try? JSONParser.parse(bytes) {
            if let features = whole["features"]?.array { return features }
            if let items = whole.array { return items }
            if case .object = whole { return [whole] }
            throw notATable
        }
        return try bytes.split(separator: UInt8(ascii: "\n"))
            .filter { line in line.contains { $0 > 0x20 } }
            .map { line in
                guard let object = try? JSONParser.parse(Array(line)), case .object = object else {
                    throw notATable
                }
                return object
            }
    }

    private static var notATable: CommandFailure {
        CommandFailure(
            "not_a_table", Messages.fieldDesk.notATable.text(),
            mend: Messages.fieldDesk.notATableMend.text())
    }

    private static func flat(_ object: JSONValue) -> [String: JSONValue] {
        guard case .object(let members) = object else { return [:] }
        var flat = members
        for name in ["properties", "fields"] {
            guard case .object(let inner)? = members[name] else { continue }
            flat = flat.merging(inner) { $1 }
            flat[name] = nil
        }
        if let place = members["geometry"]?["coordinates"]?.array, place.count >= 2 {
            flat["lon"] = flat["lon"] ?? place[0]
            flat["lat"] = flat["lat"] ?? place[1]
        }
        for name in ["geometry", "type", "collection", "shift", "deleted", "filled"] {
            flat[name] = nil
        }
        if let stamp = flat["stamp"]?.string { flat["stamp"] = .string(String(stamp.prefix(16))) }
        return flat
    }

    private static func cell(_ value: JSONValue) -> SheetCell {
        switch value {
        case .string(let text): .text(text)
        case .number(let number): .number(number)
        case .bool(let flag): .bool(flag)
        case .null, .array, .object: .blank
        }
    }
}
