import SyncAudit
public import SyncCore
import SyncHub
import SyncProtocol
import SyncStore

// A hub put back from a backup, with what others kept of its journal since.
//
// Problem: a backup is older than what was lost. What devices were receipted since must not be
// handed out again under the same positions with another content.
// Idea: whoever followed the hub holds the entries past the backup; they are taken word for word,
// and the journal goes on where it broke off: same epoch, and devices notice nothing. Where nobody
// vouches that nothing is missing, a new epoch tells every device to fill the gap.

/// Puts a hub back from a backup.
public struct HubRestore: Sendable {
    private let environment: Environment

    public init(environment: Environment) {
        self.environment = environment
    }

    /// Where the restored hub stands.
    public struct Report: Sendable, Equatable {
        public let position: Int64
        public let epoch: EpochID
        public let digest: Hash256
        /// Where the backup ended.
        public let backupPosition: Int64
        /// Entries that others brought.
        public let appended: Int64
        public let isNewEpoch: Bool
    }

    /// - Parameters:
    ///   - path: the backup.
    ///   - folder: where the hub is to be: nothing, or an empty folder.
    ///   - sources: followers' folders, and bundles.
    ///   - newerKey: the content of a hub's key file: of the key that the hub took after the backup.
    /// - Throws: `KeepingFault`, `JournalContradiction`, `StoreError`; there is no such folder then.
    public func restore(
        _ path: String, to folder: String, with sources: [String], passphrase: Passphrase?,
        newerKey: [UInt8]? = nil
    ) throws -> Report {
        let draft = try DraftFolder(HubFolder(folder).path) { $0.hasPrefix("hub.") }
        let place = HubFolder(draft.draft)
        let (key, hub, head) = try unpack(path, to: place, passphrase)
        let sources = try sources.map { try Self.source($0, hub) }
        let newer = try Self.newer(hub, sources, newerKey, backup: path)
        let store = try place.open(environment: environment).store
        do {
            let end = try append(
                sources, to: store.file, newer?.hub ?? hub, newer?.key ?? key, after: head)
            if let newer {
                let file = HubFolder.keyFile(newer.key, newer.hub.succession)
                try SecretFile.write(file, to: place.keyPath)
                try store.follow(newer.key, newer.hub.succession)
            }
            // A handover is the log's last word of its key: what stands before it is not all here.
            let known = newer?.hub.succession.handovers.last?.size ?? 0
            let isNewEpoch =
                known > end || !Self.vouches(sources, for: end, backup: head.size)
            if isNewEpoch { try store.openRestoredEpoch() }
            let report = try report(store, head, end, isNewEpoch)
            try store.close()
            try draft.finish()
            return report
        } catch {
            try? store.close()
            throw error
        }
    }

    /// The key that the hub took after the backup, where somebody who followed it knows of one, or
    /// the key file that is given tells of it.
    ///
    /// - Throws: `KeepingFault.keyReplaced` if it is needed and not given, `foreignKey` if what is
    ///   given does not follow from the backup's.
    private static func newer(
        _ hub: HubIdentity, _ sources: [any EntrySource], _ file: [UInt8]?, backup: String
    ) throws -> (hub: HubIdentity, key: SigningKey)? {
        let given = file.flatMap { HubFolder.key(inFile: $0) }
        var shown = sources.compactMap(\.hub).map(\.succession)
        if let own = file.flatMap({ HubFolder.succession(inFile: $0) }) { shown.append(own) }
        let known = shown.compactMap { hub.following($0) }
            .max { $0.succession.handovers.count < $1.succession.handovers.count }
        guard let known else {
            if file != nil, given?.publicKey != hub.key {
                throw KeepingFault.foreignKey(path: backup)
            }
            return nil
        }
        guard let given else { throw KeepingFault.keyReplaced(path: backup) }
        guard given.publicKey == known.key else {
            throw hub.has(given.publicKey) || known.has(given.publicKey)
                ? KeepingFault.keyReplaced(path: backup) : KeepingFault.foreignKey(path: backup)
        }
        return (known, given)
    }

    private func report(
        _ store: SQLHubStore, _ backup: Head, _ end: Int64, _ isNewEpoch: Bool
    ) throws -> Report {
        let status = try store.status()
        return Report(
            position: status.facts.position, epoch: status.facts.epoch, digest: status.digest,
            backupPosition: backup.size, appended: end - backup.size, isNewEpoch: isNewEpoch)
    }

    /// Unpacks the backup, verifies it, and takes the key out of it.
    private func unpack(
        _ path: String, to place: HubFolder, _ passphrase: Passphrase?
    ) throws -> (key: SigningKey, hub: HubIdentity, head: Head) {
        try Self.copy(path, to: place.storePath, passphrase)
        let content = try Self.secrets(in: place.storePath, named: path)
        guard let key = HubFolder.key(inFile: content) else {
            throw KeepingFault.damaged(path: path, detail: "key")
        }
        let head = try HubCheck.verified(place.storePath, named: path, hub: key.publicKey)
        try SecretFile.write(content, to: place.keyPath)
        let file = try StoreFile(
            path: place.storePath, purpose: .hub, tables: HubTables.versions, keepsCopy: false)
        try BackupSecrets.remove(file)
        // Who was signed in to the page when the backup was made is signed out.
        try file.write { store in
            try MetaTable(store).set(HubKey.desk, nil)
            // Perhaps another machine's.
            try MetaTable(store).set(HubKey.backupShelf, nil)
        }
        guard let hub = try file.read({ try MetaTable($0).hubIdentity() }) else {
            throw KeepingFault.damaged(path: path, detail: "meta")
        }
        try file.close()
        return (key, hub, head)
    }

    private static func copy(_ path: String, to target: String, _ passphrase: Passphrase?) throws {
        guard FilePresence.exists(path) else {
            throw StoreError(.cannotOpen, path: path, detail: "no such file")
        }
        guard try AgeFile.isEncrypted(path) else { return try PlainFile.copy(path, to: target) }
        guard let passphrase else { throw KeepingFault.passphraseMissing(path: path) }
        do { try AgeFile.decrypt(path, to: target, passphrase: passphrase.bytes) } catch {
            switch error as? AgeFault {
            case .passphrase: throw KeepingFault.passphraseWrong(path: path)
            case .form: throw KeepingFault.notABackup(path: path)
            case .damaged: throw KeepingFault.damaged(path: path, detail: "encryption")
            case nil: throw error
            }
        }
    }

    /// The content of the key file in a backup.
    private static func secrets(in path: String, named name: String) throws -> [UInt8] {
        do {
            let file = try AuditFile(path)
            guard file.isHub, let content = try file.read({ try BackupSecrets.read($0) }) else {
                throw KeepingFault.notABackup(path: name)
            }
            return content
        } catch let error as StoreError {
            switch error.kind {
            case .tooNew: throw KeepingFault.tooNew(path: name)
            case .notAReplica: throw KeepingFault.notABackup(path: name)
            case .corrupt: throw KeepingFault.damaged(path: name, detail: error.detail)
            default: throw error
            }
        }
    }

    private static func source(_ name: String, _ hub: HubIdentity) throws -> any EntrySource {
        guard FilePresence.exists(name) else {
            throw StoreError(.cannotOpen, path: name, detail: "no such file")
        }
        return FilePresence.isFolder(name)
            ? try FolderSource(name, hub: hub) : try BundleSource(name, hub: hub)
    }

    // MARK: What others kept

    /// Entries in one transaction: enough that commits cost nothing beside checking.
    private static let entriesAtOnce: Int64 = 256

    /// - Returns: the last position.
    private func append(
        _ sources: [any EntrySource], to file: any StoreDatabase, _ hub: HubIdentity,
        _ key: SigningKey, after backup: Head
    ) throws -> Int64 {
        for source in sources { try Self.checkCommon(source, backup, file) }
        var last = backup.size
        while true {
            let first = last
            try file.write { store in
                let copier = JournalCopier(store, hub: hub, key: key)
                while last - first < Self.entriesAtOnce,
                    let entry = try Self.entry(at: last + 1, of: sources)
                {
                    try copier.take(entry)
                    last += 1
                }
                try copier.finish()
            }
            if last == first { return last }
        }
    }

    /// The first source that has a position.
    private static func entry(
        at position: Int64, of sources: [any EntrySource]
    ) throws -> CopiedEntry? {
        for source in sources where position <= source.end {
            if let entry = try source.entry(at: position) { return entry }
        }
        return nil
    }

    /// A source that followed another history than the backup's cannot go on from it.
    private static func checkCommon(
        _ source: any EntrySource, _ backup: Head, _ file: any StoreDatabase
    ) throws {
        let position = min(backup.size, source.end)
        guard position > 0, let theirs = try source.entry(at: position) else { return }
        let own = try file.read { try JournalTable($0).leaf(position) }
        guard own?.hash != theirs.leaf.hash else { return }
        let head = try file.read { try JournalTable($0).head(position) }
        throw JournalContradiction(position, .rewritten, ours: head, theirs: theirs.head)
    }

    /// Whether somebody who followed the hub saw nothing after the end.
    private static func vouches(
        _ sources: [any EntrySource], for end: Int64, backup: Int64
    ) -> Bool {
        let known = sources.compactMap(\.knownSize)
        guard let largest = known.max() else { return false }
        return largest >= backup && largest == end
    }
}
