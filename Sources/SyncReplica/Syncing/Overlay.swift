import SyncCore
import SyncStore

/// The device's own pending changes, ready to be laid over what the hub says.
struct Overlay {
    private struct Laid {
        let change: Change
        let stamp: Stamp
    }

    /// A row of `pending` that names records, which are new and have no other change that waits.
    private struct Named {
        let rows: ClosedRange<Int64>
        let device: DeviceID
    }

    private var changesByRecord: [RecordKey: [Laid]] = [:]
    /// Ascending; what they name is read once it is looked at.
    private var named: [Named] = []

    /// - Parameter number: changes sealed in earlier batches are left out: a page that expects
    ///   this number next holds the hub's ruling on them already.
    init(_ store: StoreConnection, device: DeviceID, from number: Int64 = 0) throws {
        try PendingTable(store).each(fromBatch: number) { change, claimedBy in
            let stamp = Stamp(time: change.stamp, device: claimedBy ?? device)
            changesByRecord[change.key, default: []].append(Laid(change: change, stamp: stamp))
        }
    }

    /// The same, where only some records are asked for: `look` goes before each question. So a page
    /// costs what is on it, however much waits.
    init(few store: StoreConnection, device: DeviceID, from number: Int64) throws {
        let pending = PendingTable(store)
        try pending.each(fromBatch: number, isNamedLeftOut: true) { change, claimedBy in
            let stamp = Stamp(time: change.stamp, device: claimedBy ?? device)
            changesByRecord[change.key, default: []].append(Laid(change: change, stamp: stamp))
        }
        named = try pending.named(fromBatch: number)
            .map { Named(rows: $0.rows, device: $0.claimedBy ?? device) }
    }

    /// Reads what waits of a record.
    ///
    /// - Throws: `StoreError`, `JSONError`.
    mutating func look(
        at key: RecordKey, _ records: RecordTable, _ store: StoreConnection
    ) throws {
        guard !named.isEmpty, changesByRecord[key] == nil, let row = try records.record(key)?.row
        else { return }
        // The last that begins no later.
        var (low, high) = (0, named.count)
        while low < high {
            let middle = (low + high) / 2
            if named[middle].rows.lowerBound <= row { low = middle + 1 } else { high = middle }
        }
        guard low > 0, named[low - 1].rows.contains(row) else { return }
        let device = named[low - 1].device
        changesByRecord[key] = try PendingTable.changes(NamedRecords(store).changes(row...row))
            .map { Laid(change: $0, stamp: Stamp(time: $0.stamp, device: device)) }
    }

    /// Whether every register of a record was put there by a pending change.
    func wrote(_ record: StoredRecord) -> Bool {
        guard let laid = changesByRecord[record.key] else { return false }
        let stamps = [record.clock.newest] + record.clock.older.map(\.stamp)
        return stamps.allSatisfy { stamp in laid.contains { $0.stamp == stamp } }
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
