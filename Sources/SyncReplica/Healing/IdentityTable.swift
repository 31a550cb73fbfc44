import Gzip
import SyncCore
import SyncProtocol
import SyncStore

/// Who this device was before it took a new key, within one transaction.
/// Source: Protocol/README.md §10.
struct IdentityTable {
    /// A former identity whose batches are still to be looked through.
    struct Open: Equatable {
        let device: DeviceID
        /// The last batch that had a receipt when the key was left.
        let lastReceipted: Int64
    }

    private let store: StoreConnection

    init(_ store: StoreConnection) {
        self.store = store
    }

    /// Leaves an identity: what is pending is no longer sealed, its batches are kept apart.
    func leave(_ device: DeviceID) throws {
        let last = try MetaTable(store).integer(ReplicaKey.lastReceipted) ?? 0
        let id = StoreValue.blob(device.bytes)
        try store.run(
            "INSERT INTO identities(device, last_receipted) VALUES(?, ?) ON CONFLICT DO NOTHING",
            id, .integer(last))
        try store.run(
            "INSERT OR REPLACE INTO former_batches "
                + "SELECT ?, number, hash, batch, signature, position, "
                + "coalesce(receipt, first_receipt) FROM batches", id)
        try store.run("DELETE FROM batches")
        try store.run("UPDATE pending SET batch = NULL")
        try store.run(
            "UPDATE pending SET claimed_by = ?1, formerly = coalesce(formerly, ?1) "
                + "WHERE claimed_by IS NULL", id)
        try store.run("UPDATE aside SET batch = NULL")
    }

    /// Every former identity, the first one first.
    func all() throws -> [DeviceID] {
        var devices: [DeviceID] = []
        try store.each("SELECT device FROM identities ORDER BY sequence") {
            if let device = DeviceID(bytes: $0.bytes(0)) { devices.append(device) }
        }
        return devices
    }

    func open() throws -> [Open] {
        var found: [Open] = []
        try store.each(
            "SELECT device, last_receipted FROM identities WHERE shared IS NULL ORDER BY sequence"
        ) { row in
            guard let device = DeviceID(bytes: row.bytes(0)) else { return }
            found.append(Open(device: device, lastReceipted: row.integer(1)))
        }
        return found
    }

    func hasOpen() throws -> Bool {
        try store.integer("SELECT EXISTS(SELECT 1 FROM identities WHERE shared IS NULL)") == 1
    }

    /// Batches of former identities that this history holds, with their receipts, ascending. Those
    /// of an identity that was not looked through yet are all taken for held.
    func receipts() throws -> [(SealedBatch, Receipt)] {
        var sharedByDevice: [(DeviceID, Int64)] = []
        try store.each("SELECT device, coalesce(shared, last_receipted) FROM identities") {
            guard let device = DeviceID(bytes: $0.bytes(0)) else { return }
            sharedByDevice.append((device, $0.integer(1)))
        }
        return try sharedByDevice.flatMap { device, shared in
            try receipted(of: device, above: 0).filter { $0.batch.number <= shared }
        }
    }

    /// The last stamp of each former identity that is this device's own.
    func lastStamps() throws -> [DeviceID: StampTime] {
        var lastByDevice: [DeviceID: StampTime] = [:]
        for (batch, receipt) in try receipts() where batch.adopts == nil {
            let last = try BatchOutcome(batch, receipt.leaf.verdict).lastEffective
            lastByDevice[batch.device] = max(last, lastByDevice[batch.device] ?? .zero)
        }
        return lastByDevice
    }

    /// The number of an identity's last batch that is this device's own too; nil if unknown.
    func shared(_ device: DeviceID) throws -> Int64? {
        var number: Int64?
        try store.each(
            "SELECT shared FROM identities WHERE device = ? AND shared IS NOT NULL",
            .blob(device.bytes)
        ) { number = $0.integer(0) }
        return number
    }

    func setShared(_ number: Int64, of device: DeviceID) throws {
        try store.run(
            "UPDATE identities SET shared = ? WHERE device = ?", .integer(number),
            .blob(device.bytes))
    }

    /// The chain hash of a former batch; nil for one that is not here.
    func hash(of device: DeviceID, number: Int64) throws -> Hash256? {
        if number == 0 { return .zero }
        var hash: Hash256?
        try store.each(
            "SELECT hash FROM former_batches WHERE device = ? AND number = ?",
            .blob(device.bytes), .integer(number)
        ) { hash = Hash256(bytes: $0.bytes(0)) }
        return hash
    }

    /// Records that former batches above a position name.
    func keys(above position: Int64) throws -> Set<RecordKey> {
        var keys: Set<RecordKey> = []
        try store.each(
            "SELECT batch, signature FROM former_batches WHERE position > ?", .integer(position)
        ) { row in
            guard let signature = Signature(bytes: row.array(1)) else { return }
            let bytes = try Gzip.decompress(row.array(0), limit: Limits.unpackedBytes)
            let batch = try SealedBatch(bytes: bytes, signature: signature)
            keys.formUnion(batch.changes.map(\.key))
        }
        return keys
    }

    /// Former batches above a number, ascending; those that never had a receipt are left out,
    /// since what they held is pending.
    func receipted(
        of device: DeviceID, above number: Int64
    ) throws -> [(batch: SealedBatch, receipt: Receipt)] {
        var rows: [(batch: [UInt8], signature: [UInt8], receipt: [UInt8])] = []
        try store.each(
            "SELECT batch, signature, receipt FROM former_batches WHERE device = ? "
                + "AND number > ? AND receipt IS NOT NULL ORDER BY number",
            .blob(device.bytes), .integer(number)
        ) { rows.append(($0.array(0), $0.array(1), $0.array(2))) }
        return try rows.compactMap { row in
            guard let signature = Signature(bytes: row.signature) else { return nil }
            let bytes = try Gzip.decompress(row.batch, limit: Limits.unpackedBytes)
            return (
                try SealedBatch(bytes: bytes, signature: signature),
                try BatchTable.receipt(row.receipt)
            )
        }
    }
}
