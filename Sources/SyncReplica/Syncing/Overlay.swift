import SyncCore
import SyncStore

/// The device's own pending changes, ready to be laid over what the hub says.
struct Overlay {
    private struct Laid {
        let change: Change
        let stamp: Stamp
    }

    private var changesByRecord: [RecordKey: [Laid]] = [:]

    /// - Parameter number: changes sealed in earlier batches are left out: a page that expects
    ///   this number next holds the hub's ruling on them already.
    init(_ store: StoreConnection, device: DeviceID, from number: Int64 = 0) throws {
        try PendingTable(store).each(fromBatch: number) { change, claimedBy in
            let stamp = Stamp(time: change.stamp, device: claimedBy ?? device)
            changesByRecord[change.key, default: []].append(Laid(change: change, stamp: stamp))
        }
    }

    func names(_ key: RecordKey) -> Bool { changesByRecord[key] != nil }

    /// The state with the pending changes set over it in the order saved, whatever the stamps.
    func laid(over state: RecordState) -> RecordState {
        var state = state
        for laid in changesByRecord[state.key] ?? [] {
            for assignment in laid.change.set {
                state.put(assignment.name, Register(assignment.value, laid.stamp))
            }
        }
        return state
    }

    /// The registers of a shown state that no pending change put there; nil if none are left.
    func without(_ state: RecordState) -> RecordState? {
        let own = Set((changesByRecord[state.key] ?? []).map(\.stamp))
        let rest = state.fields.filter { !own.contains($0.register.stamp) }
        return rest.isEmpty ? nil : RecordState(state.key, fields: rest)
    }
}
