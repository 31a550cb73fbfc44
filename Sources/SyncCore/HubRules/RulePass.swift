/// One run of the rules over one batch: the records met so far and the verdict so far.
struct RulePass<Source: RuleSource> {
    let context: HubRules.Context
    let source: Source
    var verdict: Verdict
    var lastEffective: StampTime
    var hubLastEffective: StampTime
    var restamps: [(claimed: StampTime, effective: StampTime)] = []
    /// Records that quarantined changes named: they take the position, if they are there.
    var quarantinedKeys: [RecordKey] = []
    /// Index into `records` by key.
    var places: [RecordKey: Int] = [:]
    var records: [WorkingRecord] = []
    /// Conflicts made or closed by this batch, by id, and the order of their first mention.
    var conflicts: [RecordID: (state: RecordState, before: RecordState?)] = [:]
    var conflictOrder: [RecordID] = []

    // Healing: RulePass+Repeats.swift, RulePass+Adoption.swift.
    var aliases: [(claimed: StampTime, effective: Stamp)] = []
    /// The first of each claimed stamp.
    var aliasByClaimed: [StampTime: Stamp] = [:]
    var authored: [(author: Stamp, key: RecordKey, change: AuthoredChange)] = []
    /// The same by author's stamp and record.
    var authoredByPlace: [AuthoredPlace: [AuthoredChange]] = [:]
    var beneath: [Ruling.Beneath] = []
    var earlyCloses: [RecordID] = []
    /// Conflicts that an adoption found, and the rows that it brings back, in order.
    var adoptedConflicts: [Conflict] = []
    var adoptedRows: [(id: RecordID, conflict: Conflict, by: DeviceID)] = []

    init(context: HubRules.Context, source: Source) {
        self.context = context
        self.source = source
        verdict = Verdict(receivedAt: context.hubTime, rules: context.healing.rules)
        lastEffective = context.lastEffective
        hubLastEffective = context.hubLastEffective
    }

    var isHealing: Bool { context.healing.rules >= HubRules.healing }

    /// Applies one change: role, effective stamp, merge.
    mutating func take(_ index: Int, of changes: some RuledChanges) throws {
        let key = changes.key(index)
        if let reason = quarantine(of: index, key) {
            return putAside(index, key, reason)
        }
        let place = try findRecord(key, changes)
        let claimed = changes.stamp(index)
        // A change without fields (it only settles conflicts) makes no record.
        if case .absent = records[place].content, !changes.resolves(index).isEmpty {
            records[place].begin(before: nil)
        }
        if case .absent = records[place].content, !context.healing.mayRepeat {
            let effective = try effectiveStamp(claimed, index, change: nil, present: nil)
            records[place].content = .fresh(change: index, stamp: effective)
            return
        }
        let change = try changes.change(index)
        let present = records[place].state
        let effective = try effectiveStamp(claimed, index, change: change, present: present)
        if context.healing.mayRepeat, try isRepeat(change, index, effective, changes) { return }
        if case .absent = records[place].content { records[place].begin(before: nil) }
        let stamp = Stamp(time: effective, device: context.device)
        records[place].apply(change, index: index, stamp: stamp, hasLastWord: isHealing)
    }

    /// Why a change is not applied; nil if it is. What an earlier verdict said of it is honoured.
    private func quarantine(of index: Int, _ key: RecordKey) -> String? {
        if let earlier = context.healing.earlier {
            return earlier.verdict.quarantined.first { $0.change == index }?.reason
        }
        return context.policy.allows(context.role, toWrite: key.collection) ? nil : "role"
    }

    mutating func putAside(_ index: Int, _ key: RecordKey, _ reason: String) {
        verdict.quarantined.append(.init(change: index, reason: reason))
        quarantinedKeys.append(key)
    }

    /// The place of a record in `records`, read from the source when it is met first.
    private mutating func findRecord(
        _ key: RecordKey, _ changes: some RuledChanges
    ) throws -> Int {
        if let place = places[key] {
            if case .fresh(let first, let stamp) = records[place].content {
                let stamp = Stamp(time: stamp, device: context.device)
                let change = try changes.change(first)
                records[place].begin(before: nil)
                records[place].apply(change, index: first, stamp: stamp)
            }
            return place
        }
        return try addRecord(key)
    }

    /// Reads a record that was not met before.
    mutating func addRecord(_ key: RecordKey) throws -> Int {
        var record = WorkingRecord(key: key)
        if let before = try source.record(key) { record.begin(before: before) }
        places[key] = records.count
        records.append(record)
        return records.count - 1
    }

    /// §6.1, §6.7. Notes the stamp as the device's last effective one, and in the verdict if it
    /// is not the claimed one.
    mutating func effectiveStamp(
        _ claimed: StampTime, _ index: Int, change: Change?, present: RecordState?
    ) throws -> StampTime {
        if let earlier = context.healing.earlier {
            let ruled = earlier.verdict.effective.first { $0.change == index }?.stamp ?? claimed
            lastEffective = max(lastEffective, ruled)
            note(ruled, claimed, index)
            return ruled
        }
        let limit = context.hubTime + HubRules.driftLimitMilliseconds
        if claimed > lastEffective, claimed.milliseconds <= limit {
            lastEffective = claimed
            return claimed
        }
        var floor = lastEffective
        if let change, let present { floor = max(floor, try known(by: change, in: present)) }
        lastEffective = floor.tick
        note(lastEffective, claimed, index)
        return lastEffective
    }

    private mutating func note(_ effective: StampTime, _ claimed: StampTime, _ index: Int) {
        guard effective != claimed else { return }
        verdict.effective.append(.init(change: index, stamp: effective))
        restamps.append((claimed, effective))
    }

    /// The largest stamp time among the present registers that the writer vouches to have known.
    private func known(by change: Change, in present: RecordState) throws -> StampTime {
        var largest = StampTime.zero
        for field in present.fields {
            let stamp = field.register.stamp
            let isOwn =
                stamp.device == context.device && change.set.contains { $0.name == field.name }
            if try isOwn || isSame(change.was[field.name], stamp) {
                largest = max(largest, stamp.time)
            }
        }
        return largest
    }

    /// Whether a stamp in `was` names a present one, under the claimed or the effective reading.
    func isSame(_ was: Stamp?, _ present: Stamp) throws -> Bool {
        guard let was else { return false }
        return try was == present || effective(of: was) == present
    }

    /// The stamp that one in `was` stands for.
    func effective(of was: Stamp) throws -> Stamp {
        if was.device == context.device {
            if let alias = aliasByClaimed[was.time] { return alias }
            if let own = restamps.first(where: { $0.claimed == was.time }) {
                return Stamp(time: own.effective, device: was.device)
            }
        }
        return try source.effective(ofClaimed: was) ?? was
    }

    /// The next stamp of the hub itself, for rows of `conflicts`.
    mutating func nextHubStamp() -> Stamp {
        if context.device == context.hub {
            hubLastEffective = max(hubLastEffective, lastEffective)
        }
        hubLastEffective = max(
            StampTime(milliseconds: context.hubTime), hubLastEffective.tick)
        return Stamp(time: hubLastEffective, device: context.hub)
    }

    func finish() throws -> Ruling {
        var outcomes = records.compactMap(\.outcome)
        for key in Set(quarantinedKeys).sorted() where places[key] == nil {
            if let state = try source.record(key) {
                outcomes.append(.merged(state, before: state))
            }
        }
        for id in conflictOrder {
            let conflict = conflicts[id]!
            outcomes.append(.merged(conflict.state, before: conflict.before))
        }
        let hubLast =
            context.device == context.hub ? max(lastEffective, hubLastEffective) : hubLastEffective
        return Ruling(
            verdict: verdict, outcomes: outcomes, restamps: restamps, aliases: aliases,
            authored: authored, beneath: beneath, earlyCloses: earlyCloses,
            lastEffective: context.device == context.hub ? hubLast : lastEffective,
            hubLastEffective: hubLast)
    }
}
