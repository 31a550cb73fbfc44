public import SyncCore
import SyncStore

/// A conflict as this device knows it.
public struct ConflictView: Sendable {
    public let id: RecordID
    public let conflict: Conflict
    /// Settled on this device; the hub has not ruled yet.
    public let isResolvedHere: Bool
    /// Whether somebody has settled it, as far as this device knows.
    public var isSettled: Bool { conflict.isResolved || isResolvedHere }
}

/// How a person settles a conflict.
public enum ConflictChoice: Sendable {
    /// Leave what is there.
    case kept
    /// Bring the other value back.
    case lost
    /// Write something else.
    case value(Value)
}

extension Replica {
    /// Every conflict that the hub has listed, in the order they came.
    public func conflicts() throws -> [ConflictView] {
        try file.read { store in
            var found: [(id: RecordID, conflict: Conflict)] = []
            try RecordTable(store).each(collection: HubCollection.conflicts) { record in
                guard let conflict = Conflict(try record.state()) else { return }
                found.append((record.key.id, conflict))
            }
            var settled: Set<RecordID> = []
            // What is pending may be a day's import: it is read only if it can matter.
            if found.contains(where: { !$0.conflict.isResolved }) {
                try PendingTable(store).each { settled.formUnion($0.resolves) }
            }
            return found.map {
                ConflictView(
                    id: $0.id, conflict: $0.conflict, isResolvedHere: settled.contains($0.id))
            }
        }
    }

    /// The one conflict whose id begins with these hex digits.
    ///
    /// - Throws: `ReplicaFault.conflictMissing`, `ReplicaFault.recordAmbiguous`.
    public func conflict(idPrefix: String) throws -> ConflictView {
        let prefix = idPrefix.lowercased()
        let matches = try conflicts().filter { !prefix.isEmpty && $0.id.hex.hasPrefix(prefix) }
        guard let first = matches.first else { throw ReplicaFault.conflictMissing(id: idPrefix) }
        guard matches.count == 1 else {
            throw ReplicaFault.recordAmbiguous(prefix: idPrefix, count: matches.count)
        }
        return first
    }

    /// Settles a conflict by an ordinary change that names it. A deletion that hid an edit is
    /// undone by choosing the lost value.
    ///
    /// - Returns: the record as it is now.
    public func resolve(_ view: ConflictView, _ choice: ConflictChoice) throws -> SavedRecord {
        let conflict = view.conflict
        var values: [String: Value] = [:]
        switch choice {
        case .kept: break
        case .lost:
            values[conflict.field] = conflict.lost.value.value
            if conflict.keptField == FieldName.deleted { values[FieldName.deleted] = false }
        case .value(let value): values[conflict.field] = value
        }
        let edit = Edit(conflict.record, .set(values), resolves: [view.id])
        return try save([edit])[0]
    }
}
