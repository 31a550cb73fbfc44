public import SyncCore
import SyncStore

/// A record of `conflicts`, with how it was settled.
public struct ListedConflict: Sendable {
    public let id: RecordID
    public let conflict: Conflict
    /// The hub's time when it listed it, in milliseconds since 1970.
    public let listedAt: Int64
    /// Who settled it and when by the hub's time; nil while it is open.
    public let resolution: (device: DeviceID?, at: Int64)?

    /// Nil for a record that lacks what this version needs to understand it.
    init?(_ state: RecordState) {
        guard let conflict = Conflict(state), let kept = state["kept_stamp"] else { return nil }
        id = state.key.id
        self.conflict = conflict
        listedAt = kept.stamp.time.milliseconds
        let resolved = state["resolved"].flatMap { $0.value == .true ? $0 : nil }
        resolution = resolved.map { register in
            let by = state["resolved_by"]?.value.value.text.flatMap { DeviceID(hex: $0) }
            return (by, register.stamp.time.milliseconds)
        }
    }
}

/// All conflicts of a hub's or a device's file.
public struct ConflictListing: Sendable {
    /// In the order that the file got them.
    public let conflicts: [ListedConflict]
    /// Records of `conflicts` that could not be understood.
    public let unreadable: [RecordID]

    /// - Parameter record: only those about this record; nil for all.
    /// - Throws: `StoreError`.
    public init(_ file: AuditFile, about record: RecordKey? = nil) throws {
        (conflicts, unreadable) = try file.examine { try Self.read($0, record) }
    }

    static func read(
        _ store: StoreConnection, _ record: RecordKey?
    ) throws -> (conflicts: [ListedConflict], unreadable: [RecordID]) {
        var conflicts: [ListedConflict] = []
        var unreadable: [RecordID] = []
        try RecordTable(store).each(collection: HubCollection.conflicts) { found in
            guard let state = try? found.state(), let listed = ListedConflict(state) else {
                return unreadable.append(found.key.id)
            }
            if record == nil || listed.conflict.record == record { conflicts.append(listed) }
        }
        return (conflicts, unreadable)
    }
}
