import SyncCore
import SyncProtocol
public import SyncStore

// The hub's own acts: batches under its own key, in the same journal.

extension SQLHubStore {
    /// What a new space is made with.
    public struct SpacePlan: Sendable {
        public let name: String
        /// IANA name.
        public let timeZone: String
        /// Collections that only operators write.
        public let operatorCollections: [String]
        /// What invites point to; nil for wherever the hub was served last.
        public let url: String?

        public init(name: String, timeZone: String, operatorCollections: [String], url: String?) {
            self.name = name
            self.timeZone = timeZone
            self.operatorCollections = operatorCollections
            self.url = url
        }
    }

    /// Writes position 1: the space, the hub itself and the first epoch.
    ///
    /// - Throws: `StoreError` (other) if the file holds a space already.
    public func createSpace(_ plan: SpacePlan) throws {
        let space = environment.randomID()
        let epoch = environment.randomID()
        let hub = ring.latest.publicKey
        try file.write { store in
            let meta = MetaTable(store)
            guard try meta.blob(HubKey.space) == nil else {
                throw StoreError(.other, path: file.path, detail: "a space is there")
            }
            try meta.set(HubKey.space, .blob(space.bytes))
            try meta.set(HubKey.epoch, .blob(epoch.bytes))
            try meta.set(HubKey.publicKey, .blob(hub.bytes))
            try meta.set(HubKey.url, plan.url.map { .text($0) })
            let operators = plan.operatorCollections.sorted().joined(separator: " ")
            _ = try act(
                [
                    Edit(
                        RecordKey(HubCollection.space, space),
                        .set([
                            "name": .text(plan.name), "time_zone": .text(plan.timeZone),
                            "operator_collections": .text(operators),
                        ])),
                    Edit(
                        RecordKey(HubCollection.devices, hub.deviceID),
                        .set([
                            "name": "hub", "role": .text(Role.hub.rawValue),
                            "key": .text(hub.hex), "revoked": false,
                        ])),
                    Edit(
                        RecordKey(HubCollection.epochs, epoch),
                        .set([
                            "parent": nil, "size": 0, "root": .text(MerkleHash.empty.hex),
                        ])),
                ], store)
        }
    }

    /// Seals edits into a batch of the hub's and takes it into the journal.
    ///
    /// - Parameters:
    ///   - isReset: the hub's time goes on from the wall clock, even back.
    ///   - signer: the key; nil for the present one.
    /// - Returns: nil if the edits change nothing.
    func act(
        _ edits: [Edit], _ store: StoreConnection, isReset: Bool = false,
        signing signer: SigningKey? = nil
    ) throws -> Receipt? {
        let meta = MetaTable(store)
        let now = environment.nowMilliseconds()
        let key = try signer ?? ring.current(store)
        let writer = try JournalWriter(store, key: key, now: now, isReset: isReset)
        let hub = writer.hub
        let peer = try writer.records.peers.number(of: hub)
        let chain = try WriterTable(store).writer(peer)
        var clock = HybridClock(last: chain.lastEffective)
        let plans = try edits.compactMap { edit in
            let present = try writer.records.record(edit.key)?.state()
            return try EditPlan(edit, present: present, device: hub) {
                try clock.issue(wallMilliseconds: writer.hubTime)
            }
        }
        guard !plans.isEmpty else { return nil }
        guard let space = try meta.blob(HubKey.space).flatMap({ SpaceID(bytes: $0) }) else {
            throw StoreError(.corrupt, path: file.path, detail: "space")
        }
        let header = BatchBuilder.Header(
            space: space, number: chain.lastNumber + 1, previous: chain.lastHash,
            sealedAt: writer.hubTime)
        let changes = Array(
            plans.map(\.change.canonicalBytes).joined(separator: [UInt8(ascii: ",")]))
        let batch = try BatchBuilder.seal(changes: changes, header: header, key: key, device: hub)
        return try writer.append(PushRequest(batch), role: .hub)
    }

    /// Saves records as the operator: points and the like.
    ///
    /// - Returns: how many records changed. Batches of at most `Limits.changesPerBatch`.
    /// - Throws: `SaveFault`, `StoreError`.
    public func save(_ edits: [Edit]) throws -> Int {
        var changed = 0
        for start in stride(from: 0, to: edits.count, by: Limits.changesPerBatch) {
            let part = Array(edits[start..<min(start + Limits.changesPerBatch, edits.count)])
            changed += try file.write { store in
                guard let receipt = try act(part, store) else { return 0 }
                return try JournalTable(store).batch(receipt.leaf.position).count
            }
        }
        return changed
    }
}
