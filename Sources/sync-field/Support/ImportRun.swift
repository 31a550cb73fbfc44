import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica
import SyncStore

/// Saves the rows of a file, in transactions that bound what a crash undoes and memory holds.
struct ImportRun {
    private(set) var reader: ImportReader
    let replica: Replica
    private(set) var newCount = 0
    private(set) var presentCount = 0
    private(set) var rejected: [RejectedRow] = []

    /// Rows of one transaction.
    private static let rowsPerSave = 5_000
    /// Reasons that are said on the terminal; the file of rejects has them all.
    private static let reasonsSaid = 5

    init(reader: ImportReader, replica: Replica) {
        self.reader = reader
        self.replica = replica
    }

    var readCount: Int { newCount + presentCount + rejected.count }

    mutating func run() throws {
        let bar = ProgressBar(label: Messages.fieldReports.importing.text())
        defer { bar.clear() }
        var edits: [Edit] = []
        while let outcome = reader.next() {
            switch outcome {
            case .rejected(let row): rejected.append(row)
            case .accepted(let row): edits.append(edit(row))
            }
            guard edits.count == Self.rowsPerSave else { continue }
            try save(&edits)
            bar.update(done: readCount, total: nil, now: .now)
        }
        try save(&edits)
    }

    private func edit(_ row: ImportedRow) -> Edit {
        var fields = row.fields
        if !row.personalFields.isEmpty { fields[CheckedEntry.personalMark] = true }
        return Edit(RecordKey(reader.collection.name, row.id), .create(fields))
    }

    private mutating func save(_ edits: inout [Edit]) throws {
        guard !edits.isEmpty else { return }
        let new = try replica.save(edits).count { $0.stamp != nil }
        newCount += new
        presentCount += edits.count - new
        edits.removeAll(keepingCapacity: true)
    }

    func sayProblems(on console: Console) {
        let words = Messages.fieldReports
        let ignored = reader.header.ignoredColumns
        if !ignored.isEmpty {
            console.warn(words.columnsIgnored.text(["names": ignored.joined(separator: ", ")]))
        }
        for row in rejected.prefix(Self.reasonsSaid) {
            console.say("  " + row.reason(in: .current).sanitised())
        }
        let rest = rejected.count - Self.reasonsSaid
        if rest > 0 { console.say("  " + words.moreRejected.text(["n": rest])) }
    }

    func json(rejectsFile: String?) -> JSONOutput {
        [
            "collection": .string(reader.collection.name), "read": .int(readCount),
            "new": .int(newCount), "already_here": .int(presentCount),
            "rejected": .int(rejected.count), "rejects_file": JSONOutput(rejectsFile),
            "encoding": .string(reader.encoding.rawValue),
            "ignored_columns": .array(reader.header.ignoredColumns.map { .string($0) }),
        ]
    }
}
