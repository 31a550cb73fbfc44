import SyncCore
import SyncProtocol
import SyncStore

/// Rebuilds a hub's state from its journal in a private temporary file, under the hub's own rules.
///
/// Lives within one transaction of that file, which is never kept.
final class ReplayStore {
    let store: StoreConnection
    let records: RecordTable
    private let rules: RulingWriter
    private let hub: HubIdentity
    private let keepsEntries: Bool
    /// Registers that only whoever adopted them vouches for.
    private(set) var vouched = VouchedRegisters()
    /// Keys by device of those that enrolled before a pass without state begins. An id is its key's
    /// hash, so that a key needs no other proof.
    var knownKeys: [DeviceID: PublicKey] = [:]
    /// Devices as the journal so far enrols them. The hub's batches alone change them.
    private var devices: [DeviceID: EnrolledDevice] = [:]

    /// - Parameter source: the file whose journal is replayed; nil: what was replayed is kept here,
    ///   since nothing else has it.
    init(_ store: StoreConnection, hub: HubIdentity, source: StoreConnection?) throws {
        self.store = store
        self.hub = hub
        keepsEntries = source == nil
        records = RecordTable(store)
        try store.execute(
            "CREATE TABLE IF NOT EXISTS seen_leaves(position INTEGER PRIMARY KEY, root BLOB, leaf BLOB)"
        )
        try store.execute(
            "CREATE TABLE IF NOT EXISTS device_batches(device BLOB, position INTEGER, "
                + "PRIMARY KEY(device, position)) WITHOUT ROWID")
        let journal: any JournalEntries
        if let source {
            journal = ReplayedSource(source, replay: store)
        } else {
            try ReplayedEntries.makeTable(store)
            journal = ReplayedEntries(store)
        }
        rules = RulingWriter(store, records: records, hub: hub.hub, journal: journal)
    }

    /// Who may have signed a batch.
    struct Author {
        let key: PublicKey
        let role: Role?
        let isRevoked: Bool
    }

    /// Nil if the journal so far does not enrol the device.
    func author(_ device: DeviceID) throws -> Author? {
        if device == hub.hub { return Author(key: hub.key, role: .hub, isRevoked: false) }
        if let known = devices[device] { return Author(known) }
        guard let found = try EnrolledDevice(device, in: records), found.key.deviceID == device
        else {
            return knownKeys[device].map { Author(key: $0, role: nil, isRevoked: false) }
        }
        devices[device] = found
        return Author(found)
    }

    /// Rules a batch as the hub did and writes what comes of it.
    ///
    /// - Parameters:
    ///   - leaf: the hub's, for what came with the batch and the number of the rules; nil if it
    ///     cannot be read.
    func apply(
        _ batch: SealedBatch, leaf: Leaf?, hash: Hash256, role: Role?, hubTime: Int64,
        position: Int64
    ) throws -> Verdict {
        let arrival = RulingWriter.Arrival(earlier: leaf?.earlier, common: leaf?.common)
        // Once the rules of healing are due, the others are not any more.
        let least = Int(try MetaTable(store).integer(HubKey.rules) ?? 0)
        let ruling = try rules.rule(
            batch, role: role, hubTime: hubTime, arrival: arrival,
            rules: leaf.map { max($0.verdict.rules, least) })
        try rules.write(ruling, of: batch, hash: hash, position: position)
        if keepsEntries { try ReplayedEntries(store).insert(batch, ruling.verdict, leaf, position) }
        try vouched.take(batch, ruling.verdict)
        if batch.device == hub.hub {
            devices.removeAll()
            try noteDevices(batch, position)
        }
        return ruling.verdict
    }

    /// Takes over what an earlier run noted.
    func vouch(_ key: RecordKey, _ field: String, _ stamp: Stamp) {
        vouched.insert(key, field, stamp)
    }

    private func noteDevices(_ batch: SealedBatch, _ position: Int64) throws {
        for key in batch.changes.map(\.key) where key.collection == HubCollection.devices {
            try store.run(
                "INSERT OR IGNORE INTO device_batches VALUES(?, ?)", .blob(key.id.bytes),
                .integer(position))
        }
    }

    /// Whether a batch of the hub's names the device.
    ///
    /// - Parameter position: of that batch; nil: of any.
    func names(_ device: DeviceID, at position: Int64? = nil) throws -> Bool {
        guard let position else {
            return try store.integer(
                "SELECT EXISTS(SELECT 1 FROM device_batches WHERE device = ?)",
                .blob(device.bytes)) == 1
        }
        return try store.integer(
            "SELECT EXISTS(SELECT 1 FROM device_batches WHERE device = ? AND position = ?)",
            .blob(device.bytes), .integer(position)) == 1
    }

    /// Whether a batch's device came out of the one that it names as `formerly`.
    func isFormer(_ batch: SealedBatch) throws -> Bool {
        guard let formerly = batch.formerly else { return true }
        return try EnrolledDevice.ancestors(of: batch.device, in: records)
            .contains(formerly.device)
    }

    func digestRoot() throws -> Hash256 { try records.digestRoot() }

    func hasEpoch(_ epoch: EpochID) throws -> Bool {
        try records.record(RecordKey(HubCollection.epochs, epoch)) != nil
    }

    /// Keeps what others' heads and receipts are compared with.
    func note(root: Hash256?, leaf: Hash256?, at position: Int64) throws {
        let statement = try store.prepare("INSERT OR REPLACE INTO seen_leaves VALUES(?, ?, ?)")
        statement.bind(1, position)
        if let root { statement.bind(2, blob: root.bytes) } else { statement.bindNull(2) }
        if let leaf { statement.bind(3, blob: leaf.bytes) } else { statement.bindNull(3) }
        try statement.run()
    }

    /// The root at a size; nil where the tree could not be followed.
    func root(at size: Int64) throws -> Hash256? {
        if size == 0 { return MerkleHash.empty }
        return try noted("root", size)
    }

    func leaf(at position: Int64) throws -> Hash256? { try noted("leaf", position) }

    private func noted(_ column: String, _ position: Int64) throws -> Hash256? {
        var hash: Hash256?
        try store.each(
            "SELECT \(column) FROM seen_leaves WHERE position = ?", .integer(position)
        ) { hash = Hash256(bytes: $0.bytes(0)) }
        return hash
    }
}

extension ReplayStore.Author {
    init(_ device: EnrolledDevice) {
        self.init(key: device.key, role: device.ruledRole, isRevoked: device.isRevoked)
    }
}
