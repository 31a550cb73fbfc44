import Crypto
import SyncCore

/// Makes the lines of a bundle, in order: the header, items, the end.
public struct BundleLineWriter {
    private var hasher = SHA256()
    public private(set) var itemCount = 0
    /// Bytes so far, line ends included.
    public private(set) var byteCount = 0

    public init() {
        hasher.update(data: MessageKind.bundle.prefix)
    }

    /// The first line, with its line end.
    public mutating func begin(_ header: BundleHeader) -> [UInt8] { take(header.line) }

    /// - Throws: `BundleFault.tooLarge` if the line or the whole would break the limits.
    public mutating func add(_ item: BundleItem) throws(BundleFault) -> [UInt8] {
        guard item.line.count <= BundleLimits.lineBytes,
            byteCount + item.line.count + Self.endBytes <= BundleLimits.unpackedBytes
        else { throw .tooLarge }
        itemCount += 1
        return take(item.line)
    }

    /// The last line. Nothing may be added after it.
    public func end() -> [UInt8] {
        let hash = Hash256(bytes: Array(hasher.finalize())) ?? .zero
        return Array(#"{"end":{"items":\#(itemCount),"lines":"\#(hash.hex)"}}"#.utf8) + Self.lineEnd
    }

    /// Room for the last line, with the longest count.
    private static let endBytes = 256
    private static let lineEnd = [UInt8(ascii: "\n")]

    private mutating func take(_ line: [UInt8]) -> [UInt8] {
        let whole = line + Self.lineEnd
        hasher.update(data: whole)
        byteCount += whole.count
        return whole
    }
}
