import CSQLite
import Synchronization

/// One SQLite file that a replica or a hub keeps. Safe to use from any thread.
///
/// Write-ahead log, `synchronous=FULL`: a commit that has returned is on disk.
public final class StoreFile: Sendable {
    /// What the file is for: a replica is not opened as a hub's file.
    public enum Purpose: Int32, Sendable {
        // Application ids of the SQLite header: "FSrp", "FShb" and "FSry".
        case replica = 0x4653_7270
        case hub = 0x4653_6862
        /// An auditor's own: what it replayed of a hub's journal.
        case replay = 0x4653_7279
    }

    /// How long a call waits for another process, in seconds: longer than any one transaction.
    public static let busySeconds = 10.0

    /// Pages of the log (16 MiB) from which on a commit moves them into the file. Twice the size of
    /// a large transaction: a page that several write is moved once.
    private static let logPages = 4096
    /// Of each connection that only reads: a page of changes is read once, in the order of its rows.
    private static let readerCacheKibibytes = 2048

    public let path: String
    public let purpose: Purpose
    /// Whether a newer version wrote the file. Tables are only ever added to: it can be read.
    public let isNewer: Bool
    let connections: SQLiteFile
    private let isClosed = Mutex(false)

    /// Opens or makes the file and brings its tables up to `schema`.
    ///
    /// - Parameters:
    ///   - tables: the statements of each schema version, in order; only ever added to.
    ///   - concurrentReads: whether reads run beside each other and beside a write.
    ///   - keepsCopy: whether a file of an older version is copied before its tables change; not
    ///     where it is a copy itself.
    ///   - readsNewer: whether the file of a newer version is opened, to be read only.
    /// - Throws: `StoreError`.
    package convenience init(
        path: String, purpose: Purpose, tables: [[String]], concurrentReads: Bool = false,
        keepsCopy: Bool = true, readsNewer: Bool = false
    ) throws {
        let connections = try Self.open(path, concurrentReads: concurrentReads)
        let version = try Self.version(of: connections, path, purpose)
        let isNewer = version > tables.count
        guard !isNewer || readsNewer else {
            throw StoreError(.tooNew, path: path, detail: "schema \(version)")
        }
        self.init(path: path, purpose: purpose, connections, isNewer: isNewer)
        guard version < tables.count else { return }
        if keepsCopy, version > 0, purpose != .replay { try keepCopy(of: version) }
        try migrate(tables)
    }

    init(path: String, purpose: Purpose, _ connections: SQLiteFile, isNewer: Bool = false) {
        self.path = path
        self.purpose = purpose
        self.connections = connections
        self.isNewer = isNewer
    }

    private static func open(_ path: String, concurrentReads: Bool) throws -> SQLiteFile {
        let setup = [
            "PRAGMA synchronous = FULL", "PRAGMA cache_size = -8192",
            "PRAGMA wal_autocheckpoint = \(logPages)",
        ]
        func connect(_ more: [String] = []) throws -> SQLiteConnection {
            try SQLiteConnection(
                path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, path: path,
                busySeconds: busySeconds, setup: setup + more)
        }
        let writer = try connect()
        // Only before the first table, and it takes the write lock.
        if !concurrentReads, try writer.text("PRAGMA page_count") == "0" {
            try writer.execute("PRAGMA auto_vacuum = INCREMENTAL")
        }
        _ = try writer.text("PRAGMA journal_mode = WAL")
        guard concurrentReads else { return SQLiteFile(writer) }
        return SQLiteFile(writer) {
            try connect([
                "PRAGMA query_only = 1", "PRAGMA cache_size = -\(readerCacheKibibytes)",
            ])
        }
    }

    /// Checks whose file it is.
    ///
    /// - Returns: the schema's version; 0 for a file that is empty.
    private static func version(
        of connections: SQLiteFile, _ path: String, _ purpose: Purpose
    ) throws -> Int {
        let (version, application, isEmpty) = try connections.read { connection in
            let store = StoreConnection(connection, path: path)
            return (
                try store.integer("PRAGMA user_version"),
                try store.integer("PRAGMA application_id"),
                try store.integer("SELECT NOT EXISTS(SELECT 1 FROM sqlite_schema)") == 1
            )
        }
        // Most databases of others have no numbers either.
        guard application == 0 && version == 0 && isEmpty || application == Int64(purpose.rawValue)
        else {
            throw StoreError(.notAReplica, path: path, detail: "application id \(application)")
        }
        return Int(version)
    }

    /// Adds the tables that are missing. There is no way back.
    private func migrate(_ tables: [[String]]) throws {
        try write { store in
            // Another process may have done it meanwhile.
            let version = Int(try store.integer("PRAGMA user_version"))
            guard version < tables.count else { return }
            for statement in tables[version...].joined() { try store.execute(statement) }
            try store.execute("PRAGMA application_id = \(purpose.rawValue)")
            try store.execute("PRAGMA user_version = \(tables.count)")
        }
    }

    /// Copies the file to `PATH.schemaN`, in place of an older copy of that name.
    private func keepCopy(of version: Int) throws {
        let kept = "\(path).schema\(version)"
        let draft = kept + ".draft"
        PlainFile.remove(draft)
        do {
            try SecretFile.prepare(draft)
            try backUp(to: draft) { _ in }
            try PlainFile.move(draft, to: kept)
        } catch {
            PlainFile.remove(draft)
            throw error
        }
    }

    /// Runs `body` in one read transaction.
    package func read<T>(_ body: (StoreConnection) throws -> T) throws -> T {
        try expectOpen()
        return try connections.read { try body(StoreConnection($0, path: path)) }
    }

    /// Runs `body` in one write transaction: all of it is on disk when this returns, or none.
    ///
    /// - Throws: `StoreError` (too new) for a file that can only be read.
    package func write<T>(_ body: (StoreConnection) throws -> T) throws -> T {
        try expectOpen()
        guard !isNewer else { throw StoreError(.tooNew, path: path, detail: "only read") }
        return try connections.write {
            try body(StoreConnection($0, path: path, namesRows: purpose == .replica))
        }
    }

    /// A connection that has ended is nothing to ask SQLite with.
    private func expectOpen() throws {
        guard !isClosed.withLock({ $0 }) else {
            throw StoreError(.other, path: path, detail: "closed")
        }
    }

    /// Pages that hold nothing, as a share of the file, from which on they are given back.
    private static let idleShare = 0.25
    /// Fewer idle pages than this (1 MiB) are kept for what is written next.
    private static let idlePagesKept: Int64 = 256

    /// Gives back to the system what was deleted, where that is much of the file: a large import
    /// waits as pending changes and is gone once it was sent.
    public func shrink() throws {
        let (idle, all) = try read {
            (try $0.integer("PRAGMA freelist_count"), try $0.integer("PRAGMA page_count"))
        }
        guard idle > Self.idlePagesKept, Double(idle) > Self.idleShare * Double(all) else { return }
        try write { store in
            try store.each("PRAGMA incremental_vacuum") { _ in }
        }
    }

    /// Moves the write-ahead log into the file and ends all connections. A repeat does nothing: a
    /// connection that has ended must not be asked to move its log.
    public func close() throws {
        let wasClosed = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return isClosed
        }
        guard !wasClosed else { return }
        // The connection that is closed last may be one that only reads, and leaves the log where it
        // is. Another process may hold it back: then that one moves it.
        if connections.readsBeside {
            _ = try? connections.withoutTransaction {
                try $0.text("PRAGMA wal_checkpoint(TRUNCATE)")
            }
        }
        connections.close()
    }
}
