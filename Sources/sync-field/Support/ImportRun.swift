import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica
import SyncStore

/// Saves the rows of a file, in transactions that bound what a crash undoes and memory holds.
///
/// The last transaction also holds a record of the import itself, if any row was new. An import
/// that is broken off leaves none; repeated, it covers the rows that were still missing.
struct ImportRun {
    private(set) var reader: ImportReader
    let replica: Replica
    private let source: Source
    private var stamps: ClosedRange<StampTime>?
    private(set) var newCount = 0
    private(set) var presentCount = 0
    private(set) var rejected: [RejectedRow] = []

    /// Rows of one transaction.
    private static let rowsPerSave = 5_000
    /// Reasons that are said on the terminal; the file of rejects has them all.
    private static let reasonsSaid = 5

    /// The file that the rows come from.
    struct Source {
        /// Without its folder.
        let name: String
        let hash: Hash256

        init(path: String, bytes: [UInt8]) {
            name = path.split(separator: "/").last.map(String.init) ?? "import"
            hash = .sha256(bytes)
        }
    }

    init(reader: ImportReader, source: Source, replica: Replica) {
        self.reader = reader
        self.source = source
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
            case .accepted(let row):
                // Full, and not the last: the record of the import goes with the last.
                if edits.count == Self.rowsPerSave {
                    try save(&edits)
                    bar.update(done: readCount, total: nil, now: .now)
                }
                edits.append(edit(row))
            }
        }
        try save(&edits, isLast: true)
    }

    private func edit(_ row: ImportedRow) -> Edit {
        var fields = row.fields
        if !row.personalFields.isEmpty { fields[CheckedEntry.personalMark] = true }
        return Edit(RecordKey(reader.collection.name, row.id), .create(fields))
    }

    private mutating func save(_ edits: inout [Edit], isLast: Bool = false) throws {
        guard !edits.isEmpty else { return }
        var next = self
        _ = try replica.save(edits) { saved in
            next.note(saved)
            return isLast ? next.record : []
        }
        self = next
        edits.removeAll(keepingCapacity: true)
    }

    private mutating func note(_ saved: [SavedRecord]) {
        let new = saved.compactMap(\.stamp)
        newCount += new.count
        presentCount += saved.count - new.count
        guard let first = new.first, let last = new.last else { return }
        stamps = (stamps?.lowerBound ?? first)...last
    }

    /// The record of this import; none if no row was new.
    private var record: [Edit] {
        guard let stamps else { return [] }
        let record = ImportRecord(
            file: source.name, into: reader.collection.name, rows: readCount, newRows: newCount,
            hash: source.hash, stamps: stamps)
        let key = RecordKey(ImportRecord.collection, replica.newRecordID())
        return [Edit(key, .set(record.fields))]
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
