public import SyncCore
import SyncReplica
public import SyncStore

/// A replica's or a hub's file as it is now, read without writing anything beside it.
///
/// A file without a write-ahead log is read in place; one that has a log (it is in use, or was
/// copied while it was) through a private copy that has no name. Nothing that the file defines is
/// run: its tables are compared with those of its version before they are read.
public final class AuditFile: Sendable {
    /// The path that the person gave: a file, or a hub's data folder.
    public let name: String
    /// The file itself.
    public let path: String
    public var isHub: Bool { file.purpose == .hub }
    /// What is not built as this version builds it. What can still be read is read.
    public var structureFaults: [StructureFault] { structure.faults }
    let structure: FileStructure
    package let file: StoreFile
    /// The same content through a second connection, for another core.
    let beside: StoreFile
    private let copy: PrivateCopy?
    private let state: FileState

    /// The newest schemas that this program reads.
    private static let versions: [StoreFile.Purpose: Int] = [
        .replica: ReplicaTables.versions.count, .hub: HubTables.versions.count,
    ]

    /// The cache of the second connection: an index of 240,000 records has 10 MB, and SQLite's check
    /// goes through it in no order.
    static let besideKibibytes = 32 << 10

    /// How much a file may be off and still be opened.
    public enum Reading: Sendable {
        /// What is in the tables is read: they must be this version's.
        case content
        /// The caller looks at `structureFaults` first.
        case structure
    }

    /// - Parameters:
    ///   - name: a replica's file, a hub's file, or a hub's data folder.
    ///   - views: those that the programs make for people.
    ///   - isCopied: whether to read through a private copy in any case.
    /// - Throws: `StoreError`.
    public init(
        _ name: String, views: [ViewDescription] = [], reading: Reading = .content,
        isCopied: Bool = false
    ) throws {
        self.name = name
        let given = FilePresence.isFolder(name) ? name + "/hub.sqlite" : name
        guard FilePresence.exists(given) else {
            throw StoreError(.cannotOpen, path: given, detail: "no such file")
        }
        guard FilePresence.isFile(given) else {
            throw StoreError(.notAReplica, path: given, detail: "not a regular file")
        }
        // The log lies beside the file itself, not beside a link to it.
        let path = FilePresence.resolved(given)
        self.path = path
        // SQLite ignores a journal whose first byte is 0: it was cut short before it was needed.
        let journal = try FileBytes.head(of: path + "-journal", count: 1)
        guard journal.isEmpty || journal == [0] else {
            throw StoreError(.corrupt, path: path, detail: "a rollback journal lies beside it")
        }
        state = try FileState(path)
        let isInPlace = !isCopied && !state.hasLog && !state.isJustWritten
        do {
            if !isInPlace {
                let made = try PrivateCopy.make(of: path, versions: Self.versions)
                (file, beside, copy) = (made.file, made.beside, made.copy)
            } else {
                file = try StoreFile(reading: path, isImmutable: true, versions: Self.versions)
                beside = try StoreFile(
                    reading: path, isImmutable: true, versions: Self.versions,
                    cacheKibibytes: Self.besideKibibytes)
                copy = nil
            }
            let purpose = file.purpose
            structure = try file.read { try FileStructure($0, purpose, views: views) }
        } catch let error as StoreError {
            // What was read while somebody wrote it is no damage.
            if isInPlace, (try? FileState(path)) != state {
                throw StoreError(.locked, path: path)
            }
            // The copy's path means nothing to a person.
            throw StoreError(error.kind, path: path, detail: error.detail)
        }
        guard reading == .structure || structure.isReadable else {
            let fault = structure.faults.first { $0.kind != .added } ?? structure.faults[0]
            throw StoreError(
                .corrupt, path: path,
                detail: "\(fault.type) \(fault.name) is \(fault.kind.rawValue)")
        }
    }

    /// Whether what was read is still what is there. A private copy always is what was read.
    ///
    /// - Throws: `StoreError`.
    public func isUnchanged() throws -> Bool {
        if copy != nil { return true }
        return try FileState(path) == state
    }

    /// SHA-256 of the file, and of its write-ahead log if it has one.
    ///
    /// - Throws: `StoreError`.
    public func hashes() throws -> (file: Hash256, log: Hash256?) {
        try copy?.hashes ?? (FileBytes.hash(path), nil)
    }

    /// Runs `body` in one read transaction.
    package func read<T>(_ body: (StoreConnection) throws -> T) throws -> T {
        try file.read(body)
    }
}
