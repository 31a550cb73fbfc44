// §6.3: which writes of the batch met a value that their writer had not seen.

extension RulePass {
    /// Lists the conflicts of the batch, in the order of the last change that set each field.
    mutating func listConflicts() throws {
        var found: [(change: Int, name: String, conflict: Conflict)] = []
        for record in records {
            guard case .merged(let merged) = record.content, let before = merged.before else {
                continue
            }
            for met in merged.contradicted {
                let conflict = Conflict(
                    record: before.key, field: met.name, kept: met.own, lost: met.adopted)
                found.append((met.change, met.name, conflict))
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
        if isHealing, let conflict = try hidden(name, write, before) {
            conflicts.append(conflict)
        }
        if let conflict = try editOfDeleted(name, write, merged, before) {
            conflicts.append(conflict)
        }
        conflicts += try deleteOfEdited(name, write, merged)
        return conflicts
    }

    /// Whether a register is one that the batch's device may not have seen.
    func isForeign(_ register: Register, unless was: Stamp?) throws -> Bool {
        try !isOwn(register.stamp) && !isSame(was, register.stamp)
    }

    /// Whether this device wrote it in this history. One with its id that somebody adopted may be
    /// a copy's (§6.6).
    private func isOwn(_ stamp: Stamp) -> Bool {
        guard stamp.device == context.device else { return false }
        return !isHealing || context.healing.earlier != nil
            || stamp.time <= context.lastEffective
    }

    /// Case 1: another device's value was there, unseen and different.
    private func sameField(
        _ name: String, _ write: WorkingRecord.Write, _ before: RecordState
    ) throws -> Conflict? {
        guard let present = before[name], present.value != write.last.value else { return nil }
        // Of what somebody adopted under this very stamp its author's word is the last: see
        // `contradicted`.
        guard !isHealing || present.stamp != write.last.stamp else { return nil }
        let keepsNew = write.last.wins(over: present)
        // A stamp of an earlier verdict may be below the one that its writer had seen.
        let isBelowSeen = isHealing && context.healing.earlier != nil && !keepsNew
        let isSeen = try isSame(write.firstWas, present.stamp)
        guard try isBelowSeen && isSeen || isForeign(present, unless: write.firstWas) else {
            return nil
        }
        let conflict = Conflict(
            record: before.key, field: name, kept: keepsNew ? write.last : present,
            lost: keepsNew ? present : write.last)
        guard isHealing else { return conflict }
        return try isListed(
            conflict, field: name, present: (name, present), write: write, overcomes: keepsNew)
            ? conflict : nil
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
        let conflict = Conflict(
            record: before.key, field: name, keptField: deleted, kept: deletion,
            lost: write.last)
        guard isHealing else { return conflict }
        return try isListed(conflict, field: name, present: (deleted, deletion), write: write)
            ? conflict : nil
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
            let conflict = Conflict(
                record: merged.state.key, field: field.name, keptField: deleted,
                kept: write.last, lost: field.register)
            guard isHealing else { return conflict }
            return try isListed(
                conflict, field: deleted, present: (field.name, field.register), write: write,
                isDeletion: true) ? conflict : nil
        }
    }

    /// Makes the conflict's record, unless it is there already. One between the same stamps and
    /// other values, which only two copies of a key can make, gets an id of its own.
    mutating func add(_ conflict: Conflict) throws {
        var id = conflict.id
        if let found = try findConflict(id) {
            guard isHealing, let other = Conflict(found), !other.isSame(as: conflict) else {
                return
            }
            id = conflict.idWithValue
            guard try findConflict(id) == nil else { return }
        }
        try make(conflict, id: id)
        verdict.conflicts.append(id)
    }

    /// Makes the conflict's record; closed if somebody closed it before it was there.
    mutating func make(_ conflict: Conflict, id: RecordID) throws {
        var state = conflict.state(id: id, stamp: nextHubStamp())
        if isHealing, let device = try source.earlyClose(of: id) {
            let stamp = state["resolved"]?.stamp ?? nextHubStamp()
            state.put("resolved", Register(.true, stamp))
            state.put("resolved_by", Register(CanonicalValue(.text(device.hex)), stamp))
        }
        conflicts[id] = (state, nil)
        conflictOrder.append(id)
    }

    /// Closes the conflicts that the changes resolve, even where a change itself lost.
    mutating func closeConflicts(_ changes: some RuledChanges) throws {
        let left = Set(verdict.quarantined.map(\.change) + verdict.repeats.map(\.change))
        for index in 0..<changes.count where !left.contains(index) {
            for id in changes.resolves(index) { try close(id, by: context.device) }
        }
    }

    mutating func close(_ id: RecordID, by device: DeviceID) throws {
        guard let found = try findConflict(id) else {
            if isHealing, try source.earlyClose(of: id) == nil, !earlyCloses.contains(id) {
                earlyCloses.append(id)
            }
            return
        }
        guard found["resolved"]?.value != .true else { return }
        let before = conflicts[id].map(\.before) ?? found
        var state = found
        let stamp = nextHubStamp()
        state.put("resolved", Register(.true, stamp))
        state.put("resolved_by", Register(CanonicalValue(.text(device.hex)), stamp))
        if conflicts[id] == nil { conflictOrder.append(id) }
        conflicts[id] = (state, before)
    }

    /// A row that is there takes the position all the same.
    mutating func touch(_ id: RecordID) throws {
        guard conflicts[id] == nil, let found = try findConflict(id) else { return }
        conflicts[id] = (found, found)
        conflictOrder.append(id)
    }

    func findConflict(_ id: RecordID) throws -> RecordState? {
        if let made = conflicts[id] { return made.state }
        return try source.record(RecordKey(HubCollection.conflicts, id))
    }
}
