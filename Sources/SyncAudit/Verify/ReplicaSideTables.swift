import Gzip
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// What a replica holds beside its records and its own batches: derived anew, bound to a signature,
/// or counted as what nothing proves.
struct ReplicaSideTables {
    /// Tables of what only this file knows.
    private static let counted = [
        "held", "healed", "carried", "asked", "aside", "moved", "former_batches", "lost_heads",
        "heads", "identities",
    ]
    /// Columns of which the same is true, in tables that are checked else.
    private static let countedColumns = [
        (table: "records", column: "position"), ("batches", "proved"), ("pending", "saved_at"),
    ]

    let store: StoreConnection
    let log: ProblemLog
    let hub: HubIdentity?
    let device: DeviceID

    /// - Parameter isOneHistory: where the hub's journal broke, a stamp may be one of a ruling that
    ///   was lost, so that nobody can tell whether its save waited here.
    func check(_ scan: RecordScan.Result, isOneHistory: Bool) throws -> [UnprovedTable] {
        let version = try store.integer("PRAGMA user_version")
        try MetaCheck.check(
            store, ReplicaKey.classes, prefixes: ReplicaKey.prefixes, log)
        try checkIdentity()
        try checkPeers()
        if version >= 2, try !CountRows(scan.live).areStored(in: store) {
            log.add(.rowDiffers, .side(table: "counts", name: "live"), .init(.reason, "altered"))
        }
        try checkReceipted()
        if version >= 4 {
            try checkMoved()
            try checkLostHeads()
            try checkFormerBatches()
            try checkIdentities()
        }
        try checkPendingOrder()
        return try unproved(Self.counted + (isOneHistory ? [] : ["pending"]))
    }

    /// A replica that holds what a hub signed knows whose it is.
    private func checkIdentity() throws {
        let meta = MetaTable(store)
        let isJoined =
            try store.integer(
                "SELECT EXISTS(SELECT 1 FROM heads) "
                    + "OR EXISTS(SELECT 1 FROM batches WHERE receipt IS NOT NULL)") == 1
        guard isJoined else { return }
        for key in [ReplicaKey.hubKey, ReplicaKey.space, ReplicaKey.head]
        where try !meta.has(key) {
            log.add(.metaMissing, .file, .init(.column, key))
        }
    }

    private func checkPeers() throws {
        try store.each("SELECT peer, device FROM peers ORDER BY peer") { row in
            guard row.integer(0) <= 0 || row.bytes(1).count != 16 else { return }
            log.add(
                .rowDiffers, .row(table: "peers", row: row.integer(0)), .init(.column, "device"))
        }
    }

    /// How far the device's own work has come is said by its receipts.
    private func checkReceipted() throws {
        let meta = MetaTable(store)
        let due = try store.integer(
            "SELECT coalesce(max(number), 0) FROM batches WHERE receipt IS NOT NULL")
        let found = try meta.integer(ReplicaKey.lastReceipted) ?? 0
        guard found != due else { return }
        log.add(
            .rowDiffers, .side(table: "meta", name: ReplicaKey.lastReceipted),
            .init(.expected, due), .init(.found, found))
    }

    private func checkMoved() throws {
        guard try !Replica.namesAllMoved(store) else { return }
        log.add(
            .rowDiffers, .side(table: "moved", name: "names"), .init(.reason, "missing"))
    }

    /// The hub says who this device was before.
    private func checkIdentities() throws {
        var known: Set<DeviceID> = []
        try store.each("SELECT device FROM identities ORDER BY sequence") { row in
            if let device = DeviceID(bytes: row.bytes(0)) { known.insert(device) }
        }
        let records = RecordTable(store)
        for former in try EnrolledDevice.ancestors(of: device, in: records)
        where !known.contains(former) {
            log.add(
                .rowDiffers,
                .side(table: "identities", name: String(former.hex.prefix(12))),
                .init(.reason, "missing"))
        }
    }

    /// Rows are numbered as they are saved.
    private func checkPendingOrder() throws {
        let last = try store.integer("SELECT coalesce(max(sequence), 0) FROM pending")
        let given = try store.integer("SELECT seq FROM sqlite_sequence WHERE name = 'pending'")
        guard last > given else { return }
        log.add(.pendingDamaged, .pending(last), .init(.reason, "order"))
    }

    private func checkLostHeads() throws {
        guard let hub else { return }
        try store.each("SELECT size, epoch, head FROM lost_heads ORDER BY epoch, size") { row in
            let head = SignedHead.canonical(row.array(2))
            guard let head, head.head.size == row.integer(0),
                row.bytes(1).elementsEqual(head.head.epoch.bytes), hub.vouches(for: head)
            else {
                return log.add(.headForged, .head(row.integer(0)), .init(.reason, "lost_heads"))
            }
        }
    }

    private func checkFormerBatches() throws {
        try store.each(
            "SELECT rowid, device, number, hash, batch, signature FROM former_batches "
                + "ORDER BY device, number"
        ) { row in
            let bytes = try? Gzip.decompress(row.array(4), limit: Limits.unpackedBytes)
            let signature = Signature(bytes: row.array(5))
            let batch = bytes.flatMap { bytes in
                signature.flatMap { try? SealedBatch(bytes: bytes, signature: $0) }
            }
            let key = try batch.flatMap {
                try EnrolledDevice($0.device, in: RecordTable(store))?.key
            }
            guard let batch, key?.verifies(batch.signature, .batch, batch.bytes) ?? true,
                row.bytes(3).elementsEqual(batch.hash.bytes),
                row.bytes(1).elementsEqual(batch.device.bytes), batch.number == row.integer(2)
            else {
                return log.add(
                    .batchAltered, .row(table: "former_batches", row: row.integer(0)))
            }
        }
    }

    private func unproved(_ counted: [String]) throws -> [UnprovedTable] {
        var found: [UnprovedTable] = []
        var tables: Set<String> = []
        try store.each("SELECT name FROM sqlite_schema WHERE type = 'table'") {
            tables.insert($0.text(0))
        }
        for name in counted where tables.contains(name) {
            found.append(
                UnprovedTable(
                    name: name, rows: try store.integer("SELECT count(*) FROM \(name)")))
        }
        for (table, column) in Self.countedColumns where tables.contains(table) {
            found.append(
                UnprovedTable(
                    name: "\(table).\(column)",
                    rows: try store.integer(
                        "SELECT count(*) FROM \(table) WHERE \(column) IS NOT NULL")))
        }
        return found + [try MetaCheck.settings(store, bound: ReplicaKey.bound)]
    }
}
