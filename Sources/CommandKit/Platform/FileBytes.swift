#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

/// Whole files, read and written without Foundation.
public enum FileBytes {
    private static let chunk = 1 << 20

    /// - Parameter limit: a longer file is read a little further, so that it is seen to be.
    /// - Throws: `CommandFailure`.
    public static func read(_ path: String, limit: Int = .max) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: chunk)
        while true {
            let count = systemRead(file, &buffer, chunk)
            guard count >= 0 else { throw failure(path) }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= limit else { return bytes }
        }
    }

    /// Makes a new file.
    ///
    /// - Returns: false if there is one of that name; it is left alone.
    /// - Throws: `CommandFailure`.
    public static func create(_ bytes: [UInt8], at path: String) throws -> Bool {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            if errno == EEXIST { return false }
            throw failure(path)
        }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress!, $0.count) }
            guard count > 0 else { throw failure(path) }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(systemError: errno, path: path) ?? .ioFailed(path: path)
    }
}

private func systemRead(_ file: Int32, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(file, start, count)
}

private func systemWrite(_ file: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
    write(file, start, count)
}
