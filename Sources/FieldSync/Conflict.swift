import SyncCore
import SyncReplica

/// A value that lost to another, where neither writer knew of the other's.
public struct Conflict: Sendable, Identifiable {
    public let id: RecordID
    public let collection: String
    public let record: RecordID
    /// The field's name in the record, such as `is_bought`.
    public let field: String
    /// What stands there now; nil if the record was deleted.
    public let kept: FieldValue?
    /// What lost.
    public let lost: FieldValue
    let view: ConflictView

    /// How a person settles it.
    public enum Choice: Sendable {
        /// Leave what is there.
        case kept
        /// Bring the other value back.
        case lost
        /// Write something else.
        case value(FieldValue)
    }
}

extension Replica {
    /// Conflicts that nobody has settled yet, in the order they came.
    public func conflicts() throws(FieldSyncError) -> [Conflict] {
        try FieldSyncError.mapping {
            try engine.conflicts().filter { !$0.isSettled }.map { view in
                let conflict = view.conflict
                let shown = try engine.record(conflict.record)
                return Conflict(
                    id: RecordID(view.id), collection: conflict.record.collection,
                    record: RecordID(conflict.record.id), field: conflict.field,
                    kept: shown.flatMap {
                        $0.isDeleted ? nil : FieldValue($0.values[conflict.field] ?? .null)
                    },
                    lost: FieldValue(conflict.lost.value.value), view: view)
            }
        }
    }

    /// Settles a conflict, for everybody.
    public func settle(_ conflict: Conflict, _ choice: Conflict.Choice) throws(FieldSyncError) {
        _ = try save {
            let how: ConflictChoice =
                switch choice {
                case .kept: .kept
                case .lost: .lost
                case .value(let value): .value(value.value)
                }
            return try engine.resolve(conflict.view, how)
        }
    }
}
