import SyncCore
import SyncProtocol
import SyncStore

/// Takes one batch into the journal: rules it, writes the records, signs the head. Within one
/// transaction.
struct JournalWriter {
    let store: StoreConnection
    let key: SigningKey
    /// The hub's time in milliseconds since 1970.
    let hubTime: Int64
    let records: RecordTable

    /// - Parameter now: the hub's wall clock; its time never goes back behind the last receipt.
    init(_ store: StoreConnection, key: SigningKey, now: Int64) throws {
        self.store = store
        self.key = key
        hubTime = max(now, try MetaTable(store).integer(HubKey.lastReceivedAt) ?? 0)
        records = RecordTable(store)
    }

    /// Appends a batch whose signature was verified.
    ///
    /// - Throws: `WireError` if it does not continue its device's chain.
    func append(_ batch: SealedBatch, role: Role?) throws -> Receipt {
        let meta = MetaTable(store)
        guard try meta.blob(HubKey.space) == batch.space.bytes else { throw WireError.space }
        let peer = try records.peers.number(of: batch.device)
        let writers = WriterTable(store)
        let writer = try writers.writer(peer)
        if let receipt = try earlierReceipt(batch, peer: peer, writer) { return receipt }
        let ruling = try rule(batch, role: role, writer)
        let journal = JournalTable(store)
        let position = try journal.size() + 1
        try write(ruling, of: batch, position: position)
        try writers.insertRestamps(peer, ruling.restamps)
        let hash = batch.hash
        try writers.set(
            peer,
            .init(
                lastNumber: batch.number, lastHash: hash,
                lastEffective: ruling.lastEffective, lastPosition: position))
        try noteHubStamp(ruling, batch)
        let leaf = Leaf(
            batch: hash, device: batch.device, number: batch.number,
            signature: batch.signature, epoch: try epoch(meta), position: position,
            verdict: ruling.verdict)
        let root = try journal.appendLeaf(leaf.hash, at: Int(position) - 1)
        let head = SignedHead(
            Head(
                digest: try records.digestRoot(), epoch: leaf.epoch,
                hub: key.publicKey.deviceID, root: root, size: position, space: batch.space,
                time: hubTime),
            key: key)
        try journal.insert(batch, peer: peer, leaf: leaf, head: head)
        try meta.set(HubKey.lastReceivedAt, .integer(hubTime))
        try records.finish()
        let path = try journal.tree(Int(position)).inclusionPath(of: Int(position) - 1)
        return Receipt(head: head, leaf: leaf, path: path)
    }

    /// The receipt of a batch that the journal holds; nil if it is the device's next.
    private func earlierReceipt(
        _ batch: SealedBatch, peer: Int64, _ writer: WriterTable.Writer
    ) throws -> Receipt? {
        let journal = JournalTable(store)
        if batch.number <= writer.lastNumber {
            guard let found = try journal.find(peer: peer, number: batch.number),
                found.hash == batch.hash
            else { throw WireError.numberTaken(next: writer.lastNumber + 1) }
            return try journal.receipt(found.position)
        }
        guard batch.number == writer.lastNumber + 1 else {
            throw WireError.numberAhead(next: writer.lastNumber + 1)
        }
        guard batch.previous == writer.lastHash else {
            throw WireError.chainBroken(
                next: writer.lastNumber + 1, previous: writer.lastHash)
        }
        return nil
    }

    private func rule(
        _ batch: SealedBatch, role: Role?, _ writer: WriterTable.Writer
    ) throws -> Ruling {
        let hub = key.publicKey.deviceID
        let hubPeer = try records.peers.number(of: hub)
        let context = HubRules.Context(
            hubTime: hubTime, device: batch.device, role: role,
            lastEffective: writer.lastEffective, hub: hub,
            hubLastEffective: try WriterTable(store).writer(hubPeer).lastEffective,
            policy: try SpaceRecord(records, batch.space)?.policy ?? RolePolicy())
        return try HubRules.rule(
            batch, context: context, source: StoredRuleSource(store: store, records: records))
    }

    private func write(_ ruling: Ruling, of batch: SealedBatch, position: Int64) throws {
        try batch.bytes.withUnsafeBytes { bytes in
            for outcome in ruling.outcomes {
                switch outcome {
                case .fresh(let key, let change, let time):
                    let fields = UnsafeRawBufferPointer(
                        rebasing: bytes[batch.changes[change].set])
                    let stamp = Stamp(time: time, device: batch.device)
                    try records.put(
                        key, fields: fields, clock: RecordClock(newest: stamp),
                        position: position)
                case .merged(let state, _):
                    guard !state.fields.isEmpty else { continue }
                    try records.put(state, position: position)
                }
            }
        }
    }

    /// The hub's own stamps go on from those of the conflicts it listed.
    private func noteHubStamp(_ ruling: Ruling, _ batch: SealedBatch) throws {
        let hub = key.publicKey.deviceID
        guard batch.device != hub else { return }
        let writers = WriterTable(store)
        let peer = try records.peers.number(of: hub)
        var writer = try writers.writer(peer)
        guard ruling.hubLastEffective > writer.lastEffective else { return }
        writer.lastEffective = ruling.hubLastEffective
        try writers.set(peer, writer)
    }

    private func epoch(_ meta: MetaTable) throws -> EpochID {
        guard let epoch = try meta.blob(HubKey.epoch).flatMap({ EpochID(bytes: $0) }) else {
            throw StoreError(.corrupt, path: "", detail: "epoch")
        }
        return epoch
    }
}

/// What the rules read, from the tables.
private struct StoredRuleSource: RuleSource {
    let store: StoreConnection
    let records: RecordTable

    func record(_ key: RecordKey) throws -> RecordState? {
        try records.record(key)?.state()
    }

    func effective(ofClaimed stamp: Stamp) throws -> Stamp? {
        guard let peer = try records.peers.existingNumber(of: stamp.device) else { return nil }
        let time = try WriterTable(store).effective(peer: peer, claimed: stamp.time)
        return time.map { Stamp(time: $0, device: stamp.device) }
    }
}
