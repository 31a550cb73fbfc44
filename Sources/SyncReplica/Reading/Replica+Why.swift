import Gzip
public import SyncCore
import SyncProtocol
import SyncStore

/// How far one change of this device has come.
public struct ChangeTrace: Sendable {
    public enum Place: Sendable, Equatable {
        /// On this disk; the next sync seals it.
        case saved
        /// In a signed batch that has no receipt yet.
        case sealed(batch: Int64)
        /// Receipted. `isBackedUp`: a verified backup of the hub holds that position.
        case onHub(batch: Int64, position: Int64, isBackedUp: Bool)
        /// Receipted by a history of the hub that was lost; the next sync offers it again.
        case offeredAgain(batch: Int64)
        /// The hub refused it; it is kept aside on this device.
        case held(reason: String)
    }

    /// As this device claimed it.
    public let change: Change
    /// The id under which it was made: this device's, or one that it had before.
    public let device: DeviceID
    public let place: Place
    /// The stamp time that the hub ordered it by, where that is not the claimed one.
    public let effective: StampTime?
    /// Why the hub did not apply it; nil if it did.
    public let quarantine: String?

    init(
        _ change: Change, _ place: Place, by device: DeviceID, effective: StampTime? = nil,
        quarantine: String? = nil
    ) {
        self.change = change
        self.device = device
        self.place = place
        self.effective = effective
        self.quarantine = quarantine
    }
}

extension Replica {
    /// Every change that this device made to a record, also under an id that it had before, the
    /// oldest first: receipted ones, then those refused, then those that wait.
    public func trace(_ key: RecordKey) throws -> [ChangeTrace] {
        let held = try heldChanges().filter { $0.change.key == key }
        return try file.read { store in
            let own = try Self.deviceID(store)
            let backedUp = try MetaTable(store).integer(ReplicaKey.backedUp) ?? 0
            let batches = BatchTable(store)
            let receipted = try IdentityTable(store).receipts() + batches.receipts()
            let again = try batches.offeredAgain().compactMap { try batches.batch($0) }
            return try receipted.flatMap { batch, receipt in
                try Self.traces(of: key, in: batch, receipt, backedUp: backedUp)
            } + held.map { ChangeTrace($0.change, .held(reason: $0.reason), by: own) }
                + again.flatMap { try Self.traces(of: key, again: $0) }
                + PendingTable(store).traces(of: key, own: own)
        }
    }

    private static func traces(of key: RecordKey, again batch: SealedBatch) throws -> [ChangeTrace]
    {
        guard batch.adopts == nil else { return [] }
        return try batch.changes.indices.filter { batch.key($0) == key }.map {
            ChangeTrace(
                try batch.change($0), .offeredAgain(batch: batch.number), by: batch.device)
        }
    }

    private static func traces(
        of key: RecordKey, in batch: SealedBatch, _ receipt: Receipt, backedUp: Int64
    ) throws -> [ChangeTrace] {
        // What is handed back for others is not this device's.
        guard batch.adopts == nil else { return [] }
        let leaf = receipt.leaf
        let place = ChangeTrace.Place.onHub(
            batch: leaf.number, position: leaf.position, isBackedUp: leaf.position <= backedUp)
        return try batch.changes.indices.filter { batch.key($0) == key }.map { index in
            ChangeTrace(
                try batch.change(index), place, by: batch.device,
                effective: leaf.verdict.effective.first { $0.change == index }?.stamp,
                quarantine: leaf.verdict.quarantined.first { $0.change == index }?.reason)
        }
    }

    /// The records of any collection whose id begins with these hex digits, at most 20. If there
    /// are none: those that only changes of this device name, since the hub did not apply them.
    public func keys(idPrefix: String) throws -> [RecordKey] {
        let prefix = idPrefix.lowercased().filter { $0 != "-" }
        guard !prefix.isEmpty, prefix.allSatisfy(\.isHexDigit) else { return [] }
        return try file.read { store in
            let keys = try RecordTable(store).keys(
                idPrefix: prefix, collection: nil, limit: Self.matchLimit)
            return keys.isEmpty ? try Self.keysOfOwnChanges(idPrefix: prefix, store) : keys
        }
    }

    private static func keysOfOwnChanges(
        idPrefix: String, _ store: StoreConnection
    ) throws -> [RecordKey] {
        var keys: Set<RecordKey> = []
        for (batch, _) in try BatchTable(store).receipts() {
            for index in batch.changes.indices where batch.key(index).id.hex.hasPrefix(idPrefix) {
                keys.insert(batch.key(index))
            }
        }
        return keys.sorted()
    }

    /// The newest record of a collection (nil: of any) that this device made, of the live ones or
    /// of the deleted ones; nil if it made none.
    public func latestOwnRecord(
        in collection: String?, isDeleted: Bool = false
    ) throws -> RecordView? {
        try file.read { store in
            let own = try OwnStamps(store)
            let records = RecordTable(store)
            let statement = try store.prepare(
                "SELECT row, collection, id, fields, clock, position FROM records "
                    + (collection == nil ? "" : "WHERE collection = ? ") + "ORDER BY row DESC")
            if let collection { statement.bind(1, text: collection) }
            defer { statement.reset() }
            while try statement.step() {
                let found = try records.read(statement)
                let state = try found.state()
                let first = state.fields.map(\.register.stamp).min()
                guard state.isDeleted == isDeleted, first.map({ own.contains($0) }) ?? false
                else { continue }
                return RecordView(state: state, position: found.position)
            }
            return nil
        }
    }

    /// The hub's time minus this device's wall clock at the last sync, in milliseconds; nil
    /// before the first. Cheaper than `status`.
    public func clockDifference() throws -> Int64? {
        try file.read { try MetaTable($0).integer(ReplicaKey.clockDifference) }
    }
}

extension BatchTable {
    /// The own batches that have receipts, ascending.
    fileprivate func receipts() throws -> [(SealedBatch, Receipt)] {
        var found: [(number: Int64, receipt: [UInt8])] = []
        try store.each(
            "SELECT number, receipt FROM batches WHERE receipt IS NOT NULL ORDER BY number"
        ) { found.append(($0.integer(0), $0.array(1))) }
        return try found.compactMap { number, packed in
            guard let batch = try batch(number) else { return nil }
            let bytes = try Gzip.decompress(packed, limit: Limits.unpackedBytes)
            return (batch, try Receipt(encoded: bytes))
        }
    }
}

extension PendingTable {
    fileprivate func traces(of key: RecordKey, own: DeviceID) throws -> [ChangeTrace] {
        var places: [(batch: Int64?, device: DeviceID)] = []
        try store.each("SELECT batch, count, claimed_by FROM pending ORDER BY sequence") { row in
            let device = row.isNull(2) ? own : DeviceID(bytes: row.bytes(2)) ?? own
            let batch = row.isNull(0) ? nil : row.integer(0)
            places += Array(repeating: (batch, device), count: Int(row.integer(1)))
        }
        var waiting = places[...]
        var traces: [ChangeTrace] = []
        try each { change in
            let (batch, device) = waiting.popFirst() ?? (nil, own)
            guard change.key == key else { return }
            traces.append(
                ChangeTrace(change, batch.map { .sealed(batch: $0) } ?? .saved, by: device))
        }
        return traces
    }
}
