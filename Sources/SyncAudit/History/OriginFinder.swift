import SyncCore
import SyncProtocol
import SyncStore

/// Finds the changes in the log that wrote given values, by their effective stamps.
struct OriginFinder {
    private let store: StoreConnection
    private let isHub: Bool

    init(_ store: StoreConnection, isHub: Bool) {
        self.store = store
        self.isHub = isHub
    }

    /// Fills in `origin` where the log has the change. Only the batches of the devices in question
    /// are read into changes.
    func find(_ entries: inout [LateEntry]) throws {
        guard !entries.isEmpty else { return }
        let wanted = Dictionary(grouping: entries.indices) { entries[$0].stamp }
        var origins: [Int: LateEntry.Origin] = [:]
        for peer in try peers(of: Set(entries.map(\.stamp.device))) {
            try BatchLog(store: store, isHub: isHub).each(peer: peer) { logged in
                guard let batch = try? logged.batch(), let leaf = try? logged.leaf() else {
                    return
                }
                for (stamp, origin) in Self.origins(batch, leaf) {
                    for index in wanted[stamp] ?? [] { origins[index] = origin }
                }
            }
        }
        for (index, origin) in origins { entries[index].origin = origin }
    }

    /// The hub's numbers for devices; a device's file has only its own log.
    private func peers(of devices: Set<DeviceID>) throws -> [Int64?] {
        guard isHub else { return [nil] }
        let table = PeerTable(store)
        return try devices.sorted().compactMap { try table.existingNumber(of: $0) }
    }

    /// Effective stamps of a batch's changes, with where they came from.
    private static func origins(
        _ batch: SealedBatch, _ leaf: Leaf
    ) -> [(Stamp, LateEntry.Origin)] {
        let restamps = Dictionary(
            leaf.verdict.effective.map { ($0.change, $0.stamp) },
            uniquingKeysWith: { first, _ in first })
        return batch.changes.indices.map { index in
            let claimed = batch.stamp(index)
            let stamp = Stamp(time: restamps[index] ?? claimed, device: batch.device)
            let origin = LateEntry.Origin(
                position: leaf.position, receivedAt: leaf.verdict.receivedAt, claimed: claimed)
            return (stamp, origin)
        }
    }
}
