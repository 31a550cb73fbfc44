import Gzip
public import SyncProtocol

#if canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Writes a bundle beside its final name, and gives it that name only when it is whole and on
/// disk. What is not finished is removed.
///
/// Not safe to use from two threads at once.
public final class BundleFileWriter {
    /// Whoever carries the file can read it; other accounts of this machine need not.
    private static let mode: mode_t = 0o600

    public let path: String
    private let draft: String
    private let file: Int32
    private let packer: GzipWriter
    private var lines = BundleLineWriter()
    private var isFinished = false

    /// Unpacked bytes so far.
    public var byteCount: Int { lines.byteCount }
    public var itemCount: Int { lines.itemCount }

    /// - Throws: `StoreError`.
    public init(path: String, header: BundleHeader) throws {
        let draft = path + ".part"
        unlink(draft)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, Self.mode)
        guard file >= 0 else { throw StoreError(bundle: path) }
        self.path = path
        self.draft = draft
        self.file = file
        packer = GzipWriter { try Self.write($0, to: file, path) }
        try packer.write(lines.begin(header))
    }

    deinit {
        close(file)
        if !isFinished { unlink(draft) }
    }

    /// - Throws: `StoreError`, `BundleFault.tooLarge`.
    public func add(_ item: BundleItem) throws { try packer.write(lines.add(item)) }

    /// Writes the end and gives the file its name; one that has the name is replaced.
    ///
    /// - Throws: `StoreError`.
    public func finish() throws {
        try packer.write(lines.end())
        try packer.finish()
        guard fsync(file) == 0, rename(draft, path) == 0 else { throw StoreError(bundle: path) }
        isFinished = true
    }

    private static func write(_ bytes: [UInt8], to file: Int32, _ path: String) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                systemWrite(file, $0.baseAddress, from: written, $0.count)
            }
            guard count > 0 else { throw StoreError(bundle: path) }
            written += count
        }
    }
}

extension StoreError {
    /// What the system said of a bundle's file just now.
    init(bundle path: String) {
        let kind: StoreError.Kind =
            switch errno {
            case EROFS, EACCES, EPERM: .readOnly
            case ENOSPC, EDQUOT: .diskFull
            case ENOENT, ENOTDIR, EISDIR: .cannotOpen
            default: .inputOutput
            }
        self.init(kind, path: path, detail: String(cString: strerror(errno)))
    }
}

private func systemWrite(
    _ file: Int32, _ start: UnsafeRawPointer?, from offset: Int, _ count: Int
) -> Int {
    guard let start else { return 0 }
    return write(file, start + offset, count - offset)
}
