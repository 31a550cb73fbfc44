public import SyncCore
public import SyncProtocol
public import SyncStore
import Synchronization

/// A device's replica: one SQLite file and the key beside it.
///
/// Every public method that writes is one transaction; what has returned is on disk. Several
/// processes may use one file.
public final class Replica: Sendable {
    public let path: String
    let file: StoreFile
    let environment: Environment
    private let keys: Mutex<KeyFile?>
    /// The batch that this process sealed last, while it is on its way to the hub.
    let lastSealed = Mutex<HeldBatch?>(nil)

    /// Opens a replica that is there.
    ///
    /// - Parameters:
    ///   - views: SQL views to keep in the file for people who look into it.
    ///   - readsNewer: whether one that a newer version wrote is opened. It is only read then:
    ///     whatever would write to it throws.
    /// - Throws: `ReplicaFault.missing`, `StoreError`.
    public init(
        path: String, environment: Environment, views: [ViewDescription] = [],
        readsNewer: Bool = false
    ) throws {
        guard FilePresence.exists(path) else { throw ReplicaFault.missing(path: path) }
        self.path = path
        self.environment = environment
        file = try StoreFile(
            path: path, purpose: .replica, tables: ReplicaTables.versions, readsNewer: readsNewer)
        keys = Mutex(try KeyFile.read(KeyFile.path(forReplica: path)))
        guard !file.isNewer else { return }
        try checkKey()
        try refreshViews(views)
    }

    /// The key must be the one that the file goes by. One that a copy was about to take, or had
    /// before, becomes the present key if the file says so: a crash came between, or an older
    /// copy of the file was put back.
    private func checkKey() throws {
        guard let key = keys.withLock({ $0 })?.key else { return }
        let known = try file.read { try MetaTable($0).blob(ReplicaKey.publicKey) }
        if known != key.publicKey.bytes { try promoteKey() }
    }

    /// - Throws: `ReplicaFault.wrongKey` if the key file lacks the key that the file goes by.
    func promoteKey() throws {
        let keyPath = KeyFile.path(forReplica: path)
        let written = try file.write { store in
            let known = try MetaTable(store).blob(ReplicaKey.publicKey) ?? []
            guard var keys = try KeyFile.read(keyPath) else {
                throw ReplicaFault.keyMissing(path: keyPath)
            }
            let before = keys.key.publicKey.bytes
            guard keys.promote(known) else { throw ReplicaFault.wrongKey(path: keyPath) }
            if before != known { try keys.write(to: keyPath) }
            return keys
        }
        keys.withLock { $0 = written }
    }

    /// Goes by a key that is on disk.
    func take(_ key: KeyFile) { keys.withLock { $0 = key } }

    /// What a copy asks to be enrolled with; the pair that is given if it asked for none yet.
    func nextKey(ifNone pair: KeyFile.Pair) throws -> KeyFile.Pair {
        let keyPath = KeyFile.path(forReplica: path)
        guard var keys = try KeyFile.read(keyPath) else {
            throw ReplicaFault.keyMissing(path: keyPath)
        }
        if let next = keys.next { return next }
        keys.next = pair
        try keys.write(to: keyPath)
        return pair
    }

    /// Whether a copy asked to be enrolled with a key and has not gone on under it yet.
    func isAwaited(_ key: PublicKey) throws -> Bool {
        let next = try KeyFile.read(KeyFile.path(forReplica: path))?.next
        return next.flatMap { SigningKey(seed: $0.seed) }?.publicKey == key
    }

    /// Leaves a pair that the hub refused; another process may have left it already.
    public func forgetNextKey(_ key: PublicKey) throws {
        try file.write { _ in
            let keyPath = KeyFile.path(forReplica: path)
            guard var keys = try KeyFile.read(keyPath), let next = keys.next,
                SigningKey(seed: next.seed)?.publicKey == key
            else { return }
            keys.next = nil
            try keys.write(to: keyPath)
        }
    }

    private func refreshViews(_ views: [ViewDescription]) throws {
        guard !views.isEmpty else { return }
        let isCurrent = try file.read { try $0.hasViews(views) }
        if !isCurrent { try file.write { try $0.refreshViews(views) } }
    }

    /// A text that is another one after every commit to the file, by whichever process.
    package func fileVersion() throws -> String {
        try file.read { store in
            let others = try store.integer("PRAGMA data_version")
            return "\(others).\(try store.integer("SELECT total_changes()"))"
        }
    }

    /// Whether a newer version wrote the file.
    public var isNewer: Bool { file.isNewer }

    /// The device id; it is known even without the key.
    public func deviceID() throws -> DeviceID {
        try file.read { try Self.deviceID($0) }
    }

    static func deviceID(_ store: StoreConnection) throws -> DeviceID {
        guard let bytes = try MetaTable(store).blob(ReplicaKey.publicKey),
            let key = PublicKey(bytes: bytes)
        else { throw StoreError(.corrupt, path: "", detail: "public key") }
        return key.deviceID
    }

    /// - Throws: `ReplicaFault.keyMissing`: a copy without its key is read-only.
    func signingKey() throws -> SigningKey {
        guard let key = keys.withLock({ $0 })?.key else {
            throw ReplicaFault.keyMissing(path: KeyFile.path(forReplica: path))
        }
        return key
    }

    /// Whether the key is there: without it a replica can only be read.
    public var hasKey: Bool { keys.withLock { $0 } != nil }

    /// The bearer token; nil before a join was begun.
    public var token: String? { keys.withLock { $0 }?.token }

    /// The invite of a join that is not answered yet; nil if none is under way.
    public var askedInvite: Invite? {
        keys.withLock { $0 }?.invite.flatMap { try? Invite(text: $0) }
    }

    /// Changes what is kept beside the key: a token, before it is sent anywhere; an invite.
    func updateKeyFile(_ change: (inout KeyFile) -> Void) throws {
        let keyPath = KeyFile.path(forReplica: path)
        let key = try signingKey()
        // As it is on disk: another process may have changed it.
        var next = try KeyFile.read(keyPath) ?? KeyFile(key: key)
        change(&next)
        try next.write(to: keyPath)
        let written = next
        keys.withLock { $0 = written }
    }

    /// Gives the disk back what a sync has freed.
    public func shrink() throws { try file.shrink() }

    public func close() throws { try file.close() }
}
