public import SyncCore

/// A hub's rules and records in memory: what an auditor's replay is made of.
public struct MemoryHub: RuleSource {
    public let hub: DeviceID
    public private(set) var records: [RecordKey: RecordState] = [:]
    public private(set) var positions: [RecordKey: Int64] = [:]
    private var restamps: [Stamp: Stamp] = [:]
    private var lastEffective: [DeviceID: StampTime] = [:]
    private var earlyCloses: [RecordID: DeviceID] = [:]
    private var beneath: [RecordKey: [String: [Stamp: Register]]] = [:]
    private var entries: [Entry] = []
    private var rules = HubRules.plain
    private var firstBreak: Int64?

    /// One batch as it was ruled. What the rules ask of the journal is searched for in all of
    /// them, without an index: slow, and plainly right.
    private struct Entry {
        let changes: [Change]
        let device: DeviceID
        let number: Int64
        let position: Int64
        let verdict: Verdict
        let formerly: DeviceID?
        /// The time of the lost head of an adopting batch.
        let lostTime: Int64?

        func stamp(_ index: Int) -> Stamp? {
            guard !verdict.quarantined.contains(where: { $0.change == index }),
                !verdict.repeats.contains(where: { $0.change == index })
            else { return nil }
            let time = verdict.effective.first { $0.change == index }?.stamp
            return Stamp(time: time ?? changes[index].stamp, device: device)
        }

        func stamps(_ index: Int) -> [String: Stamp]? {
            guard let own = stamp(index) else { return nil }
            let change = changes[index]
            let limit = lostTime.map { $0 + HubRules.driftLimitMilliseconds }
            return Dictionary(
                uniqueKeysWithValues: change.set.map { assignment in
                    guard let limit, let stamp = change.stamps[assignment.name],
                        stamp.time.milliseconds <= limit
                    else { return (assignment.name, own) }
                    return (assignment.name, stamp)
                })
        }
    }

    public init(hub: DeviceID) {
        self.hub = hub
    }

    public func record(_ key: RecordKey) throws -> RecordState? { records[key] }
    public func effective(ofClaimed stamp: Stamp) throws -> Stamp? { restamps[stamp] }

    public func earlyClose(of conflict: RecordID) throws -> DeviceID? { earlyCloses[conflict] }

    public func beneath(
        _ key: RecordKey, _ field: String, _ adopted: Stamp
    ) throws -> Register? {
        beneath[key]?[field]?[adopted]
    }

    public func authored(
        _ stamp: Stamp, _ key: RecordKey, above number: Int64?
    ) throws -> [AuthoredChange] {
        entries.flatMap { entry -> [AuthoredChange] in
            let isHeirs = entry.formerly == stamp.device
            let isOwn =
                entry.device == stamp.device && entry.formerly == nil && entry.lostTime == nil
                && number.map { entry.number > $0 } ?? false
            guard isHeirs || isOwn else { return [] }
            return entry.changes.indices.compactMap { index in
                let change = entry.changes[index]
                guard change.key == key, change.stamp == stamp.time,
                    let effective = entry.stamp(index)
                else { return nil }
                return AuthoredChange(content: change.content, effective: effective)
            }
        }
    }

    public func writes(to key: RecordKey, above position: Int64) throws -> [JournalWrite] {
        entries.filter { $0.position > position }.flatMap { entry in
            entry.changes.indices.compactMap { index in
                guard entry.changes[index].key == key, let stamps = entry.stamps(index) else {
                    return nil
                }
                return JournalWrite(
                    position: entry.position, isAdopted: entry.lostTime != nil, stamps: stamps,
                    was: entry.changes[index].was)
            }
        }
    }

    private func text(_ key: RecordKey, _ field: String) -> String? {
        records[key]?[field]?.value.value.text
    }

    /// Rules the changes of a batch and applies them.
    ///
    /// - Parameter healing: as it came; `rules`, `hasHeirs` and `firstBreak` are found here.
    public mutating func apply(
        _ changes: [Change], device: DeviceID, number: Int64 = 0, hubTime: Int64,
        position: Int64, space: SpaceID, healing: Healing = .none
    ) throws -> Verdict {
        let role = text(RecordKey(HubCollection.devices, device), "role")
        let listed = text(RecordKey(HubCollection.space, space), "operator_collections") ?? ""
        var healing = healing
        let opensEpoch = changes.contains { change in
            device == hub && change.key.collection == HubCollection.epochs
                && change.set.contains { $0.name == "parent" && $0.value.value.text != nil }
        }
        if healing.formerly != nil || healing.adoption != nil || healing.earlier != nil
            || opensEpoch
        {
            rules = HubRules.healing
        }
        healing.rules = rules
        healing.hasHeirs = entries.contains { $0.formerly == device }
        healing.firstBreak = firstBreak
        if opensEpoch, firstBreak == nil { firstBreak = position - 1 }
        let ruling = try HubRules.rule(
            changes,
            context: .init(
                hubTime: hubTime, device: device,
                role: device == hub
                    ? .hub
                    : role.flatMap { Role(rawValue: $0) }
                        .flatMap { $0 == .hub ? nil : $0 },
                lastEffective: lastEffective[device] ?? .zero, hub: hub,
                hubLastEffective: lastEffective[hub] ?? .zero,
                policy: RolePolicy(
                    operatorCollections: Set(listed.split(separator: " ").map(String.init))),
                healing: healing),
            source: self)
        lastEffective[device] = ruling.lastEffective
        lastEffective[hub] = max(lastEffective[hub] ?? .zero, ruling.hubLastEffective)
        for restamp in ruling.restamps {
            restamps[Stamp(time: restamp.claimed, device: device)] =
                Stamp(time: restamp.effective, device: device)
        }
        for alias in ruling.aliases {
            restamps[Stamp(time: alias.claimed, device: device)] = alias.effective
        }
        for hidden in ruling.beneath
        where beneath[hidden.key]?[hidden.field]?[hidden.adopted] == nil {
            beneath[hidden.key, default: [:]][hidden.field, default: [:]][hidden.adopted] =
                hidden.register
        }
        for id in ruling.earlyCloses { earlyCloses[id] = device }
        for outcome in ruling.outcomes {
            switch outcome {
            case .fresh(let key, let index, let time):
                let stamp = Stamp(time: time, device: device)
                put(RecordState(key, set: changes[index].set, stamp: stamp), position)
            case .merged(let state, _): put(state, position)
            }
        }
        entries.append(
            Entry(
                changes: changes, device: device, number: number, position: position,
                verdict: ruling.verdict, formerly: healing.formerly?.device,
                lostTime: healing.adoption?.lostTime))
        return ruling.verdict
    }

    private mutating func put(_ state: RecordState, _ position: Int64) {
        guard !state.fields.isEmpty else { return }
        records[state.key] = state
        positions[state.key] = position
    }

    public var digest: Hash256 {
        var sums = DigestSums()
        for state in records.values { sums.add(state.hash, for: state.key) }
        return sums.root
    }
}
