public import SyncCore
public import SyncProtocol
public import SyncReplica

/// Fetches what the hub's journal holds of one record, and checks it against the log: each batch by
/// its device's signature, each leaf in the head that the answers name (Protocol/README.md §8.7).
///
/// That an entry was left out cannot be seen so; who needs to know that asks as an auditor.
public enum HubHistory {
    /// - Returns: the entries, oldest first.
    /// - Throws: `TransportFault`, `ForeignAnswer`, `WireError`, `ReplicaFault`.
    public static func fetch(
        _ key: RecordKey, for replica: Replica, transport: any HubTransport
    ) async throws -> [(batch: SealedBatch, leaf: Leaf)] {
        guard let membership = try replica.membership(), let token = replica.token else {
            throw ReplicaFault.notJoined
        }
        let device = try replica.deviceID()
        var found: [(batch: SealedBatch, leaf: Leaf)] = []
        var from: Int64 = 1
        while true {
            let nonce = replica.newNonce()
            let request = WireRequest(
                .get, "/v1/history",
                query: [
                    ("collection", key.collection), ("id", key.id.hex), ("from", String(from)),
                    ("nonce", nonce.hex),
                ], token: token)
            let answer = try SyncDriver.read(try await transport.send(request)) {
                try HistoryAnswer(encoded: $0)
            }
            try SyncDriver.check { () throws(AnswerFault) in
                try answer.verify(
                    of: key, from: from, nonce: nonce, device: device, hub: membership.hub)
            }
            let entries = try Self.checked(answer, replica, membership.hub)
            try await prove(
                entries.map(\.leaf), in: answer.head.head, device, token, membership.hub,
                replica, transport)
            found += entries
            guard answer.more else { return found }
            from = answer.next
        }
    }

    private static func checked(
        _ answer: HistoryAnswer, _ replica: Replica, _ hub: HubIdentity
    ) throws -> [(batch: SealedBatch, leaf: Leaf)] {
        do {
            return try answer.checkedEntries { device in
                device == hub.hub ? hub.key : try replica.key(of: device)
            }
        } catch let fault as AnswerFault {
            throw ForeignAnswer(.notSigned, status: 200, detail: fault.rawValue)
        } catch is JSONError {
            throw ForeignAnswer(.notThisProtocol, status: 200)
        } catch is MessageFault { throw ForeignAnswer(.notThisProtocol, status: 200) }
    }

    /// Each leaf must be in the tree of the head.
    private static func prove(
        _ leaves: [Leaf], in head: Head, _ device: DeviceID, _ token: String, _ hub: HubIdentity,
        _ replica: Replica, _ transport: any HubTransport
    ) async throws {
        for start in stride(from: 0, to: leaves.count, by: Limits.proofPositions) {
            let group = Array(leaves[start..<min(start + Limits.proofPositions, leaves.count)])
            let nonce = replica.newNonce()
            let positions = group.map(\.position)
            let request = WireRequest(
                .get, "/v1/proof/inclusion",
                query: [
                    ("positions", positions.map { String($0) }.joined(separator: ",")),
                    ("size", String(head.size)), ("nonce", nonce.hex),
                ], token: token)
            let proof = try SyncDriver.read(try await transport.send(request)) {
                try InclusionAnswer(encoded: $0)
            }
            try SyncDriver.check { () throws(AnswerFault) in
                try proof.verify(
                    positions: positions, size: head.size, nonce: nonce, device: device, hub: hub)
            }
            guard proof.head.head.root == head.root, proof.includes(group, in: head) else {
                throw ForeignAnswer(.notSigned, status: 200, detail: "path")
            }
        }
    }
}
