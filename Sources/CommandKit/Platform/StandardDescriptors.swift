private import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

/// Keeps the numbers 0, 1 and 2 for what they are for.
enum StandardDescriptors {
    /// One bit for each that the caller had closed.
    private static let closed = Atomic<UInt8>(0)

    /// Opens `/dev/null` for each that the caller had closed.
    ///
    /// Else the next file opened (a replica) would get the number 1, and a `print` would write
    /// into it. Three system calls; a repeat is safe.
    static func reserve() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
            _ = open("/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY)
            closed.bitwiseOr(1 << UInt8(descriptor), ordering: .relaxed)
        }
    }

    /// Whether the caller had closed it: what is written there reaches nobody.
    static func wasClosed(_ descriptor: Int32) -> Bool {
        guard (0...2).contains(descriptor) else { return false }
        return closed.load(ordering: .relaxed) & 1 << UInt8(descriptor) != 0
    }
}
