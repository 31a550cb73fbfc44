public import SyncCore

/// A record as a person reads it.
public struct RecordView: Sendable {
    public let state: RecordState
    /// The journal position at which it last moved, 0 if the hub has not ruled on it.
    public let position: Int64

    public var key: RecordKey { state.key }
    public var isDeleted: Bool { state.isDeleted }

    /// Values by field; those that begin with `_` are left out.
    public var values: [String: Value] {
        let shown = state.fields.filter { !$0.name.hasPrefix("_") }
        return Dictionary(uniqueKeysWithValues: shown.map { ($0.name, $0.register.value.value) })
    }
}
