import SyncCore
import SyncStore

/// The device's own pending changes, ready to be laid over what the hub says.
struct Overlay {
    private var changesByRecord: [RecordKey: [Change]] = [:]
    private let device: DeviceID

    /// - Parameter number: changes sealed in earlier batches are left out: a page that expects
    ///   this number next holds the hub's ruling on them already.
    init(_ store: StoreConnection, device: DeviceID, from number: Int64 = 0) throws {
        self.device = device
        try PendingTable(store).each(fromBatch: number) {
            changesByRecord[$0.key, default: []].append($0)
        }
    }

    func names(_ key: RecordKey) -> Bool { changesByRecord[key] != nil }

    /// The state with the pending changes set over it in the order saved, whatever the stamps.
    func laid(over state: RecordState) -> RecordState {
        var state = state
        for change in changesByRecord[state.key] ?? [] {
            let stamp = Stamp(time: change.stamp, device: device)
            for assignment in change.set {
                state.put(assignment.name, Register(assignment.value, stamp))
            }
        }
        return state
    }
}
