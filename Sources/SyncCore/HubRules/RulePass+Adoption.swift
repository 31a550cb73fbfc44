// §6.8: others' work that a device held and the hub has lost.

extension RulePass {
    /// Takes one change of an adopting batch: each register under its author's stamp.
    mutating func adopt(
        _ change: Change, _ index: Int, _ adoption: Healing.Adoption
    ) throws {
        let key = change.key
        guard !adoption.isHeld else { return putAside(index, key, "head_held") }
        if key.collection == HubCollection.conflicts {
            return takeRow(change, index)
        }
        guard context.policy.allows(context.role, toWrite: key.collection) else {
            return putAside(index, key, "role")
        }
        let place = try places[key] ?? addRecord(key)
        if case .absent = records[place].content { records[place].begin(before: nil) }
        let before = try source.record(key)
        let writes = try before == nil ? [] : source.writes(to: key, above: adoption.common)
        var own: Stamp?
        for assignment in change.set {
            let stamp = try adoptedStamp(assignment.name, change, index, adoption, &own)
            let register = Register(assignment.value, stamp)
            let isListed =
                try before.map {
                    try compare(assignment.name, register, change, $0, writes)
                } ?? false
            let stands =
                before?[assignment.name].map { isAuthors(assignment.name, $0.stamp, writes) }
                ?? false
            let present = records[place].state?[assignment.name]
            if stands, present?.stamp == stamp { continue }
            records[place].change { $0.merge(assignment.name, register) }
            if let present, !isListed, present.stamp != stamp, present.value != register.value,
                register.wins(over: present)
            {
                beneath.append(
                    .init(
                        key: key, field: assignment.name, adopted: stamp, register: present))
            }
        }
    }

    /// The author's stamp, unless it lies in the future of the lost head: then the adopter's own.
    private mutating func adoptedStamp(
        _ name: String, _ change: Change, _ index: Int, _ adoption: Healing.Adoption,
        _ own: inout Stamp?
    ) throws -> Stamp {
        let limit = adoption.lostTime + HubRules.driftLimitMilliseconds
        if let stamp = change.stamps[name], stamp.time.milliseconds <= limit { return stamp }
        if let own { return own }
        let present = places[change.key].flatMap { records[$0].state }
        let time = try effectiveStamp(change.stamp, index, change: change, present: present)
        let stamp = Stamp(time: time, device: context.device)
        own = stamp
        return stamp
    }

    /// Whether the author's own batch wrote a register, rather than an adoption.
    private func isAuthors(
        _ field: String, _ stamp: Stamp, _ writes: [JournalWrite]
    ) -> Bool {
        let entries = writes.filter { $0.stamps[field] == stamp }
        return entries.isEmpty || entries.contains { !$0.isAdopted }
    }

    /// Compares one adopted register with what was there.
    ///
    /// - Returns: whether the register of the same field is listed against it.
    private mutating func compare(
        _ name: String, _ register: Register, _ change: Change, _ before: RecordState,
        _ writes: [JournalWrite]
    ) throws -> Bool {
        var isListed = false
        let deleted = FieldName.deleted
        func meets(_ field: String, _ other: Register) throws -> Bool {
            try hasEntered(field, other.stamp, writes)
                && !hasSeen(name, [register.stamp], by: other.stamp, writes, isExact: true)
        }
        if let present = before[name], present.value != register.value {
            let isKept =
                register.stamp == present.stamp && isAuthors(name, present.stamp, writes)
                || present.wins(over: register)
            // What overcomes a value of one who had seen it hides that value all the same.
            let isMet =
                try isKept ? meets(name, present) : hasEntered(name, present.stamp, writes)
            if isMet {
                isListed = true
                adoptedConflicts.append(
                    Conflict(
                        record: before.key, field: name, kept: isKept ? present : register,
                        lost: isKept ? register : present))
            }
        }
        if name == deleted, register.value == .true {
            for field in before.fields where field.name != deleted {
                guard try meets(field.name, field.register) else { continue }
                adoptedConflicts.append(
                    Conflict(
                        record: before.key, field: field.name, keptField: deleted,
                        kept: register, lost: field.register))
            }
        }
        if name != deleted, change.stamps[deleted] == nil, let deletion = before[deleted],
            deletion.value == .true, try meets(deleted, deletion)
        {
            adoptedConflicts.append(
                Conflict(
                    record: before.key, field: name, keptField: deleted, kept: deletion,
                    lost: register))
        }
        return isListed
    }

    /// Keeps a conflict's row to be brought back, if it is one.
    private mutating func takeRow(_ change: Change, _ index: Int) {
        let stamp = Stamp(time: change.stamp, device: context.device)
        let state = RecordState(change.key, set: change.set, stamp: stamp)
        guard let conflict = Conflict(state),
            [conflict.id, conflict.idWithValue].contains(change.key.id)
        else { return putAside(index, change.key, "role") }
        let by = state["resolved_by"]?.value.value.text.flatMap { DeviceID(hex: $0) }
        adoptedRows.append((change.key.id, conflict, by ?? context.device))
    }

    /// Lists what was found, then brings the rows back. Call once, after the last change.
    mutating func finishAdoption() throws {
        for conflict in adoptedConflicts { try add(conflict) }
        for row in adoptedRows {
            var id = row.id
            if let found = try findConflict(id).flatMap({ Conflict($0) }),
                !found.isSame(as: row.conflict)
            {
                try touch(id)
                id = row.conflict.idWithValue
            }
            if try findConflict(id) == nil {
                try make(row.conflict, id: id)
            } else {
                try touch(id)
            }
            if row.conflict.isResolved { try close(id, by: row.by) }
        }
    }
}
