public import SyncCore

/// What a row that names its record changes in it.
public enum RowChange: Sendable, Hashable {
    /// Values by field: null where the cell was emptied.
    case edit([String: Value])
    case unchanged

    /// - Parameters:
    ///   - current: the record's values as they are.
    ///   - stamps: the stamp time of each field's value.
    /// - Throws: `record_deleted` for a change of a deleted record, `changed_since` where a cell
    ///   differs from a value that is newer than the export: nobody can tell which was meant.
    public static func of(
        _ row: ImportedRow, current: [String: Value], stamps: [String: StampTime],
        isDeleted: Bool, personal policy: PersonalDataPolicy,
        in collection: CollectionDescription
    ) throws(EntryProblems) -> RowChange {
        var edit: [String: Value] = [:]
        var problems: [EntryProblem] = []
        for field in collection.fields where row.columns.contains(field.name) {
            let cell = row.fields[field.name] ?? .null
            let value = current[field.name] ?? .null
            guard !isSame(cell, value, field) else { continue }
            if let base = row.base, let stamp = stamps[field.name], stamp > base {
                problems.append(EntryProblem(.changedSince, field))
            } else {
                edit[field.name] = cell
            }
        }
        if policy == .refuse {
            problems += RecordChecks(collection: collection).personal(in: edit)
        }
        guard problems.isEmpty else { throw EntryProblems(problems) }
        guard !edit.isEmpty else { return .unchanged }
        guard !isDeleted else { throw EntryProblems([EntryProblem(.recordDeleted, name: "id")]) }
        return .edit(edit)
    }

    /// The fields of a record that a row names and that is not here: an export of another device.
    /// It keeps its id, so that the two are one when they meet.
    ///
    /// - Throws: `unknown_record` where the row does not hold all that a record needs.
    public static func creation(
        _ row: ImportedRow, personal policy: PersonalDataPolicy,
        in collection: CollectionDescription
    ) throws(EntryProblems) -> [String: Value] {
        let checks = RecordChecks(collection: collection)
        guard checks.missing(in: row.fields).isEmpty else {
            throw EntryProblems([EntryProblem(.unknownRecord, name: "id")])
        }
        let personal = policy == .refuse ? checks.personal(in: row.fields) : []
        guard personal.isEmpty else { throw EntryProblems(personal) }
        return row.fields
    }

    /// A cell may show less than is stored: no seconds, no spaces around, other line ends.
    private static func isSame(
        _ cell: Value, _ value: Value, _ field: FieldDescription
    ) -> Bool {
        guard cell != value else { return true }
        guard let new = cell.text, let old = value.text else { return false }
        if field.type == .time {
            guard let new = RFC3339.utcSeconds(new), let old = RFC3339.utcSeconds(old) else {
                return false
            }
            return new == old || new % 60 == 0 && new / 60 == old / 60
        }
        func plain(_ text: String) -> String {
            TextFolding.trimmed(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n"))
        }
        return plain(new) == plain(old)
    }
}
