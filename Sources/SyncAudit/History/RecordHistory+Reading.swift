public import SyncCore
import SyncReplica
import SyncStore

extension RecordHistory {
    /// Tells the history of a record out of a hub's or a device's file.
    ///
    /// Rows of the log that cannot be read are passed over and listed in `unreadable`.
    ///
    /// - Throws: `StoreError`; `JSONError` if the record's row was altered outside the programs.
    public init(_ file: AuditFile, of key: RecordKey) throws {
        self = try file.examine { store in
            let found = try RecordTable(store).record(key)
            let present = try found?.state()
            let conflicts = try ConflictListing.read(store, key).conflicts
            let position = found?.position ?? 0
            guard file.isHub else {
                let device = try DeviceHistory(store, key)
                return RecordHistory(
                    key: key, isHub: false, events: device.events(present: present),
                    conflicts: conflicts, present: present, position: position, derived: nil,
                    unreadable: device.unreadable)
            }
            var journal = JournalHistory(key)
            let damaged = try BatchLog(store: store, isHub: true).each { journal.take($0) }
            return RecordHistory(
                key: key, isHub: true, events: journal.events, conflicts: conflicts,
                present: present, position: position, derived: journal.derived,
                unreadable: (journal.unreadable + damaged).sorted())
        }
    }
}
