public import SyncClient
public import SyncCore
public import SyncProtocol
import SyncReplica
import SyncStore

extension Checkpoint {
    /// The newest head of a hub's folder, or the largest that a replica holds, verified.
    ///
    /// - Parameter key: the hub's, if it is known: another one counts as forged.
    /// - Throws: `CheckpointFileFault`, `StoreError`.
    public static func newest(of name: String, key: PublicKey? = nil) throws -> Checkpoint {
        let file = try AuditFile(name)
        do {
            let checkpoint = try file.read { store in
                file.isHub ? try ofJournal(store) : try ofReplica(store)
            }
            guard key.map(checkpoint.hub.has) ?? true else { throw CheckpointFault.forged }
            return checkpoint
        } catch let fault as CheckpointFault {
            throw CheckpointFileFault(path: name, fault: fault)
        }
    }

    /// The newest head that a hub serves. Any device may ask.
    ///
    /// - Parameter key: the hub's, if it is known; else the hub is believed.
    /// - Throws: `CheckpointFileFault`, `TransportFault`, `ForeignAnswer`, `WireError`,
    ///   `DiffFault`.
    public static func newest(
        ofAddress name: String, transport: any HubTransport, access: HubAccess,
        key: PublicKey?, environment: Environment
    ) async throws -> Checkpoint {
        let reader = try await HubReader(
            name: name, transport: transport, access: access, key: key, space: nil,
            collections: nil, asking: .digest, environment: environment)
        _ = try await reader.children(of: nil)
        let facts = await reader.facts()
        guard let hub = facts.hub, let head = facts.head else {
            throw CheckpointFileFault(path: name, fault: .noHead)
        }
        do throws(CheckpointFault) { return try Checkpoint(hub: hub, head: head) } catch {
            throw CheckpointFileFault(path: name, fault: error)
        }
    }

    private static func ofReplica(_ store: StoreConnection) throws -> Checkpoint {
        let meta = MetaTable(store)
        guard let hub = try meta.pinnedHub(), let bytes = try meta.blob(ReplicaKey.head)
        else { throw CheckpointFault.noHead }
        guard let head = SignedHead.canonical(bytes) else { throw CheckpointFault.forged }
        return try Checkpoint(hub: hub, head: head)
    }

    /// The root is computed from the leaves: a head that does not belong to them is not worth
    /// keeping.
    private static func ofJournal(_ store: StoreConnection) throws -> Checkpoint {
        guard let hub = try MetaTable(store).hubIdentity() else { throw CheckpointFault.noHead }
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
        return try Checkpoint(hub: hub, head: newest)
    }
}
