import SyncCore
public import SyncProtocol

extension RecordProof {
    /// Checks everything against the hub's key alone.
    ///
    /// - Throws: `ProofFault` with the first check that failed.
    public func check(hubKey: PublicKey) throws(ProofFault) -> ProvenRecord {
        try ProofChecker(self, hubKey).check()
    }
}

/// The checks of a proof, in the order of Protocol/README.md §14.
private struct ProofChecker {
    private let proof: RecordProof
    private let identity: HubIdentity
    private var hub: DeviceID { identity.hub }
    private var headsBySize: [Int64: Head] = [:]
    private var space: SpaceID

    init(_ proof: RecordProof, _ hubKey: PublicKey) throws(ProofFault) {
        guard let first = proof.heads.first?.head, !proof.batches.isEmpty else {
            throw ProofFault(.empty)
        }
        self.proof = proof
        let pinned = HubIdentity(key: hubKey, space: first.space)
        identity = pinned.learning(proof.succession)
        // The key that is known is one of those that the proof tells of.
        guard identity.succession == proof.succession else { throw ProofFault(.head, "succession") }
        space = first.space
        try checkHeads()
    }

    private mutating func checkHeads() throws(ProofFault) {
        var last: Int64 = 0
        for signed in proof.heads {
            let size = signed.head.size
            guard identity.vouches(for: signed) else { throw ProofFault(.head, "\(size)") }
            guard size > last else { throw ProofFault(.order, "head \(size)") }
            last = size
            headsBySize[size] = signed.head
        }
        let used = Set((proof.batches + proof.enrolments).map(\.head))
        for size in headsBySize.keys.sorted() where !used.contains(size) {
            throw ProofFault(.headMissing, "\(size)")
        }
    }

    func check() throws(ProofFault) -> ProvenRecord {
        var enrolments: [DeviceID: ProvenChange.Enrolment] = [:]
        let keys = try keys(noting: &enrolments)
        var changes: [ProvenChange] = []
        var last: Int64 = 0
        for entry in proof.batches {
            guard entry.leaf.position > last else { throw order(entry) }
            last = entry.leaf.position
            guard let key = keys[entry.batch.device] else {
                throw ProofFault(.device, entry.batch.device.hex)
            }
            try check(entry, key)
            changes += try self.changes(entry, enrolments[entry.batch.device])
        }
        return ProvenRecord(
            record: proof.record, space: space, hub: hub, heads: proof.heads.map(\.head),
            changes: changes)
    }

    private func order(_ entry: RecordProof.Entry) -> ProofFault {
        ProofFault(.order, "\(entry.leaf.position)")
    }

    /// The keys of just the devices that the batches name.
    private func keys(
        noting enrolments: inout [DeviceID: ProvenChange.Enrolment]
    ) throws(ProofFault) -> [DeviceID: PublicKey] {
        let wanted = Set(proof.batches.map(\.batch.device)).subtracting([hub])
        var keys = [hub: identity.key]
        var last: Int64 = 0
        for entry in proof.enrolments {
            guard entry.leaf.position > last else { throw order(entry) }
            last = entry.leaf.position
            try check(entry, identity.key)
            let found = try EnrolmentReader.devices(in: entry)
                .filter { wanted.contains($0.key.deviceID) && keys[$0.key.deviceID] == nil }
            guard !found.isEmpty else { throw ProofFault(.device, "\(entry.leaf.position)") }
            for device in found {
                keys[device.key.deviceID] = device.key
                enrolments[device.key.deviceID] = device.enrolment
            }
        }
        var previous = ""
        for key in proof.keys {
            guard key.hex > previous else { throw ProofFault(.order, "keys") }
            previous = key.hex
            guard wanted.contains(key.deviceID), keys[key.deviceID] == nil else {
                throw ProofFault(.device, key.deviceID.hex)
            }
            keys[key.deviceID] = key
        }
        return keys
    }

    /// That a batch is its device's, and in the log.
    private func check(_ entry: RecordProof.Entry, _ key: PublicKey) throws(ProofFault) {
        let (batch, leaf) = (entry.batch, entry.leaf)
        let place = "\(leaf.position)"
        guard let head = headsBySize[entry.head] else {
            throw ProofFault(.headMissing, "\(entry.head)")
        }
        let named = leaf.verdict.effective.map(\.change) + leaf.verdict.quarantined.map(\.change)
        guard leaf.batch == batch.hash, leaf.device == batch.device,
            leaf.number == batch.number, batch.space == space,
            named.allSatisfy({ batch.changes.indices ~= $0 })
        else { throw ProofFault(.leaf, place) }
        let isSigned =
            batch.device == hub
            ? batch.signature == leaf.signature && identity.wrote(batch, at: leaf.position)
            : key.deviceID == batch.device && key.verifies(leaf.signature, .batch, batch.bytes)
        guard isSigned else { throw ProofFault(.signature, place) }
        guard
            MerkleHash.verifyInclusion(
                leaf: leaf.hash, index: Int(leaf.position) - 1, size: Int(head.size),
                path: entry.path, root: head.root)
        else { throw ProofFault(.notIncluded, place) }
    }

    private func changes(
        _ entry: RecordProof.Entry, _ enrolment: ProvenChange.Enrolment?
    ) throws(ProofFault) -> [ProvenChange] {
        let (batch, verdict) = (entry.batch, entry.leaf.verdict)
        let indices = batch.changes.indices.filter { batch.key($0) == proof.record }
        let place = "\(entry.leaf.position)"
        guard !indices.isEmpty else { throw ProofFault(.notNamed, place) }
        var changes: [ProvenChange] = []
        for index in indices {
            guard let change = try? batch.change(index) else { throw ProofFault(.form, place) }
            changes.append(
                ProvenChange(
                    position: entry.leaf.position, receivedAt: verdict.receivedAt,
                    device: batch.device, enrolment: enrolment, batch: batch.number,
                    index: index, change: change,
                    effective: verdict.effective.first { $0.change == index }?.stamp
                        ?? change.stamp,
                    quarantine: verdict.quarantined.first { $0.change == index }?.reason))
        }
        return changes
    }
}
