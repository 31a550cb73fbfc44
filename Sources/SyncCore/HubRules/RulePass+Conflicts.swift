// §6.3: which writes of the batch met a value that their writer had not seen.

extension RulePass {
    /// Lists the conflicts of the batch, in the order of the last change that set each field.
    mutating func listConflicts() throws {
        var found: [(change: Int, name: String, conflict: Conflict)] = []
        for record in records {
            guard case .merged(let merged) = record.content, let before = merged.before else {
                continue
            }
            for (name, write) in merged.writes.sorted(by: { $0.key < $1.key }) {
                let conflicts = try judge(name, write, merged, before)
                found += conflicts.map { (write.lastChange, name, $0) }
            }
        }
        // Stable: by change, then by field, then by the order within `judge`.
        let order = found.indices.sorted {
            (found[$0].change, found[$0].name, $0) < (found[$1].change, found[$1].name, $1)
        }
        for index in order { try add(found[index].conflict) }
    }

    private func judge(
        _ name: String, _ write: WorkingRecord.Write, _ merged: WorkingRecord.MergedRecord,
        _ before: RecordState
    ) throws -> [Conflict] {
        var conflicts: [Conflict] = []
        if let conflict = try sameField(name, write, before) { conflicts.append(conflict) }
        if let conflict = try editOfDeleted(name, write, merged, before) {
            conflicts.append(conflict)
        }
        conflicts += try deleteOfEdited(name, write, merged)
        return conflicts
    }

    /// Whether a register is one that the batch's device may not have seen.
    private func isForeign(_ register: Register, unless was: Stamp?) throws -> Bool {
        try register.stamp.device != context.device && !isSame(was, register.stamp)
    }

    /// Case 1: another device's value was there, unseen and different.
    private func sameField(
        _ name: String, _ write: WorkingRecord.Write, _ before: RecordState
    ) throws -> Conflict? {
        guard let present = before[name], try isForeign(present, unless: write.firstWas),
            present.value != write.last.value
        else { return nil }
        let keepsNew = write.last.wins(over: present)
        return Conflict(
            record: before.key, field: name, kept: keepsNew ? write.last : present,
            lost: keepsNew ? present : write.last)
    }

    /// Case 2: the record had been deleted by another device, unseen.
    private func editOfDeleted(
        _ name: String, _ write: WorkingRecord.Write, _ merged: WorkingRecord.MergedRecord,
        _ before: RecordState
    ) throws -> Conflict? {
        let deleted = FieldName.deleted
        guard name != deleted, merged.writes[deleted] == nil, let deletion = before[deleted],
            deletion.value == .true, try isForeign(deletion, unless: write.lastWas[deleted])
        else { return nil }
        return Conflict(
            record: before.key, field: name, keptField: deleted, kept: deletion,
            lost: write.last)
    }

    /// Case 3: the batch deletes, and hides fields that its writer had not seen.
    private func deleteOfEdited(
        _ name: String, _ write: WorkingRecord.Write, _ merged: WorkingRecord.MergedRecord
    ) throws -> [Conflict] {
        let deleted = FieldName.deleted
        guard name == deleted, write.last.value == .true, merged.state[deleted] == write.last
        else { return [] }
        return try merged.state.fields.compactMap { field in
            guard field.name != deleted, merged.writes[field.name] == nil,
                try isForeign(field.register, unless: write.lastWas[field.name])
            else { return nil }
            return Conflict(
                record: merged.state.key, field: field.name, keptField: deleted,
                kept: write.last, lost: field.register)
        }
    }

    /// Makes the conflict's record, unless it is there already.
    private mutating func add(_ conflict: Conflict) throws {
        let id = conflict.id
        guard try findConflict(id) == nil else { return }
        conflicts[id] = (conflict.state(stamp: nextHubStamp()), nil)
        conflictOrder.append(id)
        verdict.conflicts.append(id)
    }

    /// Closes the conflicts that the changes resolve, even where a change itself lost.
    mutating func closeConflicts(_ changes: some RuledChanges) throws {
        let quarantined = Set(verdict.quarantined.map(\.change))
        for index in 0..<changes.count where !quarantined.contains(index) {
            for id in changes.resolves(index) { try close(id) }
        }
    }

    private mutating func close(_ id: RecordID) throws {
        guard let found = try findConflict(id), found["resolved"]?.value != .true else { return }
        let before = conflicts[id].map(\.before) ?? found
        var state = found
        let stamp = nextHubStamp()
        state.put("resolved", Register(.true, stamp))
        let by = CanonicalValue(.text(context.device.hex))
        state.put("resolved_by", Register(by, stamp))
        if conflicts[id] == nil { conflictOrder.append(id) }
        conflicts[id] = (state, before)
    }

    private func findConflict(_ id: RecordID) throws -> RecordState? {
        if let made = conflicts[id] { return made.state }
        return try source.record(RecordKey(HubCollection.conflicts, id))
    }
}
