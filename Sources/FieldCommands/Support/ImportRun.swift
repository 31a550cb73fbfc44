import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica
import SyncStore

/// Saves the rows of a table, in transactions that bound what a crash undoes and memory holds.
///
/// A row that names its record becomes an edit of the cells that differ; other rows become records,
/// once. The last transaction also holds a record of the import itself, if any row changed
/// something. An import that is broken off leaves none; repeated, it covers what was still missing.
struct ImportRun {
    private(set) var reader: ImportReader
    let open: OpenReplica
    private let policy: PersonalDataPolicy
    let isDryRun: Bool
    private let source: Source
    private var stamps: ClosedRange<StampTime>?
    private(set) var newCount = 0
    private(set) var changedCount = 0
    private(set) var presentCount = 0
    private(set) var rejected: [RejectedRow] = []
    /// The first cells that differ, to be shown.
    private(set) var changes: [Change] = []
    private(set) var changedCells = 0

    /// Rows of one transaction.
    private static let rowsPerSave = 5_000
    /// Changed cells that are shown.
    private static let changesShown = 10

    /// A cell that differs from the record.
    struct Change {
        let line: Int
        let id: RecordID
        let field: FieldDescription
        let old: Value
        let new: Value
    }

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

    init(
        reader: ImportReader, source: Source, open: OpenReplica, policy: PersonalDataPolicy,
        isDryRun: Bool
    ) {
        self.reader = reader
        self.source = source
        self.open = open
        self.policy = policy
        self.isDryRun = isDryRun
    }

    var readCount: Int { newCount + changedCount + presentCount + rejected.count }

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
                if let edit = try edit(row) { edits.append(edit) }
            }
        }
        try save(&edits, isLast: true)
    }

    /// Nil for a row that changes nothing, or that is rejected.
    private mutating func edit(_ row: ImportedRow) throws -> Edit? {
        let key = RecordKey(reader.collection.name, row.id)
        guard row.isEdit else { return creation(of: key, row.fields, row) }
        do {
            guard let view = try open.replica.record(key) else {
                let fields = try RowChange.creation(row, personal: policy, in: reader.collection)
                return creation(of: key, fields, row)
            }
            let stamps = Dictionary(
                uniqueKeysWithValues: view.state.fields.map { ($0.name, $0.register.stamp.time) })
            let change = try RowChange.of(
                row, current: view.values, stamps: stamps, isDeleted: view.isDeleted,
                personal: policy, in: reader.collection)
            guard case .edit(let values) = change else {
                presentCount += 1
                return nil
            }
            note(values, row, view)
            return Edit(key, .set(values))
        } catch let error as EntryProblems {
            rejected.append(
                RejectedRow(line: row.line, cells: row.cells, problems: error.problems))
            return nil
        }
    }

    private func creation(
        of key: RecordKey, _ fields: [String: Value], _ row: ImportedRow
    ) -> Edit {
        var fields = fields
        if !row.personalFields.isEmpty { fields[CheckedEntry.personalMark] = true }
        return Edit(key, .create(fields))
    }

    private mutating func note(_ values: [String: Value], _ row: ImportedRow, _ view: RecordView) {
        for field in reader.collection.fields {
            guard let new = values[field.name] else { continue }
            changedCells += 1
            guard changes.count < Self.changesShown else { continue }
            changes.append(
                Change(
                    line: row.line, id: row.id, field: field,
                    old: view.values[field.name] ?? .null, new: new))
        }
    }

    private mutating func save(_ edits: inout [Edit], isLast: Bool = false) throws {
        guard !edits.isEmpty else { return }
        if isDryRun {
            try foresee(edits)
        } else {
            var next = self
            let batch = edits
            _ = try open.replica.save(batch) { saved in
                next.note(saved, of: batch)
                return isLast ? next.record : []
            }
            self = next
        }
        edits.removeAll(keepingCapacity: true)
    }

    /// What saving would come to.
    private mutating func foresee(_ edits: [Edit]) throws {
        for edit in edits {
            if case .set = edit.action {
                changedCount += 1
            } else if try open.replica.record(edit.key) == nil {
                newCount += 1
            } else {
                presentCount += 1
            }
        }
    }

    private mutating func note(_ saved: [SavedRecord], of edits: [Edit]) {
        for (edit, record) in zip(edits, saved) {
            guard let stamp = record.stamp else {
                presentCount += 1
                continue
            }
            if case .set = edit.action { changedCount += 1 } else { newCount += 1 }
            stamps = (stamps?.lowerBound ?? stamp)...stamp
        }
    }

    /// The record of this import; none if no row changed anything.
    private var record: [Edit] {
        guard let stamps else { return [] }
        let record = ImportRecord(
            file: source.name, into: reader.collection.name, rows: readCount, newRows: newCount,
            hash: source.hash, stamps: stamps)
        let key = RecordKey(ImportRecord.collection, open.replica.newRecordID())
        return [Edit(key, .set(record.fields))]
    }
}
