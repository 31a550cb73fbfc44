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

    /// Makes a new file, whole or not at all: it has its name only once it is on disk.
    ///
    /// - Parameter mode: who may read it, as `chmod` has it.
    /// - Returns: false if there is one of that name; it is left alone.
    /// - Throws: `CommandFailure`.
    public static func create(
        _ bytes: [UInt8], at path: String, mode: Int = 0o600
    ) throws -> Bool {
        guard !exists(path) else { return false }
        return try placing(path) { draft in
            let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
            guard file >= 0 else { throw failure(path) }
            defer { close(file) }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress!, $0.count) }
                guard count > 0 else { throw failure(path) }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Has a file written beside its name, under the name with `.part`, and gives it the name once
    /// it is on disk. What fails leaves neither.
    ///
    /// - Parameter write: makes the file of the name that it is given.
    /// - Returns: false if there is a file of that name by then; it is left alone.
    /// - Throws: `CommandFailure`; what `write` throws.
    public static func placing(_ path: String, _ write: (String) throws -> Void) throws -> Bool {
        let draft = path + ".part"
        // Left by a process that was killed.
        unlink(draft)
        defer { unlink(draft) }
        try write(draft)
        try sync(draft, named: path)
        if link(draft, path) != 0 {
            if errno == EEXIST || exists(path) { return false }
            // A file system without hard links, such as that of a memory stick.
            guard rename(draft, path) == 0 else { throw failure(path) }
        }
        syncFolder(of: path)
        return true
    }

    private static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    private static func sync(_ draft: String, named path: String) throws {
        let file = open(draft, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failure(path) }
    }

    /// Makes the name durable. A file system that cannot is left alone.
    private static func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let handle = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { return }
        fsync(handle)
        close(handle)
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
