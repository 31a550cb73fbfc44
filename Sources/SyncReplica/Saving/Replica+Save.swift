public import SyncCore
import SyncProtocol
public import SyncStore

extension Replica {
    /// Saves edits in one transaction. When this returns, they are on disk.
    ///
    /// - Returns: for each edit, the record as it is now and the stamp of the change; the stamp
    ///   is nil where the edit changed nothing. A record that `.create` found present is returned
    ///   as it was.
    /// - Throws: `SaveFault`, `ReplicaFault`, `StoreError`; nothing is saved then.
    @discardableResult
    public func save(_ edits: [Edit]) throws -> [SavedRecord] {
        let device = try signingKey().publicKey.deviceID
        let now = environment.nowMilliseconds()
        return try file.write { store in
            let records = RecordTable(store)
            var clock = try HybridClock(store)
            var changes: [Change] = []
            changes.reserveCapacity(edits.count)
            let saved = try edits.map { edit in
                let present = try records.record(edit.key)
                let plan = try EditPlan(edit, present: try present?.state(), device: device) {
                    try clock.issue(wallMilliseconds: now)
                }
                guard let plan else {
                    return SavedRecord(try present?.state() ?? RecordState(edit.key), stamp: nil)
                }
                if !plan.state.fields.isEmpty {
                    try records.put(plan.state, position: present?.position ?? 0)
                }
                changes.append(plan.change)
                return SavedRecord(plan.state, stamp: plan.change.stamp)
            }
            try PendingTable(store).append(changes, savedAt: now)
            try clock.store(store)
            try records.finish()
            return saved
        }
    }

    /// A new record id at this device's wall clock.
    public func newRecordID() -> RecordID { environment.newRecordID() }
}

/// A record after a save.
public struct SavedRecord: Sendable {
    public let state: RecordState
    /// The claimed stamp time of the change; nil if nothing changed.
    public let stamp: StampTime?

    init(_ state: RecordState, stamp: StampTime?) {
        self.state = state
        self.stamp = stamp
    }
}

extension HybridClock {
    init(_ store: StoreConnection) throws {
        let raw = try MetaTable(store).integer(ReplicaKey.clock) ?? 0
        self.init(last: StampTime(rawValue: UInt64(bitPattern: raw)))
    }

    func store(_ store: StoreConnection) throws {
        let raw = Int64(bitPattern: last.rawValue)
        try MetaTable(store).set(ReplicaKey.clock, .integer(raw))
    }
}
