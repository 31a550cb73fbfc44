package import SyncCore
package import SyncProtocol

/// Rules batches against the records of a file and writes what comes of it: what a hub does when
/// it takes a batch, and what an auditor's replay does again. Within one transaction.
package struct RulingWriter {
    package let store: StoreConnection
    package let records: RecordTable
    package let hub: DeviceID

    package init(_ store: StoreConnection, records: RecordTable, hub: DeviceID) {
        self.store = store
        self.records = records
        self.hub = hub
    }

    /// - Parameters:
    ///   - role: nil for a role that this version does not know.
    ///   - hubTime: `received_at`, in milliseconds since 1970.
    package func rule(_ batch: SealedBatch, role: Role?, hubTime: Int64) throws -> Ruling {
        let writers = WriterTable(store)
        let writer = try writers.writer(records.peers.number(of: batch.device))
        let context = HubRules.Context(
            hubTime: hubTime, device: batch.device, role: role,
            lastEffective: writer.lastEffective, hub: hub,
            hubLastEffective: try writers.writer(records.peers.number(of: hub)).lastEffective,
            policy: try SpaceRecord(records, batch.space)?.policy ?? RolePolicy())
        return try HubRules.rule(
            batch, context: context, source: StoredRuleSource(store: store, records: records))
    }

    /// Writes the records, the stamps that were changed and where the chains stand.
    ///
    /// - Parameter hash: the batch's.
    package func write(
        _ ruling: Ruling, of batch: SealedBatch, hash: Hash256, position: Int64
    ) throws {
        try writeRecords(ruling, batch, position)
        let writers = WriterTable(store)
        let peer = try records.peers.number(of: batch.device)
        try writers.insertRestamps(peer, ruling.restamps)
        try writers.set(
            peer,
            .init(
                lastNumber: batch.number, lastHash: hash,
                lastEffective: ruling.lastEffective, lastPosition: position))
        try noteHubStamp(ruling, batch)
    }

    private func writeRecords(
        _ ruling: Ruling, _ batch: SealedBatch, _ position: Int64
    ) throws {
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
        guard batch.device != hub else { return }
        let writers = WriterTable(store)
        let peer = try records.peers.number(of: hub)
        var writer = try writers.writer(peer)
        guard ruling.hubLastEffective > writer.lastEffective else { return }
        writer.lastEffective = ruling.hubLastEffective
        try writers.set(peer, writer)
    }
}

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
