#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

/// What is left on a disk.
enum DiskSpace {
    /// Less than this, and SQLite cannot make the files that it needs beside the database; it then
    /// speaks of an input or output error.
    private static let leastBytes: UInt64 = 64 << 10

    /// Whether the disk of a file has no room left for a save.
    static func isUsedUp(at path: String) -> Bool {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return false }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize) < leastBytes
    }
}
