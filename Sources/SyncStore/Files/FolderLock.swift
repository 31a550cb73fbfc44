#if canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Holds a folder for one process, until this is gone or the process ends.
package final class FolderLock {
    private let file: Int32

    /// - Parameter path: of an empty file in the folder, made if it is not there.
    /// - Throws: `StoreError` (locked) if another process holds it.
    package init(_ path: String) throws {
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StoreError.ofSystem(path) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw StoreError(.locked, path: path)
        }
    }

    deinit { close(file) }
}
