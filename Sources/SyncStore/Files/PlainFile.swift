#if canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file that is read from its beginning, a piece at a time.
package final class FileInput: Sendable {
    package let path: String
    private let file: Int32

    /// - Throws: `StoreError`.
    package init(_ path: String) throws {
        self.path = path
        file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw StoreError.ofSystem(path) }
    }

    deinit { close(file) }

    /// The next bytes: so many, fewer only at the end of the file.
    package func read(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes {
                systemRead(file, $0.baseAddress! + filled, count - filled)
            }
            guard got >= 0 else { throw StoreError.ofSystem(path) }
            guard got > 0 else { break }
            filled += got
        }
        return Array(bytes.prefix(filled))
    }
}

/// A file that is written from its beginning; one of that name is emptied first. Mode 0600.
package final class FileOutput {
    private let path: String
    private let file: Int32

    /// - Throws: `StoreError`.
    package init(_ path: String) throws {
        self.path = path
        file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StoreError.ofSystem(path) }
    }

    deinit { close(file) }

    package func write(_ bytes: [UInt8]) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                systemWrite(file, $0.baseAddress! + written, $0.count - written)
            }
            guard count > 0 else { throw StoreError.ofSystem(path) }
            written += count
        }
    }

    package func sync() throws {
        guard fsync(file) == 0 else { throw StoreError.ofSystem(path) }
    }
}

/// Whole files.
package enum PlainFile {
    private static let pieceBytes = 1 << 20

    /// - Throws: `StoreError`.
    package static func copy(_ source: String, to target: String) throws {
        let input = try FileInput(source)
        let output = try FileOutput(target)
        while case let piece = try input.read(pieceBytes), !piece.isEmpty {
            try output.write(piece)
        }
        try output.sync()
    }

    /// Makes what was written to a file durable.
    package static func sync(_ path: String) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw StoreError.ofSystem(path) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw StoreError.ofSystem(path) }
    }

    /// Makes the names in a folder durable. A file system that cannot is left alone.
    package static func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let handle = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { return }
        fsync(handle)
        close(handle)
    }

    /// In bytes; 0 if there is no such file.
    package static func size(_ path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    /// The rights of a file, such as 0o600; nil if there is no such file.
    package static func mode(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_mode & 0o777) : nil
    }

    package static func remove(_ path: String) { unlink(path) }

    /// - Throws: `StoreError`.
    package static func move(_ path: String, to target: String) throws {
        guard rename(path, target) == 0 else { throw StoreError.ofSystem(path) }
    }

    /// Bytes that may still be written where a path is; nil if that cannot be told.
    package static func freeBytes(at path: String) -> Int64? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int64(status.f_bavail) * Int64(status.f_frsize)
    }
}

extension StoreError {
    /// What the system said of a path just now.
    package static func ofSystem(_ path: String) -> StoreError {
        let kind: Kind =
            switch errno {
            case ENOSPC, EDQUOT: .diskFull
            case EROFS, EACCES, EPERM: .readOnly
            case ENOENT, ENOTDIR, EISDIR: .cannotOpen
            default: .inputOutput
            }
        return StoreError(kind, path: path, detail: String(cString: strerror(errno)))
    }
}

private func systemRead(_ file: Int32, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(file, start, count)
}

private func systemWrite(_ file: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
    write(file, start, count)
}
