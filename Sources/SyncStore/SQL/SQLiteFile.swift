// The connections to one SQLite file.
//
// One connection writes, and reads what this process alone looks at; a hub has others that only read,
// each over a snapshot, beside the one that writes. Everything above speaks of transactions, never of
// connections. Why this is no library: docs/decisions/0030-sqlite-without-a-library.md.

import Dispatch
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Hands out connections, each to one thread at a time.
final class SQLiteFile: @unchecked Sendable {
    // Guard: `writer` is used under `writing` alone; `idle` and `isClosed` under `readers`' lock.

    /// Connections that only read, at most.
    private static let readerLimit = 5

    private let writer: SQLiteConnection
    private let writing = ThreadLock()
    private let makeReader: (() throws -> SQLiteConnection)?
    private let free = DispatchSemaphore(value: readerLimit)
    private let readers = ThreadLock()
    private var idle: [SQLiteConnection] = []
    private var isClosed = false

    /// - Parameter reader: makes a connection that only reads; nil: the one that writes reads too.
    init(_ writer: SQLiteConnection, reader: (() throws -> SQLiteConnection)? = nil) {
        self.writer = writer
        makeReader = reader
    }

    /// Whether reads run beside each other and beside a write.
    var readsBeside: Bool { makeReader != nil }

    /// Runs `body` in one read transaction, over one snapshot.
    func read<T>(_ body: (SQLiteConnection) throws -> T) throws -> T {
        guard let makeReader else {
            return try writing.hold { try writer.transaction("BEGIN") { try body(writer) } }
        }
        free.wait()
        defer { free.signal() }
        let reader = try readers.hold { idle.popLast() } ?? makeReader()
        defer {
            readers.hold { if isClosed { reader.close() } else { idle.append(reader) } }
        }
        return try reader.transaction("BEGIN") { try body(reader) }
    }

    /// Runs `body` in one write transaction: all of it is on disk when this returns, or none.
    func write<T>(_ body: (SQLiteConnection) throws -> T) throws -> T {
        try writing.hold { try writer.transaction("BEGIN IMMEDIATE") { try body(writer) } }
    }

    /// For what SQLite does only outside of a transaction.
    func withoutTransaction<T>(_ body: (SQLiteConnection) throws -> T) throws -> T {
        try writing.hold { try body(writer) }
    }

    /// Ends all connections.
    func close() {
        readers.hold {
            isClosed = true
            for reader in idle { reader.close() }
            idle = []
        }
        writing.hold { writer.close() }
    }
}

/// A lock that one thread holds at a time. To ask for it while holding it ends the program.
final class ThreadLock: Sendable {
    private let semaphore = DispatchSemaphore(value: 1)
    /// The thread that holds it; 0: none does.
    private let holder = Atomic<UInt>(0)

    func hold<T>(_ body: () throws -> T) rethrows -> T {
        let thread = Self.thread
        precondition(
            holder.load(ordering: .relaxed) != thread, "a transaction within a transaction")
        semaphore.wait()
        holder.store(thread, ordering: .relaxed)
        defer {
            holder.store(0, ordering: .relaxed)
            semaphore.signal()
        }
        return try body()
    }

    private static var thread: UInt {
        #if canImport(Darwin)
            UInt(bitPattern: pthread_self())
        #else
            UInt(pthread_self())
        #endif
    }
}
