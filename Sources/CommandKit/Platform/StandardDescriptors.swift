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
    /// Opens `/dev/null` for each that the caller had closed.
    ///
    /// Else the next file opened (a replica) would get the number 1, and a `print` would write
    /// into it. Three system calls; a repeat is safe.
    static func reserve() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
            _ = open("/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY)
        }
    }
}
