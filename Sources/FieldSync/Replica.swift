import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// Records in a file of this device, saved without a network and merged with everybody's by a hub.
///
/// What has returned is on disk. Several processes may use one file. A replica of a file may be used
/// from any thread.
public final class Replica: Sendable {
    let engine: SyncReplica.Replica
    /// Tells whoever observes that something may be new.
    let signal = ChangeSignal()

    /// Opens the replica in a file, or makes it with a key of its own beside it (`NAME.key`).
    ///
    /// - Parameters:
    ///   - path: such as `list.sqlite`; its folder must be there.
    ///   - name: what others call this device: a role or a place, not a person. Only for a new one.
    public init(at path: String, name: String) throws(FieldSyncError) {
        engine = try FieldSyncError.mapping {
            if FilePresence.exists(path) {
                return try SyncReplica.Replica(path: path, environment: .system)
            }
            return try SyncReplica.Replica.create(path: path, name: name, environment: .system)
        }
    }

    init(_ engine: SyncReplica.Replica) { self.engine = engine }

    /// Ends all use of the file. A repeat does nothing.
    public func close() throws(FieldSyncError) { try FieldSyncError.mapping { try engine.close() } }

    /// This device's id: 32 hexadecimal digits.
    public var device: String {
        get throws(FieldSyncError) { try FieldSyncError.mapping { try engine.deviceID().hex } }
    }

    // MARK: Reading

    /// The record of an id; nil if there is none, or if it is deleted.
    public func record<Record: SyncedRecord>(
        _ type: Record.Type, _ id: RecordID
    ) throws(FieldSyncError) -> Stored<Record>? {
        try FieldSyncError.mapping {
            guard let view = try engine.record(RecordKey(Record.collection, id.id)),
                !view.isDeleted
            else { return nil }
            return try Self.stored(view)
        }
    }

    /// The records of a type, in the order in which they were made here; deleted ones left out.
    ///
    /// - Parameters:
    ///   - type: the records' type; left out where it is clear.
    ///   - isIncluded: which ones; nil: all.
    public func records<Record: SyncedRecord>(
        _ type: Record.Type = Record.self, where isIncluded: ((Record) -> Bool)? = nil
    ) throws(FieldSyncError) -> [Stored<Record>] {
        try FieldSyncError.mapping {
            var found: [Stored<Record>] = []
            try engine.eachRecord(in: Record.collection) { view in
                guard !view.isDeleted else { return }
                let stored: Stored<Record> = try Self.stored(view)
                if isIncluded?(stored.value) ?? true { found.append(stored) }
            }
            return found
        }
    }

    private static func stored<Record: SyncedRecord>(
        _ view: RecordView
    ) throws -> Stored<Record> {
        Stored(
            id: RecordID(view.key.id), value: try RecordDecoder.record(Record.self, of: view.values)
        )
    }

    /// The records of a type that have changes which the hub has not signed for yet.
    public func unsent<Record: SyncedRecord>(
        _ type: Record.Type
    ) throws(FieldSyncError) -> Set<RecordID> {
        try FieldSyncError.mapping {
            let keys = try engine.pendingKeys().filter { $0.collection == Record.collection }
            return Set(keys.map { RecordID($0.id) })
        }
    }

    // MARK: Saving

    /// Saves a new record.
    ///
    /// - Returns: its id.
    @discardableResult
    public func add<Record: SyncedRecord>(_ record: Record) throws(FieldSyncError) -> RecordID {
        try add([record])[0]
    }

    /// Saves new records in one transaction.
    ///
    /// - Returns: their ids, in order.
    @discardableResult
    public func add<Record: SyncedRecord>(
        _ records: [Record]
    ) throws(FieldSyncError) -> [RecordID] {
        try save {
            try RecordFieldName.check(Record.collection)
            let edits = try records.map {
                Edit(
                    RecordKey(Record.collection, engine.newRecordID()),
                    .set(try RecordEncoder.fields(of: $0)))
            }
            try engine.save(edits)
            return edits.map { RecordID($0.key.id) }
        }
    }

    /// Changes a record: only the fields that come out otherwise are written, so that what others
    /// write in its other fields meanwhile stays.
    ///
    /// - Returns: the record as it is now.
    @discardableResult
    public func update<Record: SyncedRecord>(
        _ type: Record.Type, _ id: RecordID, _ change: (inout Record) throws -> Void
    ) throws(FieldSyncError) -> Stored<Record> {
        try save {
            guard let before = try record(type, id) else {
                throw ReplicaFault.recordMissing(
                    collection: Record.collection, id: id.description)
            }
            var value = before.value
            try change(&value)
            let old = try RecordEncoder.fields(of: before.value)
            let new = try RecordEncoder.fields(of: value)
            var written = new.filter { old[$0.key] != $0.value }
            // An optional that has become nil is not encoded at all.
            for name in old.keys where new[name] == nil { written[name] = .null }
            if !written.isEmpty {
                try engine.save([Edit(RecordKey(Record.collection, id.id), .set(written))])
            }
            return try record(type, id) ?? before
        }
    }

    /// Deletes a record for everybody; `restore` takes it back.
    public func delete<Record: SyncedRecord>(
        _ type: Record.Type, _ id: RecordID
    ) throws(FieldSyncError) {
        _ = try save { try engine.save([Edit(RecordKey(Record.collection, id.id), .delete)]) }
    }

    /// Brings a deleted record back.
    public func restore<Record: SyncedRecord>(
        _ type: Record.Type, _ id: RecordID
    ) throws(FieldSyncError) {
        _ = try save { try engine.save([Edit(RecordKey(Record.collection, id.id), .restore)]) }
    }

    func save<T>(_ body: () throws -> T) throws(FieldSyncError) -> T {
        let result = try FieldSyncError.mapping(body)
        signal.send()
        return result
    }
}
