// A copy of a SQLite file that others may be writing.
//
// Problem: an auditor must not write, and opening a file with a write-ahead log makes SQLite write
// beside it; a copy taken while a program writes may be torn; and a copy in a folder stays there
// when a signal ends the program.
// Idea: SQLite opens an empty file, the file's name is removed, and only then is it filled: nothing
// that was read is left, whatever ends the program (at worst an empty file). The log's committed pages are laid over the file's
// while copying. Writers only append to the log, and frames that are not whole are dropped by their
// checksums, so the copy is a state that was committed, unless the log was moved into the file
// meanwhile. That changes the file or the log's first bytes (its salts): then it is taken again.
// Source: https://www.sqlite.org/walformat.html

import SyncCore
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

/// A file that has no name any more, with the content of another and of its write-ahead log.
struct PrivateCopy {
    /// How often a copy is begun anew because the file was written meanwhile.
    private static let attemptLimit = 400
    private static let pauseMicroseconds: UInt32 = 10_000

    /// What was read.
    let hashes: (file: Hash256, log: Hash256?)

    /// Opens a copy.
    ///
    /// - Throws: `StoreError`; `locked` if the file is written all the time.
    static func make(
        of original: String, versions: [StoreFile.Purpose: Int]
    ) throws -> (file: StoreFile, beside: StoreFile, copy: PrivateCopy) {
        var folder: TemporaryFolder? = try TemporaryFolder()
        let path = folder!.path + "/copy.sqlite"
        let target = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard target >= 0 else { throw FileBytes.failure(path) }
        defer { close(target) }
        var copy: PrivateCopy?
        var beside: StoreFile?
        let file = try StoreFile(reading: path, isImmutable: false, versions: versions) {
            beside = try StoreFile(
                reading: path, isImmutable: false, versions: versions,
                cacheKibibytes: AuditFile.besideKibibytes
            ) {
                // What is open has no name from here on.
                folder = nil
                copy = PrivateCopy(hashes: try fill(target, from: original))
            }
        }
        return (file, beside!, copy!)
    }

    private static func fill(
        _ target: Int32, from original: String
    ) throws -> (file: Hash256, log: Hash256?) {
        for _ in 0..<attemptLimit {
            let before = try FileState(original)
            guard !before.isJustWritten else {
                usleep(pauseMicroseconds)
                continue
            }
            guard ftruncate(target, 0) == 0 else { throw FileBytes.failure(original) }
            let file = try FileBytes.copy(original, to: target)
            let log = try WriteAheadLog.lay(original + "-wal", over: target)
            if try FileState(original) == before {
                try WriteAheadLog.markAsMoved(target)
                return (file, log)
            }
            usleep(pauseMicroseconds)
        }
        throw StoreError(.locked, path: original, detail: "written all the time")
    }
}

/// What changes when a file or the beginning of its log is written.
struct FileState: Equatable {
    /// Two writes so near each other may have one time: the kernel's clock ticks.
    private static let tickNanoseconds = 20_000_000

    /// Inode, size, and the time of the last write in seconds and nanoseconds.
    private let file: [Int]
    /// The log's header: its salts change when the log begins anew.
    private let logHeader: [UInt8]
    /// Whether there is a log that holds anything.
    let hasLog: Bool
    /// Whether the file was written a moment ago: another write would not show.
    let isJustWritten: Bool

    /// - Throws: `StoreError` if there is no such file.
    init(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileBytes.failure(path) }
        let written = status.st_mtim
        file = [Int(status.st_ino), Int(status.st_size), written.tv_sec, written.tv_nsec]
        logHeader = try FileBytes.head(of: path + "-wal", count: 32)
        hasLog = !logHeader.isEmpty
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let age = (now.tv_sec - written.tv_sec) * 1_000_000_000 + now.tv_nsec - written.tv_nsec
        isJustWritten = age >= 0 && age < Self.tickNanoseconds
    }

    static func == (a: FileState, b: FileState) -> Bool {
        a.file == b.file && a.logHeader == b.logHeader
    }
}
