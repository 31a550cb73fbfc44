public import SyncCore
import SyncProtocol
import SyncStore

// A new hub is two files, the store and its key, and may be cut short between any two writes. So
// the store is made beside its name and gets it last, when the key is there; what an attempt left
// that came to no end is known by the key in its draft, and begun anew.

extension HubFolder {
    /// Makes the folder, a new key and a new space.
    ///
    /// - Throws: `HubFolderFault.exists`, `KeepingFault.running`, `StoreError`; then there is no
    ///   hub, and the same call may be repeated.
    public func create(
        _ plan: SQLHubStore.SpacePlan, environment: Environment
    ) throws -> SQLHubStore {
        try FilePresence.makeFolder(path)
        guard !FilePresence.exists(path + "/" + Self.followerKeyName) else {
            throw HubFolderFault.follower(path: path)
        }
        guard !FilePresence.exists(storePath) else { throw HubFolderFault.exists(path: path) }
        let key = try make(plan, environment)
        return try SQLHubStore(path: storePath, key: key, place: self, environment: environment)
    }

    private func make(
        _ plan: SQLHubStore.SpacePlan, _ environment: Environment
    ) throws -> SigningKey {
        let draft: DraftFile
        do {
            draft = try DraftFile(storePath) { left in
                if isUnfinished(left) { PlainFile.remove(keyPath) }
            }
        } catch KeepingFault.fileExists { throw HubFolderFault.exists(path: path) }
        guard !FilePresence.exists(keyPath) else { throw HubFolderFault.exists(path: path) }
        guard let key = SigningKey(seed: environment.randomBytes(SigningKey.seedByteCount)) else {
            preconditionFailure("32 bytes are a key")
        }
        let file = try StoreFile(path: draft.draft, purpose: .hub, tables: HubTables.versions)
        do {
            let store = try SQLHubStore(database: file, key: key, environment: environment)
            try store.createSpace(plan)
        } catch {
            try? file.close()
            throw error
        }
        try file.closeAsOneFile()
        do {
            try SecretFile.write(Self.keyFile(key), to: keyPath)
            try draft.finish()
        } catch {
            if !FilePresence.exists(storePath) { PlainFile.remove(keyPath) }
            throw error
        }
        return key
    }

    /// Whether the key of a hub that is not there is of an attempt that was cut short: nobody ever
    /// used it.
    private func isUnfinished(_ draft: String) -> Bool {
        guard let bytes = try? SecretFile.read(keyPath), let key = Self.key(inFile: bytes),
            let file = try? StoreFile(
                reading: draft, isImmutable: true,
                versions: [.hub: HubTables.versions.count])
        else { return false }
        let known = try? file.read { try MetaTable($0).blob(HubKey.publicKey) }
        return known == key.publicKey.bytes
    }
}
