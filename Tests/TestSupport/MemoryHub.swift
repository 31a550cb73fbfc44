public import SyncCore

/// A hub's rules and records in memory: what an auditor's replay is made of.
public struct MemoryHub: RuleSource {
    public let hub: DeviceID
    public private(set) var records: [RecordKey: RecordState] = [:]
    public private(set) var positions: [RecordKey: Int64] = [:]
    private var restamps: [Stamp: Stamp] = [:]
    private var lastEffective: [DeviceID: StampTime] = [:]

    public init(hub: DeviceID) {
        self.hub = hub
    }

    public func record(_ key: RecordKey) throws -> RecordState? { records[key] }
    public func effective(ofClaimed stamp: Stamp) throws -> Stamp? { restamps[stamp] }

    private func text(_ key: RecordKey, _ field: String) -> String? {
        records[key]?[field]?.value.value.text
    }

    /// Rules a batch and applies it.
    public mutating func apply(
        _ changes: [Change], device: DeviceID, hubTime: Int64, position: Int64, space: SpaceID
    ) throws -> Verdict {
        let role = text(RecordKey(HubCollection.devices, device), "role")
        let listed = text(RecordKey(HubCollection.space, space), "operator_collections") ?? ""
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
                    operatorCollections: Set(listed.split(separator: " ").map(String.init)))),
            source: self)
        lastEffective[device] = ruling.lastEffective
        lastEffective[hub] = max(lastEffective[hub] ?? .zero, ruling.hubLastEffective)
        for restamp in ruling.restamps {
            restamps[Stamp(time: restamp.claimed, device: device)] =
                Stamp(time: restamp.effective, device: device)
        }
        for outcome in ruling.outcomes {
            switch outcome {
            case .fresh(let key, let index, let time):
                let stamp = Stamp(time: time, device: device)
                put(RecordState(key, set: changes[index].set, stamp: stamp), position)
            case .merged(let state, _): put(state, position)
            }
        }
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
