public import SyncCore
public import SyncProtocol
import SyncStore

/// Asks the hub to show leaves in a head: mostly own batches in the head that the device holds.
public struct ProofRequest: Sendable {
    public let head: Head
    public let nonce: ID128
    /// By position.
    let leaves: [Leaf]

    public init(head: Head, nonce: ID128, leaves: [Leaf]) {
        self.head = head
        self.nonce = nonce
        self.leaves = leaves
    }

    public var positions: [Int64] { leaves.map(\.position) }

    public func wire(token: String) -> WireRequest {
        let list = positions.map { String($0) }.joined(separator: ",")
        return WireRequest(
            .get, "/v1/proof/inclusion",
            query: [("positions", list), ("size", String(head.size)), ("nonce", nonce.hex)],
            token: token)
    }

    /// The batches that the hub did not show, by number.
    public func leavesMissing(in answer: InclusionAnswer) -> [Leaf] {
        zip(leaves, answer.paths).filter { !$0.isIncluded(in: head, path: $1) }.map(\.0)
            .sorted { $0.number < $1.number }
    }

    /// Whether the hub showed every one of the batches.
    public func isProved(by answer: InclusionAnswer) -> Bool {
        answer.includes(leaves, in: head)
    }
}

extension Replica {
    /// What is still to be proved of the device's own batches, for one request.
    ///
    /// A receipt proves its batch in the head that came with it. If that is the head that the
    /// device holds, or has the same root, nothing needs to be asked.
    ///
    /// - Returns: nil if every receipted batch within the held head is proved.
    public func nextProofs() throws -> ProofRequest? {
        let nonce = environment.randomID()
        let held = try file.read { store -> Head? in
            let head = try MetaTable(store).blob(ReplicaKey.head)
            guard let head = try head.map({ try SignedHead(encoded: $0).head }),
                try BatchTable(store).hasUnproved(upTo: head.size)
            else { return nil }
            return head
        }
        guard let held else { return nil }
        while true {
            let receipts = try file.write { try Self.proveByReceipts($0, held) }
            guard let receipts else { continue }
            let leaves = receipts.map(\.leaf).sorted { $0.position < $1.position }
            return leaves.isEmpty ? nil : ProofRequest(head: held, nonce: nonce, leaves: leaves)
        }
    }

    /// Takes a group of receipts and notes those that prove their batch in the head by themselves.
    ///
    /// - Returns: the others; nil if there are none, and there may be another group.
    private static func proveByReceipts(
        _ store: StoreConnection, _ held: Head
    ) throws -> [Receipt]? {
        let batches = BatchTable(store)
        let group = try batches.unprovedReceipts(upTo: held.size, limit: Limits.proofPositions)
        var rest: [Receipt] = []
        for receipt in group {
            let head = receipt.head.head
            if head.size == held.size, receipt.leaf.isIncluded(in: held, path: receipt.path) {
                try batches.markProved(receipt.leaf.number, at: held.size)
            } else {
                rest.append(receipt)
            }
        }
        return rest.isEmpty && !group.isEmpty ? nil : rest
    }

    /// A nonce for a request that the replica does not make itself.
    public func newNonce() -> ID128 { environment.randomID() }

    /// Notes that the batches of a request were shown to be in its head.
    public func noteProved(_ request: ProofRequest) throws {
        try file.write { store in
            for leaf in request.leaves {
                try BatchTable(store).markProved(leaf.number, at: request.head.size)
            }
        }
    }
}
