import SyncCore

/// Tells which write of a batch made which of the conflicts that its verdict lists.
///
/// A verdict holds ids only. An id is a hash of record, field and both stamps, so each pair of
/// stamps that could have met is tried. Source: Protocol/README.md §6.3.
struct ConflictMatcher {
    private let key: RecordKey
    /// The record before the batch.
    private let before: RecordState
    private let made: Set<RecordID>

    init(_ key: RecordKey, before: RecordState, made: [RecordID]) {
        self.key = key
        self.before = before
        self.made = Set(made)
    }

    /// The conflicts that a write made.
    ///
    /// - Parameters:
    ///   - stamp: the write's effective one.
    ///   - present: the record when the write came.
    func conflicts(
        of assignment: Change.Assignment, stamp: Stamp, _ present: RecordState
    ) -> [(id: RecordID, isKept: Bool)] {
        guard !made.isEmpty else { return [] }
        let write = Register(assignment.value, stamp)
        var found: [(id: RecordID, isKept: Bool)] = []
        if let met = before[assignment.name] {
            let isKept = write.wins(over: met)
            let pair = isKept ? (write, met) : (met, write)
            append(assignment.name, pair, isKept: isKept, to: &found)
        }
        let deleted = FieldName.deleted
        if assignment.name == deleted {
            for field in present.fields where field.name != deleted {
                append(field.name, (write, field.register), isKept: true, to: &found)
            }
        } else if let deletion = before[deleted] {
            append(assignment.name, (deletion, write), isKept: false, to: &found)
        }
        return found
    }

    private func append(
        _ field: String, _ pair: (kept: Register, lost: Register), isKept: Bool,
        to found: inout [(id: RecordID, isKept: Bool)]
    ) {
        let id = Conflict(record: key, field: field, kept: pair.kept, lost: pair.lost).id
        if made.contains(id) { found.append((id, isKept)) }
    }
}
