public import SyncCore
import SyncProtocol
public import SyncStore

// A new replica is two files, the replica and its key, and may be cut short between any two
// writes. So the replica is made beside its name and gets it last, when the key is there; what an
// attempt left that came to no end is known by the key in its draft, and begun anew.

extension Replica {
    /// Makes a new replica with a new key. Needs no hub and no network.
    ///
    /// - Parameter name: what people call this device: a role, not a person.
    /// - Throws: `ReplicaFault.exists`, `KeepingFault.running`, `StoreError`; then there is none,
    ///   and the same call may be repeated.
    public static func create(
        path: String, name: String, environment: Environment, views: [ViewDescription] = []
    ) throws -> Replica {
        try make(path, name, environment)
        return try Replica(path: path, environment: environment, views: views)
    }

    private static func make(_ path: String, _ name: String, _ environment: Environment) throws {
        guard !FilePresence.exists(path) else { throw ReplicaFault.exists(path: path) }
        let keyPath = KeyFile.path(forReplica: path)
        guard let key = SigningKey(seed: environment.randomBytes(SigningKey.seedByteCount)) else {
            preconditionFailure("32 bytes are a key")
        }
        let draft: DraftFile
        do {
            draft = try DraftFile(path) { left in
                if isUnfinished(left, key: keyPath) { PlainFile.remove(keyPath) }
            }
        } catch KeepingFault.fileExists { throw ReplicaFault.exists(path: path) }
        guard !FilePresence.exists(keyPath) else { throw ReplicaFault.exists(path: keyPath) }
        try StoreFile.make(
            at: draft.draft, purpose: .replica, tables: ReplicaTables.versions
        ) { store in
            let meta = MetaTable(store)
            try meta.set(ReplicaKey.publicKey, .blob(key.publicKey.bytes))
            try meta.set(ReplicaKey.name, .text(name))
        }
        do {
            try KeyFile(key: key).write(to: keyPath)
            try draft.finish()
        } catch {
            if !FilePresence.exists(path) { PlainFile.remove(keyPath) }
            throw error
        }
    }

    /// Whether the key beside a replica that is not there is of an attempt that was cut short:
    /// nobody ever used it.
    private static func isUnfinished(_ draft: String, key keyPath: String) -> Bool {
        guard let keys = try? KeyFile.read(keyPath), keys.isNew,
            let file = try? StoreFile(
                reading: draft, isImmutable: true,
                versions: [.replica: ReplicaTables.versions.count])
        else { return false }
        let known = try? file.read { try MetaTable($0).blob(ReplicaKey.publicKey) }
        return known == keys.key.publicKey.bytes
    }
}
