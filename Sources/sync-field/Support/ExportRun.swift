import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// Puts an export together. Deleted records are left out.
struct ExportRun {
    private let open: OpenReplica
    private(set) var bytes: [UInt8] = []
    private var rows = 0
    /// Fields that a table has no columns for.
    private var leftOut: Set<String> = []
    /// Values with characters that turn the text around them.
    private var turning = 0

    init(_ open: OpenReplica) {
        self.open = open
    }

    /// One object a line, as `list --json` has them.
    mutating func appendLines(of collection: String) throws {
        try open.replica.eachRecord(in: collection) { view in
            guard !view.isDeleted else { return }
            let record = open.shown(view.state)
            bytes += record.json.text(isPretty: false).utf8
            bytes.append(UInt8(ascii: "\n"))
            note(record)
        }
    }

    /// CSV: labels, local times, formulas guarded; importing it gives the same records.
    mutating func appendTable(of collection: CollectionDescription) throws {
        let presenter = open.presenter
        var writer = CSVWriter()
        writer.append(collection.exportHeader(in: presenter.language))
        let known = Set(collection.fields.map(\.name))
        try open.replica.eachRecord(in: collection.name) { view in
            guard !view.isDeleted else { return }
            let record = open.shown(view.state)
            writer.append(collection.exportRow(record.values, with: presenter))
            leftOut.formUnion(record.values.keys.filter { !known.contains($0) })
            note(record)
        }
        bytes = writer.bytes
    }

    private mutating func note(_ record: ShownRecord) {
        rows += 1
        turning += record.values.values.count { value in
            value.text.map(TextDirection.isTurned) ?? false
        }
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
