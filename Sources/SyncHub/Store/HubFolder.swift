public import SyncCore
public import SyncProtocol
import SyncStore

/// A hub's data folder: `hub.sqlite` and, beside it, `hub.key` (mode 0600).
public struct HubFolder: Sendable {
    /// Where a hub is served unless told otherwise.
    public static let defaultURL = "http://127.0.0.1:8600"

    public let path: String

    public init(_ path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    var storePath: String { path + "/hub.sqlite" }
    var keyPath: String { path + "/hub.key" }

    /// Makes the folder, a new key and a new space.
    ///
    /// - Throws: `HubFolderFault.exists`, `StoreError`.
    public func create(
        _ plan: SQLiteHubStore.SpacePlan, environment: Environment
    ) throws -> SQLiteHubStore {
        try FilePresence.makeFolder(path)
        guard !FilePresence.exists(storePath), !FilePresence.exists(keyPath) else {
            throw HubFolderFault.exists(path: path)
        }
        guard let key = SigningKey(seed: environment.randomBytes(SigningKey.seedByteCount)) else {
            preconditionFailure("32 bytes are a key")
        }
        let json: JSONValue = ["seed": .string(Hex.text(key.seed))]
        try SecretFile.write(CanonicalJSON.bytes(json), to: keyPath)
        try SecretFile.prepare(storePath)
        let store = try SQLiteHubStore(path: storePath, key: key, environment: environment)
        try store.createSpace(plan)
        return store
    }

    /// Opens a hub that is there.
    ///
    /// - Throws: `HubFolderFault.missing`, `StoreError`.
    public func open(environment: Environment) throws -> (store: SQLiteHubStore, key: SigningKey) {
        guard FilePresence.exists(storePath) else { throw HubFolderFault.missing(path: path) }
        guard let bytes = try SecretFile.read(keyPath) else {
            throw HubFolderFault.keyMissing(path: keyPath)
        }
        guard let seed = (try? JSONParser.parse(bytes))?["seed"]?.string,
            let key = Hex.bytes(seed).flatMap({ SigningKey(seed: $0) })
        else { throw HubFolderFault.keyDamaged(path: keyPath) }
        return (try SQLiteHubStore(path: storePath, key: key, environment: environment), key)
    }
}

/// Why a folder cannot be used as a hub's.
public enum HubFolderFault: Error, Sendable, Equatable {
    case exists(path: String)
    case missing(path: String)
    case keyMissing(path: String)
    case keyDamaged(path: String)
}
