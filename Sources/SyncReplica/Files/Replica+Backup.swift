public import SyncCore
import SyncStore

// A replica in one file, as a hub's backup is (docs/decisions/0018-backups.md).

/// What a backup of a replica holds.
public struct ReplicaBackup: Sendable, Equatable {
    public let device: DeviceID
    /// Those of the hub and deleted ones included.
    public let records: Int
    public let digest: Hash256
    /// Changes that no hub has receipted: this file is their only copy but the replica.
    public let pending: Int
    public let bytes: Int64
    /// Without it the file is for reading, or for another device to join with.
    public let hasKey: Bool
}

extension Replica {
    /// Writes a backup, and checks it before it gets its name.
    ///
    /// - Parameter withKey: whether the device's key and token go into it.
    /// - Throws: `KeepingFault`, `ReplicaFault.keyMissing`, `StoreError`; there is no file of that
    ///   name then.
    public func backUp(to path: String, withKey: Bool) throws -> ReplicaBackup {
        let target = try DraftFile(path)
        let keyPath = KeyFile.path(forReplica: self.path)
        let secrets = withKey ? try SecretFile.read(keyPath) : nil
        guard !withKey || secrets != nil else { throw ReplicaFault.keyMissing(path: keyPath) }
        try file.backUp(to: target.draft) { copy in
            if let secrets { try BackupSecrets.insert(secrets, copy) }
        }
        let found = try Self.checked(target.draft, named: path)
        try target.finish()
        return found.report
    }

    /// Makes a replica of a backup. If the device that it was made of lives on, the two heal at
    /// their next sync: one of them takes a new key.
    ///
    /// - Parameter target: where there is no replica, and no key but the one in the backup, which
    ///   an attempt that was cut short may have left.
    /// - Throws: `KeepingFault`, `StoreError`; nothing is there then.
    public static func restore(_ path: String, to target: String) throws -> ReplicaBackup {
        guard !FilePresence.exists(target) else { throw KeepingFault.used(path: target) }
        let keyPath = KeyFile.path(forReplica: target)
        let present = try SecretFile.read(keyPath)
        let draft = try DraftFile(target)
        try PlainFile.copy(path, to: draft.draft)
        let (report, secrets) = try checked(draft.draft, named: path)
        guard present == nil || present == secrets else { throw KeepingFault.used(path: keyPath) }
        let file = try StoreFile(
            path: draft.draft, purpose: .replica, tables: ReplicaTables.versions,
            keepsCopy: false)
        try BackupSecrets.remove(file)
        try file.closeAsOneFile()
        do {
            if let secrets { try SecretFile.write(secrets, to: keyPath) }
            try draft.finish()
        } catch {
            if present == nil, !FilePresence.exists(target) { PlainFile.remove(keyPath) }
            throw error
        }
        return report
    }

    /// Checks a copy that nobody writes: its structure, and the digest against the records.
    private static func checked(
        _ path: String, named name: String
    ) throws -> (report: ReplicaBackup, secrets: [UInt8]?) {
        do {
            let versions: [StoreFile.Purpose: Int] = [.replica: ReplicaTables.versions.count]
            let copy = try StoreFile(reading: path, isImmutable: true, versions: versions)
            return try copy.read { store in
                if let problem = try firstProblem(store) {
                    throw KeepingFault.damaged(path: name, detail: problem)
                }
                let secrets = try BackupSecrets.read(store)
                let report = ReplicaBackup(
                    device: try deviceID(store),
                    records: Int(try store.integer("SELECT count(*) FROM records")),
                    digest: try Recount(store).sums.root,
                    pending: try PendingTable(store).count(), bytes: PlainFile.size(path),
                    hasKey: secrets != nil)
                return (report, secrets)
            }
        } catch let error as StoreError {
            switch error.kind {
            case .tooNew where error.detail.hasPrefix("schema"):
                // A hub's backup is no replica's, whatever its version.
                throw try isHub(path)
                    ? KeepingFault.notABackup(path: name) : KeepingFault.tooNew(path: name)
            case .notAReplica: throw KeepingFault.notABackup(path: name)
            case .corrupt: throw KeepingFault.damaged(path: name, detail: error.detail)
            default: throw error
            }
        }
    }

    private static func isHub(_ path: String) throws -> Bool {
        (try? StoreFile(reading: path, isImmutable: true, versions: [.hub: .max])) != nil
    }

    /// The first thing that is wrong with a file; nil if it is in order.
    private static func firstProblem(_ store: StoreConnection) throws -> String? {
        var lines: [String] = []
        try store.each("PRAGMA quick_check(1)") { lines.append($0.text(0)) }
        guard lines == ["ok"] else { return lines.first ?? "quick_check" }
        let count = try Recount(store)
        guard count.damaged.isEmpty else { return "records" }
        guard try count.isDigestStored(in: store) else { return "digest" }
        return try count.areCountsStored(in: store) ? nil : "counts"
    }

    // MARK: What a look-over asks

    /// When the oldest change that no hub has receipted was saved, in milliseconds since 1970; nil
    /// if nothing is pending.
    public func oldestPending() throws -> Int64? {
        let time = try file.read { try $0.integer("SELECT min(saved_at) FROM pending") }
        return time == 0 ? nil : time
    }

    /// Bytes of the file and its log.
    public var byteCount: Int64 { PlainFile.size(path) + PlainFile.size(path + "-wal") }

    /// The rights of the key file, such as 0o600; nil if there is none.
    public var keyMode: Int? { PlainFile.mode(KeyFile.path(forReplica: path)) }

    /// Bytes that may still be written where the replica is; nil if that cannot be told.
    public var freeBytes: Int64? { PlainFile.freeBytes(at: path) }
}
