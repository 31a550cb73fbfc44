// A copy of a SQLite file that others may be writing.
//
// Problem: an auditor must not write, and opening a file with a write-ahead log makes SQLite write
// beside it; a copy taken while a program writes may be torn.
// Idea: copy the log and the file into a folder of our own and open that. Writers only append to
// the log, and frames that are not whole are dropped by their checksums, so the copy is a state
// that was committed, unless the log was moved into the file meanwhile. That changes the file or
// the log's first bytes (its salts): then the copy is taken again.
// Source: https://www.sqlite.org/walformat.html

import SyncStore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A folder of our own with a copy of a file and of its write-ahead log; gone when this is.
final class PrivateCopy: Sendable {
    /// How often a copy is begun anew because the file was written meanwhile.
    private static let attemptLimit = 20
    private static let pauseMicroseconds: UInt32 = 50_000

    private let folder: String
    var path: String { folder + "/copy.sqlite" }

    /// - Throws: `StoreError`; `locked` if the file is written all the time.
    init(of original: String) throws {
        var template = Array((Self.temporaryFolder + "/fieldsync-audit-XXXXXX").utf8CString)
        let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
        folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        guard made else { throw FileBytes.failure(folder) }
        for _ in 0..<Self.attemptLimit {
            let before = try FileState(original)
            try FileBytes.copy(original, to: path)
            let log = original + "-wal"
            if FilePresence.exists(log) { try FileBytes.copy(log, to: path + "-wal") }
            if try FileState(original) == before { return }
            usleep(Self.pauseMicroseconds)
        }
        throw StoreError(.locked, path: original, detail: "written all the time")
    }

    deinit {
        for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
        rmdir(folder)
    }

    private static var temporaryFolder: String {
        getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    }
}

/// What changes when a file or the beginning of its log is written.
struct FileState: Equatable {
    /// Inode, size, and the time of the last write in seconds and nanoseconds.
    private let file: [Int]
    /// The log's header: its salts change when the log begins anew.
    private let logHeader: [UInt8]
    /// Whether there is a log that holds anything.
    let hasLog: Bool

    /// - Throws: `StoreError` if there is no such file.
    init(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileBytes.failure(path) }
        file = [
            Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
        ]
        logHeader = try FileBytes.head(of: path + "-wal", count: 32)
        hasLog = !logHeader.isEmpty
    }
}
