#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

extension CommandFailure {
    /// Puts a failed system call about a file into words.
    ///
    /// - Parameter number: the value of `errno`. Nil for those that have no common words.
    public init?(systemError number: Int32, path: String, cause: (any Error)? = nil) {
        switch number {
        case ENOSPC, EDQUOT: self = .diskFull(path: path, cause: cause)
        case EROFS: self = .readOnly(path: path, cause: cause)
        case EACCES, EPERM: self = .permissionDenied(path: path, cause: cause)
        case ENOENT, ENOTDIR: self = .fileNotFound(path: path, cause: cause)
        case EEXIST: self = .fileExists(path: path, cause: cause)
        case EIO: self = .ioFailed(path: path, cause: cause)
        case EBUSY, EAGAIN, ETXTBSY: self = .fileLocked(path: path, cause: cause)
        default: return nil
        }
    }
}
