public import SyncCore
public import SyncProtocol
package import SyncStore

/// A hub's data folder: `hub.sqlite` and, beside it, `hub.key` (mode 0600).
public struct HubFolder: Sendable {
    /// Where a hub is served unless told otherwise.
    public static let defaultURL = "http://127.0.0.1:8600"

    public let path: String

    public init(_ path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    package var storePath: String { path + "/hub.sqlite" }
    /// A folder that holds such a file follows a hub and is none.
    package static let followerKeyName = "follower.key"
    package var keyPath: String { path + "/hub.key" }
    /// A key that takes the present one's place, until it has.
    private var nextKeyPath: String { path + "/hub.key.next" }

    /// The content of `hub.key`.
    ///
    /// - Parameter succession: how the key came to be the hub's: a database that is put back to a
    ///   time before finds here what it does not know.
    package static func keyFile(_ key: SigningKey, _ succession: KeySuccession = .none) -> [UInt8] {
        var object: [String: JSONValue] = ["seed": .string(Hex.text(key.seed))]
        if !succession.isEmpty { object["succession"] = try? JSONParser.parse(succession.encoded) }
        return CanonicalJSON.bytes(.object(object))
    }

    /// How the key in a `hub.key` came to be the hub's; nil if it was its first.
    package static func succession(inFile bytes: [UInt8]) -> KeySuccession? {
        (try? JSONParser.parse(bytes))?["succession"]
            .flatMap { try? KeySuccession(encoded: CanonicalJSON.bytes($0)) }
    }

    /// The key in the content of a `hub.key`; nil if it holds none.
    package static func key(inFile bytes: [UInt8]) -> SigningKey? {
        (try? JSONParser.parse(bytes))?["seed"]?.string.flatMap { Hex.bytes($0) }
            .flatMap { SigningKey(seed: $0) }
    }

    /// Opens a hub that is there.
    ///
    /// - Throws: `HubFolderFault.missing`, `StoreError`.
    public func open(environment: Environment) throws -> (store: SQLHubStore, key: SigningKey) {
        let opened = try openToMove(environment: environment)
        try opened.store.expectHere()
        return opened
    }

    /// Holds the folder for one server, or for one move.
    ///
    /// - Throws: `StoreError` (locked) if another process holds it.
    package func lock() throws -> FolderLock { try FolderLock(path + "/serve.lock") }

    /// The same; nil where there is no hub to hold.
    package func lockIfThere() throws -> FolderLock? {
        FilePresence.exists(storePath) ? try lock() : nil
    }

    /// Makes the folder for a hub that moves here, with its key; one that an earlier attempt made
    /// is gone on with.
    ///
    /// - Throws: `HubFolderFault`, `StoreError`.
    package func prepareToMove(
        _ key: SigningKey, environment: Environment
    ) throws -> SQLHubStore {
        if FilePresence.exists(storePath) {
            let (store, own) = try openToMove(environment: environment)
            guard own.publicKey == key.publicKey, try store.isMoving() || store.isEmpty() else {
                throw HubFolderFault.exists(path: path)
            }
            return store
        }
        try FilePresence.makeFolder(path)
        // The same key: an attempt that was cut short left it.
        let present = try SecretFile.read(keyPath)
        guard present.map({ Self.key(inFile: $0)?.publicKey == key.publicKey }) ?? true else {
            throw HubFolderFault.exists(path: path)
        }
        try SecretFile.write(Self.keyFile(key), to: keyPath)
        try SecretFile.prepare(storePath)
        return try SQLHubStore(path: storePath, key: key, place: self, environment: environment)
    }

    /// Opens a hub whether it has moved or not.
    package func openToMove(
        environment: Environment
    ) throws -> (store: SQLHubStore, key: SigningKey) {
        guard FilePresence.exists(storePath) else { throw HubFolderFault.missing(path: path) }
        guard !FilePresence.exists(path + "/" + Self.followerKeyName) else {
            throw HubFolderFault.follower(path: path)
        }
        guard let bytes = try SecretFile.read(keyPath) else {
            throw HubFolderFault.keyMissing(path: keyPath)
        }
        guard let key = Self.key(inFile: bytes) else {
            throw HubFolderFault.keyDamaged(path: keyPath)
        }
        let store = try SQLHubStore(
            path: storePath, key: key, place: self, environment: environment)
        if let succession = Self.succession(inFile: bytes) { try store.follow(key, succession) }
        // What a replacement that was cut short left to do.
        if FilePresence.exists(nextKeyPath) { store.settleKey() }
        return (store, try store.openingKey())
    }
}

extension HubFolder: HubKeyPlace {
    package func key(of publicKey: PublicKey, _ store: StoreConnection) throws -> SigningKey? {
        // Another process may move it from one place to the other meanwhile.
        for path in [keyPath, nextKeyPath, keyPath] {
            if let bytes = try SecretFile.read(path), let key = Self.key(inFile: bytes),
                key.publicKey == publicKey
            {
                return key
            }
        }
        return nil
    }

    package func prepare(_ key: SigningKey, _ store: StoreConnection) throws {
        let succession = try MetaTable(store).hubIdentity()?.succession ?? .none
        try SecretFile.write(Self.keyFile(key, succession), to: nextKeyPath)
    }

    package func settle(_ key: SigningKey) throws {
        guard let next = try SecretFile.read(nextKeyPath),
            Self.key(inFile: next)?.publicKey == key.publicKey
        else { return }
        try SecretFile.write(next, to: keyPath)
        PlainFile.remove(nextKeyPath)
    }
}

/// Why a folder cannot be used as a hub's.
public enum HubFolderFault: Error, Sendable, Equatable {
    case exists(path: String)
    case missing(path: String)
    case keyMissing(path: String)
    case keyDamaged(path: String)
    /// The folder holds a copy that follows a hub.
    case follower(path: String)
    /// The hub has moved: what is here is what it was.
    case moved(path: String, to: String)
    /// A hub is moving here and has not arrived.
    case arriving(path: String)
}
