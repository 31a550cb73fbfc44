import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// A device's own changes to one record: receipted, refused, sealed, saved.
struct DeviceHistory {
    private struct Own {
        let place: HistoryEvent.Place
        let batch: Int64?
        let change: Change
        let effective: StampTime
        let quarantine: String?
    }

    private var changes: [Own] = []
    private(set) var unreadable: [Int64] = []
    private let device: DeviceID
    private let key: RecordKey

    init(_ store: StoreConnection, _ key: RecordKey) throws {
        guard let device = try SpaceNames.ownID(MetaTable(store)) else {
            throw StoreError(.corrupt, path: "", detail: "public_key")
        }
        self.device = device
        self.key = key
        try readLog(store)
        try readHeld(store)
        try readPending(store)
    }

    private mutating func readLog(_ store: StoreConnection) throws {
        let search = ByteSearch(key.id.hex)
        var unread: [Int64] = []
        var found: [Own] = []
        let damaged = try BatchLog(store: store, isHub: false).each { logged in
            guard search.isFound(in: logged.bytes) else { return }
            do {
                let (batch, leaf) = try logged.ruled()
                found += try Self.changes(in: batch, leaf, of: key)
            } catch {
                unread.append(logged.row)
            }
        }
        changes += found
        unreadable += (damaged + unread).sorted()
    }

    private static func changes(
        in batch: SealedBatch, _ leaf: Leaf, of key: RecordKey
    ) throws -> [Own] {
        let verdict = leaf.verdict
        return try batch.changes.indices.filter { batch.key($0) == key }.map { index in
            let change = try batch.change(index)
            return Own(
                place: .logged(position: leaf.position, receivedAt: verdict.receivedAt),
                batch: batch.number, change: change,
                effective: verdict.effective.first { $0.change == index }?.stamp ?? change.stamp,
                quarantine: verdict.quarantined.first { $0.change == index }?.reason)
        }
    }

    private mutating func readHeld(_ store: StoreConnection) throws {
        var found: [Own] = []
        try store.each("SELECT change, reason FROM held ORDER BY sequence") { row in
            let bytes = row.array(0)
            let change = try bytes.withUnsafeBytes { buffer in
                var reader = CanonicalReader(buffer)
                return try ChangeReader.read(&reader).change(in: buffer)
            }
            guard change.key == key else { return }
            found.append(
                Own(
                    place: .held(reason: row.text(1)), batch: nil, change: change,
                    effective: change.stamp, quarantine: nil))
        }
        changes += found
    }

    private mutating func readPending(_ store: StoreConnection) throws {
        var batches: [Int64?] = []
        try store.each("SELECT batch, count FROM pending ORDER BY sequence") { row in
            let count = Int(clamping: row.integer(1))
            guard 0...Limits.changesPerBatch ~= count else {
                throw StoreError(.corrupt, path: "", detail: "pending")
            }
            let batch = row.isNull(0) ? nil : row.integer(0)
            batches += Array(repeating: batch, count: count)
        }
        var rest = batches[...]
        var found: [Own] = []
        try PendingTable(store).each { change in
            let batch = rest.popFirst() ?? nil
            guard change.key == key else { return }
            found.append(
                Own(
                    place: batch.map { .sealed(batch: $0) } ?? .saved, batch: batch,
                    change: change, effective: change.stamp, quarantine: nil))
        }
        changes += found
    }

    /// What others wrote in between is not in the file, so no rule can be told.
    func events(present: RecordState?) -> [HistoryEvent] {
        changes.map { own in
            let writes = own.change.set.map { assignment in
                HistoryWrite(
                    name: assignment.name, value: assignment.value, before: nil,
                    seen: own.change.was[assignment.name],
                    rule: own.quarantine == nil ? .unknown : .quarantined, conflicts: [])
            }
            return HistoryEvent(
                place: own.place, device: device, batch: own.batch, claimed: own.change.stamp,
                effective: own.effective, kind: kind(of: own.change),
                quarantine: own.quarantine, writes: writes, resolves: own.change.resolves)
        }
    }

    /// A change that names nothing it saw made the record, as far as the device knew.
    private func kind(of change: Change) -> HistoryEvent.Kind {
        if change.set.isEmpty { return .resolved }
        if change.isDeletion { return .deleted }
        if change.was.isEmpty { return .created }
        let restores = change.set.contains { $0.name == FieldName.deleted }
        return restores ? .restored : .edited
    }
}
