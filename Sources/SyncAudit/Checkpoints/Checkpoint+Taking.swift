import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

extension Checkpoint {
    /// The newest head of a hub's folder, or the largest that a replica holds, verified.
    ///
    /// - Throws: `CheckpointFileFault`, `StoreError`.
    public static func newest(of name: String) throws -> Checkpoint {
        let file = try AuditFile(name)
        do {
            return try file.read { store in
                file.isHub ? try ofJournal(store) : try ofReplica(store)
            }
        } catch let fault as CheckpointFault {
            throw CheckpointFileFault(path: name, fault: fault)
        }
    }

    private static func ofReplica(_ store: StoreConnection) throws -> Checkpoint {
        let meta = MetaTable(store)
        guard let key = try meta.blob(ReplicaKey.hubKey).flatMap({ PublicKey(bytes: $0) }),
            let bytes = try meta.blob(ReplicaKey.head)
        else { throw CheckpointFault.noHead }
        guard let head = SignedHead.canonical(bytes) else { throw CheckpointFault.forged }
        return try Checkpoint(hubKey: key, head: head)
    }

    /// The root is computed from the leaves: a head that does not belong to them is not worth
    /// keeping.
    private static func ofJournal(_ store: StoreConnection) throws -> Checkpoint {
        let key = try MetaTable(store).blob(HubKey.publicKey).flatMap { PublicKey(bytes: $0) }
        guard let key else { throw CheckpointFault.noHead }
        var tree = GrowingTree()
        var last: [UInt8]?
        try store.each("SELECT leaf, head FROM journal ORDER BY position") { row in
            tree.append(MerkleHash.leaf(row.array(0)))
            last = row.array(1)
        }
        guard let last else { throw CheckpointFault.noHead }
        guard let newest = SignedHead.canonical(last) else { throw CheckpointFault.forged }
        guard newest.head.size == tree.size, newest.head.root == tree.root else {
            throw CheckpointFault.notTheJournal
        }
        return try Checkpoint(hubKey: key, head: newest)
    }
}
