import SyncAudit
public import SyncCore
public import SyncHub
public import SyncProtocol
import SyncStore

// A backup that is one file and is known to be good.
//
// Problem: a copy of a database in use may be torn, one of a damaged database is damaged too, and
// nobody notices before it is needed; the key that devices trust lies in a file of its own that a
// copy forgets.
// Idea: SQLite's own backup gives one moment of the file while devices go on pushing. The key goes
// into it. Then the whole journal in the copy is replayed as an auditor does, and only a copy that
// passes gets its name, and only then the hub tells devices that they are backed up.

/// Makes backups of a hub. May run while the hub is served.
public struct HubBackup: Sendable {
    private let open: @Sendable () throws -> SQLHubStore
    /// A folder for what may lie readable while it is worked on.
    private let scratch: String
    private let environment: Environment

    public init(_ folder: HubFolder, environment: Environment) {
        open = { try folder.open(environment: environment).store }
        scratch = folder.path
        self.environment = environment
    }

    /// A hub in another database than a folder's file.
    ///
    /// - Parameter scratch: a folder of this machine.
    public init(
        of store: SQLHubStore, scratch: String, environment: Environment
    ) {
        open = { store }
        self.scratch = scratch
        self.environment = environment
    }

    /// What a backup holds.
    public struct Report: Sendable, Equatable {
        public let position: Int64
        public let epoch: EpochID
        public let digest: Hash256
        /// Of the file.
        public let bytes: Int64
        public let isEncrypted: Bool
    }

    /// Writes a backup, verifies it, and notes in the hub how far it reaches.
    ///
    /// - Parameters:
    ///   - path: where there is no file yet.
    ///   - passphrase: encrypts it; nil leaves it readable by its owner alone (mode 0600).
    ///   - shelf: the folder of dated backups that it is one of, as an absolute path; noted in the hub.
    /// - Throws: `KeepingFault`, `HubFolderFault`, `StoreError`; there is no file of that name then.
    public func write(
        to path: String, passphrase: Passphrase?, shelf: String? = nil
    ) throws -> Report {
        let store = try open()
        defer { try? store.close() }
        let target = try DraftFile(path)
        // What is to be encrypted does not lie readable where the encrypted file goes.
        let plain = try passphrase == nil ? target : DraftFile(scratch + "/backup.sqlite")
        let time = environment.nowMilliseconds()
        try copy(store, to: plain.draft, time: time)
        let head = try HubCheck.verified(plain.draft, named: path, hub: store.signingKey.publicKey)
        if let passphrase { try encrypt(plain.draft, target.draft, passphrase, named: path) }
        let bytes = PlainFile.size(target.draft)
        try target.finish()
        do { try store.noteBackup(of: head, at: time, on: shelf) } catch {
            PlainFile.remove(path)
            throw error
        }
        return Report(
            position: head.size, epoch: head.epoch, digest: head.digest, bytes: bytes,
            isEncrypted: passphrase != nil)
    }

    private func copy(
        _ store: SQLHubStore, to draft: String, time: Int64
    ) throws {
        try store.copy(to: draft) { copy in
            // The copy speaks of itself: it will be the last backup that a restored hub knows.
            let meta = MetaTable(copy)
            try meta.set(HubKey.backedUp, .integer(try JournalTable(copy).size()))
            try meta.set(HubKey.backedUpAt, .integer(time))
            try BackupSecrets.insert(
                HubFolder.keyFile(store.key(of: copy), try meta.hubIdentity()?.succession ?? .none),
                copy)
        }
    }

    private func encrypt(
        _ plain: String, _ draft: String, _ passphrase: Passphrase, named path: String
    ) throws {
        try AgeFile.encrypt(
            plain, to: draft, passphrase: passphrase.bytes, random: environment.randomBytes)
        let content = try AgeFile.contentHash(draft, passphrase: passphrase.bytes)
        guard try content == AgeFile.hash(plain) else {
            throw KeepingFault.damaged(path: path, detail: "encryption")
        }
    }
}

/// The auditor's verification of a hub's file that is about to count as good.
enum HubCheck {
    /// - Parameters:
    ///   - name: what a person knows the file by.
    /// - Returns: the newest head.
    /// - Throws: `KeepingFault.damaged` with the first problem.
    static func verified(
        _ path: String, named name: String, hub: PublicKey
    ) throws -> Head {
        var options = Verifier.Options()
        options.hubKey = hub
        let report = try Verifier(options).verify(path)
        if let problem = report.problems.first {
            throw KeepingFault.damaged(
                path: name, detail: "\(problem.kind.rawValue) \(problem.place.text)")
        }
        guard report.isOK, let head = report.head?.head, head.size == report.batches else {
            throw KeepingFault.damaged(path: name, detail: "incomplete")
        }
        return head
    }
}
