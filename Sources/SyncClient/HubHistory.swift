public import SyncCore
public import SyncProtocol
public import SyncReplica

/// Fetches what the hub's journal holds of one record, and checks it against the log: each batch by
/// its device's signature, each leaf in the head that the answers name, and that head by the one that
/// the device holds (Protocol/README.md §8.7).
///
/// That an entry was left out cannot be seen so; who needs to know that asks as an auditor.
public enum HubHistory {
    /// - Returns: the entries, oldest first.
    /// - Throws: `TransportFault`, `ForeignAnswer`, `WireError`, `ReplicaFault`.
    public static func fetch(
        _ key: RecordKey, for replica: Replica, transport: any HubTransport
    ) async throws -> [(batch: SealedBatch, leaf: Leaf)] {
        try await HubKeys.following(replica, transport) {
            try await fetch(key, Asker(replica, transport))
        }
    }

    private static func fetch(
        _ key: RecordKey, _ asker: Asker
    ) async throws -> [(batch: SealedBatch, leaf: Leaf)] {
        let (replica, transport) = (asker.replica, asker.transport)
        var found: [(batch: SealedBatch, leaf: Leaf)] = []
        var from: Int64 = 1
        while true {
            let nonce = replica.newNonce()
            let request = WireRequest(
                .get, "/v1/history",
                query: [
                    ("collection", key.collection), ("id", key.id.hex), ("from", String(from)),
                    ("nonce", nonce.hex),
                ], token: asker.token)
            let answer = try SyncDriver.read(try await transport.send(request)) {
                try HistoryAnswer(encoded: $0)
            }
            try SyncDriver.check { () throws(AnswerFault) in
                try answer.verify(
                    of: key, from: from, nonce: nonce, device: asker.device, hub: asker.hub)
            }
            let entries = try Self.checked(answer, asker)
            try await prove(entries.map(\.leaf), in: answer.head.head, asker)
            found += entries
            guard answer.more else { return found }
            from = answer.next
        }
    }

    private static func checked(
        _ answer: HistoryAnswer, _ asker: Asker
    ) throws -> [(batch: SealedBatch, leaf: Leaf)] {
        do {
            return try answer.checkedEntries(hub: asker.hub) { try asker.replica.key(of: $0) }
        } catch let fault as AnswerFault {
            throw ForeignAnswer(.notSigned, status: 200, detail: fault.rawValue)
        } catch is JSONError {
            throw ForeignAnswer(.notThisProtocol, status: 200)
        } catch is MessageFault { throw ForeignAnswer(.notThisProtocol, status: 200) }
    }

    /// The head must go on from the one that the device holds, and each leaf must be in its tree.
    private static func prove(
        _ leaves: [Leaf], in head: Head, _ asker: Asker
    ) async throws {
        try await proveGrowth(to: head, asker)
        for start in stride(from: 0, to: leaves.count, by: Limits.proofPositions) {
            let group = Array(leaves[start..<min(start + Limits.proofPositions, leaves.count)])
            let request = ProofRequest(
                head: head, nonce: asker.replica.newNonce(), leaves: group)
            let proof = try SyncDriver.read(
                try await asker.transport.send(request.wire(token: asker.token))
            ) { try InclusionAnswer(encoded: $0) }
            try SyncDriver.check { () throws(AnswerFault) in
                try proof.verify(
                    positions: request.positions, size: head.size, nonce: request.nonce,
                    device: asker.device, hub: asker.hub)
            }
            guard proof.head.head.root == head.root, request.isProved(by: proof) else {
                throw ForeignAnswer(.notSigned, status: 200, detail: "path")
            }
        }
    }

    /// A hub that was put back, or shows another log, is the next sync's to judge.
    private static func proveGrowth(to head: Head, _ asker: Asker) async throws {
        guard let held = try asker.replica.pullRequest().head?.head, held.root != head.root else {
            return
        }
        let mismatch = ForeignAnswer(.notSigned, status: 200, detail: "head")
        guard held.epoch == head.epoch, held.size < head.size else { throw mismatch }
        let nonce = asker.replica.newNonce()
        let request = WireRequest(
            .get, "/v1/proof/consistency",
            query: [
                ("first", String(held.size)), ("second", String(head.size)), ("nonce", nonce.hex),
            ], token: asker.token)
        let answer = try SyncDriver.read(try await asker.transport.send(request)) {
            try ConsistencyAnswer(encoded: $0)
        }
        try SyncDriver.check { () throws(AnswerFault) in
            try answer.verify(
                first: held.size, second: head.size, nonce: nonce, device: asker.device,
                hub: asker.hub)
        }
        guard answer.head.head.root == head.root, answer.extends(held) else { throw mismatch }
    }
}

/// Who asks whom.
private struct Asker {
    let replica: Replica
    let transport: any HubTransport
    let token: String
    let device: DeviceID
    let hub: HubIdentity

    init(_ replica: Replica, _ transport: any HubTransport) throws {
        guard let membership = try replica.membership(), let token = replica.token else {
            throw ReplicaFault.notJoined
        }
        self.replica = replica
        self.transport = transport
        self.token = token
        device = try replica.deviceID()
        hub = membership.hub
    }
}
