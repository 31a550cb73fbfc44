#if canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

// A file that must be whole or not there.
//
// Problem: a backup takes a while to write and longer to check, and may be killed at any moment;
// two of them may be told to write to one name.
// Idea: it is written beside its name, under the name with `.part`, and gets its own only when it
// is checked and on disk. Whoever writes holds a lock on the draft; a draft without one is what
// a killed process left, and is begun anew.

/// A file beside its name, until `finish`. What is not finished is removed.
package final class DraftFile {
    /// What its name ends with until it has its own.
    package static let ending = ".part"

    /// The name that it gets.
    package let path: String
    /// What it is called until then. Mode 0600.
    package let draft: String
    private let lock: Int32
    private var isDone = false

    /// - Parameter leftover: looks at what a killed process left under the draft's name, before it
    ///   is emptied; nobody else does meanwhile. Not called where nothing was left.
    /// - Throws: `KeepingFault.fileExists`, `.running`; `StoreError`; what `leftover` throws.
    package init(_ path: String, leftover: (String) throws -> Void = { _ in }) throws {
        guard !FilePresence.exists(path) else { throw KeepingFault.fileExists(path: path) }
        let draft = path + Self.ending
        let file = open(draft, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StoreError.ofSystem(path) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0, Self.isSame(file, draft) else {
            close(file)
            throw KeepingFault.running(path: path)
        }
        do {
            // It may have got its name since it was looked for.
            guard !FilePresence.exists(path) else { throw KeepingFault.fileExists(path: path) }
            if PlainFile.size(draft) > 0 { try leftover(draft) }
        } catch {
            if PlainFile.size(draft) == 0 { unlink(draft) }
            close(file)
            throw error
        }
        for suffix in Self.companions { unlink(draft + suffix) }
        guard ftruncate(file, 0) == 0, fchmod(file, 0o600) == 0 else {
            let error = StoreError.ofSystem(path)
            unlink(draft)
            close(file)
            throw error
        }
        (self.path, self.draft, lock) = (path, draft, file)
    }

    /// What SQLite puts beside a file.
    private static let companions = ["-journal", "-wal", "-shm"]

    deinit {
        if !isDone { for suffix in [""] + Self.companions { unlink(draft + suffix) } }
        close(lock)
    }

    /// Whether the name still leads to the file that was locked: the one who held the lock before
    /// may have given it its own name.
    private static func isSame(_ file: Int32, _ path: String) -> Bool {
        var (own, named) = (stat(), stat())
        return fstat(file, &own) == 0 && stat(path, &named) == 0 && own.st_ino == named.st_ino
            && own.st_dev == named.st_dev
    }

    /// Gives the file its name, once it is on disk.
    ///
    /// - Throws: `KeepingFault.fileExists` if a file of that name was made meanwhile.
    package func finish() throws {
        try PlainFile.sync(draft)
        if link(draft, path) == 0 {
            unlink(draft)
        } else if errno == EEXIST || FilePresence.exists(path) {
            throw KeepingFault.fileExists(path: path)
        } else {
            // A file system without hard links, such as that of a memory stick.
            guard rename(draft, path) == 0 else { throw StoreError.ofSystem(path) }
        }
        isDone = true
        PlainFile.syncFolder(of: path)
    }
}
