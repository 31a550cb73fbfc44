public import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// Why no proof could be made.
public enum ProofMakingFault: Error, Sendable, Equatable {
    /// No batch of the log names the record: it is pending, or the hub made it by its rules.
    case notLogged
    /// The file's own log does not hold together: what was made did not pass its check.
    case broken(ProofFault)
    /// The device has not joined a hub, or the hub's file lacks its key.
    case noHub
}

extension RecordProof {
    /// Makes a proof out of a hub's log at its newest head, or out of a device's own batches and
    /// their receipts, and checks it as `check(hubKey:)` does.
    ///
    /// - Throws: `ProofMakingFault`, `StoreError`; `BatchFault`, `MessageFault` or `JSONError` for
    ///   a log that cannot be read.
    public init(_ file: AuditFile, of record: RecordKey) throws {
        let (proof, key) = try file.examine { store in
            let meta = MetaTable(store)
            guard let hub = try file.isHub ? meta.hubIdentity() : meta.pinnedHub()
            else { throw ProofMakingFault.noHub }
            let proof =
                try file.isHub
                ? HubProver(store, record, hub).proof()
                : DeviceProver(store, record, hub.succession).proof()
            return (proof, hub.key)
        }
        guard !proof.batches.isEmpty else { throw ProofMakingFault.notLogged }
        do {
            _ = try RecordProof(encoded: proof.encoded).check(hubKey: key)
        } catch {
            throw ProofMakingFault.broken(error)
        }
        self = proof
    }
}

/// Gathers a proof from a hub's journal.
private struct HubProver {
    private let store: StoreConnection
    private let record: RecordKey
    private let hub: DeviceID
    private let succession: KeySuccession
    private let size: Int64

    init(_ store: StoreConnection, _ record: RecordKey, _ hub: HubIdentity) throws {
        self.store = store
        self.record = record
        self.hub = hub.hub
        succession = hub.succession
        size = try JournalTable(store).size()
    }

    func proof() throws -> RecordProof {
        let batches = try entries(naming: record)
        let devices = Set(batches.map(\.batch.device)).subtracting([hub])
        return RecordProof(
            record: record, batches: batches, enrolments: try enrolments(of: devices),
            heads: size > 0 ? [try JournalTable(store).head(size)] : [], keys: [],
            succession: succession)
    }

    private func entries(naming record: RecordKey) throws -> [RecordProof.Entry] {
        let search = ByteSearch(record.id.hex)
        var entries: [RecordProof.Entry] = []
        try BatchLog(store: store, isHub: true).each { logged in
            guard search.isFound(in: logged.bytes) else { return }
            let batch = try logged.batch()
            guard batch.changes.contains(where: { $0.key == record }) else { return }
            entries.append(try entry(logged, batch))
        }
        return entries
    }

    private func entry(_ logged: LoggedBatch, _ batch: SealedBatch) throws -> RecordProof.Entry {
        guard logged.row >= 1 else {
            throw StoreError(.corrupt, path: "", detail: "journal \(logged.row)")
        }
        let path = try JournalTable(store).tree(Int(size))
            .inclusionPath(of: Int(logged.row) - 1)
        return RecordProof.Entry(
            batch: batch, leaf: try logged.leaf(), head: size, path: path)
    }

    /// The first enrolment of each device.
    private func enrolments(of devices: Set<DeviceID>) throws -> [RecordProof.Entry] {
        guard !devices.isEmpty,
            let peer = try PeerTable(store).existingNumber(of: hub)
        else { return [] }
        let search = ByteSearch("\"collection\":\"\(HubCollection.devices)\"")
        var missing = devices
        var entries: [RecordProof.Entry] = []
        try BatchLog(store: store, isHub: true).each(peer: peer) { logged in
            guard !missing.isEmpty, search.isFound(in: logged.bytes) else { return }
            let batch = try logged.batch()
            let found = try EnrolmentReader.devices(in: batch, position: logged.row)
                .map(\.key.deviceID).filter { missing.contains($0) }
            guard !found.isEmpty else { return }
            missing.subtract(found)
            entries.append(try entry(logged, batch))
        }
        return entries
    }
}

/// Gathers a proof from a device's own batches: each receipt brings its own head, and the hub's
/// enrolment of the device is not kept on it.
private struct DeviceProver {
    let store: StoreConnection
    let record: RecordKey
    let succession: KeySuccession

    init(_ store: StoreConnection, _ record: RecordKey, _ succession: KeySuccession) {
        self.store = store
        self.record = record
        self.succession = succession
    }

    func proof() throws -> RecordProof {
        let search = ByteSearch(record.id.hex)
        var entries: [RecordProof.Entry] = []
        var heads: [Int64: SignedHead] = [:]
        try BatchLog(store: store, isHub: false).each { logged in
            guard search.isFound(in: logged.bytes) else { return }
            let batch = try logged.batch()
            guard batch.changes.contains(where: { $0.key == record }) else { return }
            let receipt = try logged.receipt()
            let size = receipt.head.head.size
            heads[size] = receipt.head
            entries.append(
                .init(batch: batch, leaf: receipt.leaf, head: size, path: receipt.path))
        }
        let key = try MetaTable(store).blob(ReplicaKey.publicKey).flatMap { PublicKey(bytes: $0) }
        return RecordProof(
            record: record, batches: entries.sorted { $0.leaf.position < $1.leaf.position },
            enrolments: [], heads: heads.sorted { $0.key < $1.key }.map(\.value),
            keys: key.map { [$0] } ?? [], succession: succession)
    }
}
