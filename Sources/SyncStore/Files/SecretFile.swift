#if canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A small file that only its owner may read: keys and tokens.
public enum SecretFile {
    /// Owner reads and writes, nobody else anything.
    private static let mode: mode_t = 0o600
    /// A key file holds a few hundred bytes.
    private static let sizeLimit = 64 << 10

    /// Writes beside the file and renames, so that the old or the new content is there, whole.
    ///
    /// - Throws: `StoreError`.
    public static func write(_ bytes: [UInt8], to path: String) throws {
        let draft = path + ".new"
        unlink(draft)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                systemWrite(file, $0.baseAddress! + written, $0.count - written)
            }
            guard count > 0 else { throw failure(path) }
            written += count
        }
        guard fsync(file) == 0, rename(draft, path) == 0 else { throw failure(path) }
        syncFolder(of: path)
    }

    /// Makes an empty file that only its owner may read and write; SQLite's log beside it
    /// takes the same rights. One that is there is left as it is.
    ///
    /// - Throws: `StoreError`.
    public static func prepare(_ path: String) throws {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, mode)
        guard file >= 0 else { throw failure(path) }
        close(file)
    }

    /// Nil if there is no such file.
    ///
    /// - Throws: `StoreError` if it is there and cannot be read.
    public static func read(_ path: String) throws -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw failure(path)
        }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: sizeLimit)
        let count = bytes.withUnsafeMutableBytes { systemRead(file, $0.baseAddress!, $0.count) }
        guard count >= 0 else { throw failure(path) }
        return Array(bytes.prefix(count))
    }

    /// Makes the rename itself durable.
    private static func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let handle = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { return }
        fsync(handle)
        close(handle)
    }

    private static func failure(_ path: String) -> StoreError {
        let kind: StoreError.Kind =
            switch errno {
            case EROFS, EACCES, EPERM: .readOnly
            case ENOSPC, EDQUOT: .diskFull
            case ENOENT, ENOTDIR: .cannotOpen
            default: .inputOutput
            }
        return StoreError(kind, path: path, detail: String(cString: strerror(errno)))
    }
}

private func systemWrite(_ file: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
    write(file, start, count)
}

private func systemRead(_ file: Int32, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(file, start, count)
}
