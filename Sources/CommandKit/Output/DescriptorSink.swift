#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

/// Writes to a file descriptor at once, without a buffer: what was written is not lost when the
/// process dies, and the two standard streams keep their order.
public struct DescriptorSink: OutputSink {
    private let descriptor: Int32
    private let isDescriptorTerminal: Bool
    private let isStream: Bool

    public init(descriptor: Int32) {
        self.descriptor = descriptor
        self.isDescriptorTerminal = isatty(descriptor) == 1
        self.isStream = Self.isStream(descriptor)
    }

    public static let standardOutput = DescriptorSink(descriptor: 1)
    public static let standardError = DescriptorSink(descriptor: 2)

    /// The width to assume of a terminal that does not tell.
    private static let usualColumns = 80

    public var terminalColumns: Int? {
        guard isDescriptorTerminal else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return Self.usualColumns
        }
        return Int(size.ws_col)
    }

    public func write(_ text: String) throws(OutputFailure) {
        guard isStream, !StandardDescriptors.wasClosed(descriptor) else {
            throw OutputFailure(number: EBADF)
        }
        var text = text
        let failure: OutputFailure? = text.withUTF8 { bytes in
            Self.writeAll(UnsafeRawBufferPointer(bytes), to: descriptor)
        }
        if let failure { throw failure }
    }

    /// Whether something that takes text is behind the number.
    ///
    /// If the caller closed it, the runtime may have opened an event object under the same number
    /// before our first line ran. Such objects have no file type.
    private static func isStream(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT != 0
    }

    private static func writeAll(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32
    ) -> OutputFailure? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let slice = UnsafeRawBufferPointer(rebasing: rest)
            #if canImport(Glibc)
                let count = Glibc.write(descriptor, slice.baseAddress, slice.count)
            #elseif canImport(Musl)
                let count = Musl.write(descriptor, slice.baseAddress, slice.count)
            #elseif canImport(Darwin)
                let count = Darwin.write(descriptor, slice.baseAddress, slice.count)
            #elseif canImport(Android)
                let count = Android.write(descriptor, slice.baseAddress!, slice.count)
            #endif
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                waitUntilWritable(descriptor)
            } else if errno != EINTR {
                return OutputFailure(number: errno)
            }
        }
        return nil
    }

    /// A terminal or pipe that another process set to non-blocking.
    private static func waitUntilWritable(_ descriptor: Int32) {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, -1)
    }
}
