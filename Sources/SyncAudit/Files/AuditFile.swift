public import SyncCore
import SyncReplica
package import SyncStore

/// A replica's or a hub's file as it is now, read without writing anything beside it.
///
/// A file without a write-ahead log is read in place; one that has a log (it is in use, or was
/// copied while it was) through a private copy that is removed afterwards.
public final class AuditFile: Sendable {
    /// The path that the person gave: a file, or a hub's data folder.
    public let name: String
    /// The file itself.
    public let path: String
    public var isHub: Bool { file.purpose == .hub }
    package let file: StoreFile
    private let copy: PrivateCopy?
    private let state: FileState

    /// The newest schemas that this program reads.
    private static let versions: [StoreFile.Purpose: Int] = [
        .replica: ReplicaTables.versions.count, .hub: HubTables.versions.count,
    ]

    /// - Parameter name: a replica's file, a hub's file, or a hub's data folder.
    /// - Throws: `StoreError`.
    public init(_ name: String) throws {
        self.name = name
        path = FilePresence.isFolder(name) ? name + "/hub.sqlite" : name
        guard FilePresence.exists(path) else {
            throw StoreError(.cannotOpen, path: path, detail: "no such file")
        }
        state = try FileState(path)
        copy = state.hasLog ? try PrivateCopy(of: path) : nil
        do {
            file = try StoreFile(
                reading: copy?.path ?? path, isImmutable: copy == nil, versions: Self.versions)
        } catch let error as StoreError {
            // The copy's path means nothing to a person.
            throw StoreError(error.kind, path: path, detail: error.detail)
        }
    }

    /// Whether what was read is still what is there. A private copy always is what was read.
    ///
    /// - Throws: `StoreError`.
    public func isUnchanged() throws -> Bool {
        try copy != nil || FileState(path) == state
    }

    /// SHA-256 of the file, and of its write-ahead log if it has one.
    ///
    /// - Throws: `StoreError`.
    public func hashes() throws -> (file: Hash256, log: Hash256?) {
        let read = copy?.path ?? path
        let log = copy.map { $0.path + "-wal" }.flatMap { FilePresence.exists($0) ? $0 : nil }
        return (try FileBytes.hash(read), try log.map { try FileBytes.hash($0) })
    }

    /// Runs `body` in one read transaction.
    package func read<T>(_ body: (StoreConnection) throws -> T) throws -> T {
        try file.read(body)
    }

    /// Whether the file has a table: files of older versions lack some.
    package func hasTable(_ table: String) throws -> Bool {
        try read {
            try $0.integer(
                "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?",
                .text(table)) > 0
        }
    }
}
