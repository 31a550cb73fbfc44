import GRDB
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

    public let path: String
    public let purpose: Purpose
    let writer: any DatabaseWriter
    private let isClosed = Mutex(false)

    /// Opens or makes the file and brings its tables up to `schema`.
    ///
    /// - Parameters:
    ///   - tables: the statements of each schema version, in order; only ever added to.
    ///   - concurrentReads: whether reads run beside each other and beside a write.
    /// - Throws: `StoreError`.
    package init(
        path: String, purpose: Purpose, tables: [[String]], concurrentReads: Bool = false
    ) throws {
        self.path = path
        self.purpose = purpose
        writer = try StoreError.mapping(path: path) {
            let configuration = Self.configuration()
            return concurrentReads
                ? try DatabasePool(path: path, configuration: configuration)
                : try Self.openQueue(path, configuration)
        }
        try prepare(tables)
    }

    init(path: String, purpose: Purpose, writer: any DatabaseWriter) {
        self.path = path
        self.purpose = purpose
        self.writer = writer
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busySeconds)
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA cache_size = -8192")
            try database.execute(sql: "PRAGMA wal_autocheckpoint = \(logPages)")
        }
        return configuration
    }

    private static func openQueue(
        _ path: String, _ configuration: Configuration
    ) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { database in
            // Only before the first table, and it takes the write lock.
            if try Int.fetchOne(database, sql: "PRAGMA page_count") == 0 {
                try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            }
            _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        }
        return queue
    }

    /// Checks whose file it is and adds the tables that are missing.
    private func prepare(_ tables: [[String]]) throws {
        let (version, application, isEmpty) = try read { store in
            (
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
        guard version <= tables.count else {
            throw StoreError(.tooNew, path: path, detail: "schema \(version)")
        }
        guard version < tables.count else { return }
        try write { store in
            for statement in tables[Int(version)...].joined() { try store.execute(statement) }
            try store.execute("PRAGMA application_id = \(purpose.rawValue)")
            try store.execute("PRAGMA user_version = \(tables.count)")
        }
    }

    /// Runs `body` in one read transaction.
    package func read<T>(_ body: (StoreConnection) throws -> T) throws -> T {
        try expectOpen()
        return try StoreError.mapping(path: path) {
            try writer.read { database in
                try body(StoreConnection(database, path: path))
            }
        }
    }

    /// Runs `body` in one write transaction: all of it is on disk when this returns, or none.
    package func write<T>(_ body: (StoreConnection) throws -> T) throws -> T {
        try expectOpen()
        return try StoreError.mapping(path: path) {
            try writer.write { database in
                try body(StoreConnection(database, path: path))
            }
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
        try StoreError.mapping(path: path) {
            // Of a pool's connections the one that is closed last may be one that only reads, and
            // leaves the log where it is. Another process may hold it back: then that one moves it.
            if let pool = writer as? DatabasePool {
                _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            }
            try writer.close()
        }
    }
}
