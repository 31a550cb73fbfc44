import SyncCore
import SyncProtocol
import SyncStore

/// The last entries of a journal, checked as far as that goes without the state before them.
struct JournalTail {
    let size: Int64
    private let store: StoreConnection
    private let journal: JournalTable
    private let records: RecordTable
    private let hub: HubIdentity

    /// - Throws: `StoreError`; `corrupt` for a file without its identity.
    init(_ store: StoreConnection) throws {
        guard let hub = try MetaTable(store).hubIdentity() else {
            throw StoreError(.corrupt, path: "", detail: "meta")
        }
        self.store = store
        self.hub = hub
        journal = JournalTable(store)
        records = RecordTable(store)
        size = try journal.size()
    }

    private var first: Int64 { max(1, size - HealthLimits.tailEntries + 1) }

    /// Batches, their signatures, leaves and roots.
    func check() throws -> HubFinding {
        var keys: [DeviceID: PublicKey] = [:]
        for position in stride(from: size, through: first, by: -1) {
            let fault: String?
            do { fault = try self.fault(position, &keys) } catch {
                return .journal(checked: size - position, fault: "\(position) unreadable")
            }
            if let fault {
                return .journal(checked: size - position, fault: "\(position) \(fault)")
            }
        }
        return .journal(checked: size - first + 1, fault: nil)
    }

    /// What does not hold at a position, in one word.
    private func fault(
        _ position: Int64, _ keys: inout [DeviceID: PublicKey]
    ) throws -> String? {
        let batch = try journal.batch(position)
        let head = try journal.head(position)
        guard let leaf = try journal.leaf(position), leaf.position == position,
            leaf.batch == batch.hash, leaf.signature == batch.signature
        else { return "leaf" }
        if batch.device == hub.hub {
            guard hub.wrote(batch, at: position) else { return "signature" }
        } else {
            if keys[batch.device] == nil {
                keys[batch.device] = try EnrolledDevice(batch.device, in: records)?.key
            }
            guard let key = keys[batch.device] else { return "device" }
            guard key.verifies(batch.signature, .batch, batch.bytes) else { return "signature" }
        }
        guard head.head.size == position, hub.vouches(for: head) else { return "head" }
        var stored: Hash256?
        try store.each(
            "SELECT hash FROM merkle WHERE level = 0 AND place = ?", .integer(position - 1)
        ) { stored = Hash256(bytes: $0.bytes(0)) }
        guard stored == leaf.hash else { return "tree" }
        let path = try journal.tree(Int(position)).inclusionPath(of: Int(position) - 1)
        let isIn = MerkleHash.verifyInclusion(
            leaf: leaf.hash, index: Int(position) - 1, size: Int(position), path: path,
            root: head.head.root)
        return isIn ? nil : "root"
    }

    /// Whether the records are those that the newest head speaks of.
    func checkDigest() throws -> HubFinding {
        guard size > 0, let head = try? journal.head(size).head else {
            return .digest(isRight: false)
        }
        return .digest(isRight: try records.digestRoot() == head.digest)
    }

    /// A batch is sealed when it is sent: what most devices' clocks said then, beside the hub's.
    func deviceClocks() throws -> HubFinding {
        var aheadByDevice: [DeviceID: Int64] = [:]
        for position in stride(from: size, through: max(first, size - 199), by: -1) {
            guard let batch = try? journal.batch(position), batch.device != hub.hub,
                aheadByDevice[batch.device] == nil, let leaf = try? journal.leaf(position)
            else { continue }
            aheadByDevice[batch.device] = leaf.verdict.receivedAt - batch.sealedAt
        }
        guard aheadByDevice.count > 1 else { return .deviceClocks(ahead: nil) }
        return .deviceClocks(ahead: aheadByDevice.values.sorted()[aheadByDevice.count / 2])
    }
}
