import Crypto
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

/// Whole files, a piece at a time.
enum FileBytes {
    private static let pieceBytes = 1 << 20

    /// Copies a file into one that is open, at its place.
    ///
    /// - Returns: the SHA-256 of what was copied.
    /// - Throws: `StoreError`.
    static func copy(_ source: String, to output: Int32) throws -> Hash256 {
        guard lseek(output, 0, SEEK_SET) == 0 else { throw failure(source) }
        var hasher = SHA256()
        try each(source) { piece in
            hasher.update(bufferPointer: piece)
            var written = 0
            while written < piece.count {
                let count = write(output, piece.baseAddress! + written, piece.count - written)
                guard count > 0 else { throw failure(source) }
                written += count
            }
        }
        return digest(hasher)
    }

    /// SHA-256 of a file's content.
    ///
    /// - Throws: `StoreError`.
    static func hash(_ path: String) throws -> Hash256 {
        var hasher = SHA256()
        try each(path) { hasher.update(bufferPointer: $0) }
        return digest(hasher)
    }

    /// The first bytes; fewer if the file is shorter, none if it is not there.
    ///
    /// - Throws: `StoreError`.
    static func head(of path: String, count: Int) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return [] }
            throw failure(path)
        }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: count)
        let size = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress!, $0.count) }
        guard size >= 0 else { throw failure(path) }
        return Array(bytes.prefix(size))
    }

    private static func each(
        _ path: String, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var piece = [UInt8](repeating: 0, count: pieceBytes)
        while true {
            let size = piece.withUnsafeMutableBytes { read(file, $0.baseAddress!, $0.count) }
            guard size >= 0 else { throw failure(path) }
            guard size > 0 else { return }
            try piece.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<size])) }
        }
    }

    static func digest(_ hasher: SHA256) -> Hash256 {
        guard let hash = hasher.finalize().withUnsafeBytes({ Hash256(bytes: $0) }) else {
            preconditionFailure("SHA-256 has 32 bytes")
        }
        return hash
    }

    /// What `errno` says of a path.
    static func failure(_ path: String) -> StoreError {
        let kind: StoreError.Kind =
            switch errno {
            case ENOSPC, EDQUOT: .diskFull
            case EROFS: .readOnly
            case ENOENT, ENOTDIR, EACCES, EPERM, EISDIR: .cannotOpen
            default: .inputOutput
            }
        return StoreError(kind, path: path, detail: String(cString: strerror(errno)))
    }
}
