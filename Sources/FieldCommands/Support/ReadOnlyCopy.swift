import CommandKit
import SyncReplica
import SyncStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

/// A replica that cannot be written, read by a copy.
///
/// SQLite writes beside a database with a write-ahead log even to read it. The copy has no key, so
/// that nothing can be saved into it, and its names are gone from the disk as soon as it is open.
enum ReadOnlyCopy {
    private static let chunk = 1 << 20

    /// Whether the error may come from a place that cannot be written.
    static func helps(against error: StoreError) -> Bool {
        [.readOnly, .cannotOpen, .inputOutput].contains(error.kind)
    }

    /// - Throws: `CommandFailure` where the file cannot be read, or there is no room for a copy.
    static func open(_ path: String) throws -> Replica {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let copied = "\(folder.path)/\(path.split(separator: "/").last ?? "replica")"
        try copy(path, to: copied)
        // What was committed and not moved into the file yet.
        if FilePresence.exists(path + "-wal") { try copy(path + "-wal", to: copied + "-wal") }
        let replica = try Replica(path: copied, environment: .system, views: StoreViews.all)
        Console.current.warn(Messages.fieldRecords.readCopy.text(["path": path]))
        return replica
    }

    private static func copy(_ source: String, to target: String) throws {
        func failure(_ path: String) -> CommandFailure {
            CommandFailure(systemError: errno, path: path) ?? .ioFailed(path: path)
        }
        let input = systemOpen(source, O_RDONLY | O_CLOEXEC, 0)
        guard input >= 0 else { throw failure(source) }
        defer { close(input) }
        let output = systemOpen(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw failure(target) }
        defer { close(output) }
        var buffer = [UInt8](repeating: 0, count: chunk)
        while true {
            let count = read(input, &buffer, chunk)
            guard count >= 0 else { throw failure(source) }
            guard count > 0 else { return }
            guard write(output, buffer, count) == count else { throw failure(target) }
        }
    }
}

private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
    open(path, flags, mode)
}
