import SyncCore
import SyncProtocol
import SyncStore

/// Takes one batch into the journal: rules it, writes the records, signs the head. Within one
/// transaction.
struct JournalWriter {
    let store: StoreConnection
    /// The hub's present key.
    let key: SigningKey
    let hub: DeviceID
    /// The hub's time in milliseconds since 1970.
    let hubTime: Int64
    let records: RecordTable

    /// - Parameters:
    ///   - now: the hub's wall clock; its time never goes back behind the last receipt.
    ///   - isReset: unless the operator sets right a clock that was ahead.
    init(_ store: StoreConnection, key: SigningKey, now: Int64, isReset: Bool = false) throws {
        self.store = store
        self.key = key
        hub = try MetaTable(store).hubIdentity()?.hub ?? key.publicKey.deviceID
        let last = try MetaTable(store).integer(HubKey.lastReceivedAt) ?? 0
        hubTime = isReset ? now : max(now, last)
        records = RecordTable(store)
    }

    /// Appends a batch whose signatures were verified.
    ///
    /// - Parameter admit: is called for one that is new, before anything is ruled.
    /// - Throws: `WireError` if it does not continue its device's chain.
    func append(
        _ push: PushRequest, role: Role?, admit: () throws -> Void = {}
    ) throws -> Receipt {
        let batch = push.batch
        let meta = MetaTable(store)
        guard try meta.blob(HubKey.space) == batch.space.bytes else { throw WireError.space }
        let peer = try records.peers.number(of: batch.device)
        let writers = WriterTable(store)
        let writer = try writers.writer(peer)
        if let receipt = try earlierReceipt(batch, peer: peer, writer) { return receipt }
        let packing = Beside(ifLarge: batch.bytes) { JournalTable.packed($0) }
        let journal = JournalTable(store)
        try checkFormerly(batch)
        let arrival = try arrival(of: push, journal)
        try admit()
        let rules = RulingWriter(
            store, records: records, hub: hub,
            journal: StoredJournal(store, peers: records.peers))
        let ruling = try rules.rule(batch, role: role, hubTime: hubTime, arrival: arrival)
        try checkSizes(
            ruling, of: batch,
            limit: push.earlier == nil && batch.adopts == nil
                ? Limits.recordBytes : Limits.healedRecordBytes)
        let position = try journal.size() + 1
        let hash = batch.hash
        try rules.write(ruling, of: batch, hash: hash, position: position)
        let leaf = Leaf(
            batch: hash, device: batch.device, number: batch.number,
            signature: batch.signature, epoch: try epoch(meta), position: position,
            verdict: ruling.verdict, common: arrival.common, earlier: arrival.earlier)
        let root = try journal.appendLeaf(leaf.hash, at: Int(position) - 1)
        let head = SignedHead(
            Head(
                digest: try records.digestRoot(), epoch: leaf.epoch,
                hub: hub, root: root, size: position, space: batch.space,
                time: hubTime),
            key: key)
        try journal.insert(batch, packed: packing?.value, peer: peer, leaf: leaf, head: head)
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

    /// No record grows larger than a page can carry.
    private func checkSizes(_ ruling: Ruling, of batch: SealedBatch, limit: Int) throws {
        for case .merged(let state, _) in ruling.outcomes where !state.fits(limit) {
            // A change is within its own limit, and a batch has one at least for each outcome but
            // those of conflicts.
            guard let change = (0..<batch.count).last(where: { batch.key($0) == state.key }) else {
                continue
            }
            throw WireError.recordTooLarge(change: change, limit: limit)
        }
    }

    /// Nobody brings another's work under a key of their own.
    private func checkFormerly(_ batch: SealedBatch) throws {
        guard let formerly = batch.formerly else { return }
        let ancestors = try EnrolledDevice.ancestors(of: batch.device, in: records)
        guard ancestors.contains(formerly.device) else { throw WireError.notFormerly }
    }

    /// What a lost history said of the batch, as far as the rules may believe it: its signatures
    /// were verified, and the common head must be this journal's.
    private func arrival(
        of push: PushRequest, _ journal: JournalTable
    ) throws -> RulingWriter.Arrival {
        let isAdopting = push.batch.adopts != nil
        guard let common = push.common, isAdopting || push.earlier != nil else {
            return .init()
        }
        if let head = common?.head, try !journal.holds(head) {
            throw WireError.parameter("common")
        }
        return .init(
            earlier: isAdopting ? nil : push.earlier, common: common?.head.size ?? 0)
    }

    private func epoch(_ meta: MetaTable) throws -> EpochID {
        guard let epoch = try meta.blob(HubKey.epoch).flatMap({ EpochID(bytes: $0) }) else {
            throw StoreError(.corrupt, path: "", detail: "epoch")
        }
        return epoch
    }
}
