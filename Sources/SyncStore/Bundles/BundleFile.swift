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

/// A bundle in a file, checked as a whole when it is opened, then read as often as is needed.
///
/// One line is in memory at a time. Not safe to use from two threads at once.
public final class BundleFile {
    private static let chunkBytes = 256 << 10

    public let path: String
    public let header: BundleHeader
    public let itemCount: Int
    /// Items of kinds that this version does not know: passed over.
    public let unknownCount: Int
    private let file: Int32

    /// Opens a file and reads it to its end once.
    ///
    /// - Throws: `StoreError`, `BundleFileFault`.
    public init(path: String) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw StoreError(bundle: path) }
        do {
            let reader = try Self.read(file, path) { _ in }
            guard let header = reader.header else { throw BundleFault.notABundle }
            self.header = header
            itemCount = reader.itemCount
            unknownCount = reader.unknownCount
        } catch {
            close(file)
            throw (error as? BundleFault).map { BundleFileFault(path: path, fault: $0) } ?? error
        }
        self.path = path
        self.file = file
    }

    deinit { close(file) }

    /// Calls `body` for each item of these kinds, in the order of the file.
    ///
    /// - Throws: `StoreError`; `BundleFileFault` if the file was changed since it was opened;
    ///   what `body` throws.
    public func each(_ kinds: Set<BundleItem.Kind>, _ body: (BundleItem) throws -> Void) throws {
        do {
            _ = try Self.read(file, path) { item in
                if kinds.contains(item.kind) { try body(item) }
            }
        } catch let fault as BundleFault {
            throw BundleFileFault(path: path, fault: fault)
        }
    }

    private static func read(
        _ file: Int32, _ path: String, _ body: (BundleItem) throws -> Void
    ) throws -> BundleLineReader {
        guard lseek(file, 0, SEEK_SET) == 0 else { throw StoreError(bundle: path) }
        let unpacker = GzipReader(limit: BundleLimits.unpackedBytes) {
            try chunk(of: file, path)
        }
        var reader = BundleLineReader()
        do {
            while let bytes = try unpacker.next() { try reader.take(bytes, item: body) }
        } catch let fault as Gzip.Fault {
            throw Self.fault(fault, after: reader)
        }
        try reader.finish()
        return reader
    }

    private static func fault(_ fault: Gzip.Fault, after reader: BundleLineReader) -> BundleFault {
        switch fault {
        case .tooLarge: .tooLarge
        case .damaged where reader.header == nil: .notABundle
        case .damaged: .damaged(line: reader.itemCount + 2)
        case .cutShort: .truncated
        }
    }

    private static func chunk(of file: Int32, _ path: String) throws -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: chunkBytes) { buffer, count in
            let got = systemRead(file, buffer.baseAddress, chunkBytes)
            failed = got < 0
            count = max(0, got)
        }
        guard !failed else { throw StoreError(bundle: path) }
        return bytes
    }
}

/// A file that is not taken as a bundle, and why.
public struct BundleFileFault: Error, Sendable, Equatable {
    public let path: String
    public let fault: BundleFault
}

private func systemRead(_ file: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    guard let start else { return 0 }
    return read(file, start, count)
}
