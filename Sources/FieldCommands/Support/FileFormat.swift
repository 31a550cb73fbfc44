import ArgumentParser
import CommandKit

/// The forms of files that desks own.
enum FileFormat: String, ExpressibleByArgument, CaseIterable {
    case csv, xlsx, geojson, json

    /// By the ending of a name; nil for another one.
    init?(ending path: String) {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return nil }
        switch name[name.index(after: dot)...].lowercased() {
        case "csv", "tsv", "txt": self = .csv
        case "xlsx", "xlsm": self = .xlsx
        case "geojson": self = .geojson
        case "json", "jsonl", "ndjson": self = .json
        default: return nil
        }
    }
}
