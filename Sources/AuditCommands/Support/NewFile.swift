import CommandKit

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

/// Files that the auditor is told to write or read.
enum NewFile {
    /// Makes a file; one that is there is never written over.
    ///
    /// - Throws: `CommandFailure`.
    static func create(_ bytes: [UInt8], at path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress!, $0.count) }
            guard count > 0 else {
                let problem = failure(path)
                unlink(path)
                throw problem
            }
            rest = rest.dropFirst(count)
        }
    }

    /// A whole file, or its first `limit` bytes and one more if it is longer.
    ///
    /// - Throws: `CommandFailure`.
    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while bytes.count <= limit {
            let count = piece.withUnsafeMutableBytes { systemRead(file, $0) }
            guard count >= 0 else { throw failure(path) }
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        return Array(bytes.prefix(limit + 1))
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(systemError: errno, path: path) ?? .ioFailed(path: path)
    }
}

private func systemRead(_ file: Int32, _ target: UnsafeMutableRawBufferPointer) -> Int {
    read(file, target.baseAddress!, target.count)
}
