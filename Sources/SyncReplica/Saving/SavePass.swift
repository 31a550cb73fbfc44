import SyncCore
import SyncStore

/// The edits of one save, one after the other, within one transaction.
struct SavePass {
    private let store: StoreConnection
    private let records: RecordTable
    private let device: DeviceID
    private let now: Int64
    private var clock: HybridClock
    private var pending: PendingWriter
    private let before: BeforeTable

    /// - Parameter now: the wall clock in milliseconds since 1970.
    init(_ store: StoreConnection, device: DeviceID, now: Int64) throws {
        self.store = store
        self.device = device
        self.now = now
        records = RecordTable(store)
        clock = try HybridClock(store)
        pending = try PendingWriter(store, savedAt: now)
        before = BeforeTable(store)
    }

    /// - Throws: `SaveFault`, `StoreError`.
    mutating func save(_ edit: Edit) throws -> SavedRecord {
        if case .create(let values) = edit.action, edit.resolves.isEmpty, !values.isEmpty {
            let new = try NewRecord(edit.key, values)
            if let saved = try create(new) { return saved }
        }
        let present = try records.record(edit.key)
        let plan = try EditPlan(edit, present: try present?.state(), device: device) {
            try clock.issue(wallMilliseconds: now)
        }
        guard let plan else {
            return SavedRecord(try present?.state() ?? RecordState(edit.key), stamp: nil)
        }
        // Also for a record that is there and has none of the fields: an undo tells it from a new one.
        if let present { try before.keep(try present.state(), before: plan.change) }
        // It may be one that this save has made and that is not named in the table yet.
        if let present, pending.names(row: present.row) { try pending.finish() }
        if !plan.state.fields.isEmpty {
            try records.put(plan.state, position: present?.position ?? 0)
        }
        try pending.append(plan.change.canonicalBytes, plan.change.stamp)
        return SavedRecord(plan.state, stamp: plan.change.stamp)
    }

    /// Makes a record without looking for it first; nil if it is there.
    private mutating func create(_ new: NewRecord) throws -> SavedRecord? {
        var next = clock
        let time = try next.issue(wallMilliseconds: now)
        let stamp = Stamp(time: time, device: device)
        guard let row = try records.create(new, stamp: stamp) else { return nil }
        clock = next
        try pending.append(new, time, row: row)
        return SavedRecord(new, stamp: stamp)
    }

    /// Writes what is kept in memory. Call once, last.
    mutating func finish() throws {
        try pending.finish()
        try clock.store(store)
        try records.finish()
    }
}
