public import SyncCore
import SyncProtocol
public import SyncStore

extension Replica {
    /// Saves edits in one transaction. When this returns, they are on disk.
    ///
    /// - Parameter closing: makes further edits of the same transaction from what the others came
    ///   to, such as a note of what was imported.
    /// - Returns: for each edit, the record as it is now and the stamp of the change; the stamp
    ///   is nil where the edit changed nothing. A record that `.create` found present is returned
    ///   as it was.
    /// - Throws: `SaveFault`, `ReplicaFault`, `StoreError`; nothing is saved then.
    @discardableResult
    public func save(
        _ edits: [Edit], closing: ([SavedRecord]) -> [Edit] = { _ in [] }
    ) throws -> [SavedRecord] {
        _ = try signingKey()
        let now = environment.nowMilliseconds()
        return try file.write { store in
            // As the file says: another process may have taken a new key.
            var pass = try SavePass(store, device: Self.deviceID(store), now: now)
            var saved = try edits.map { try pass.save($0) }
            saved += try closing(saved).map { try pass.save($0) }
            try pass.finish()
            return saved
        }
    }

    /// A new record id at this device's wall clock.
    public func newRecordID() -> RecordID { environment.newRecordID() }
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
