import Crypto
import SyncCore

/// Reads the lines of a bundle as they come, and holds them against the end line.
///
/// Feed it with `take`, then call `finish`: only then is the file known to be whole. One line is
/// held at a time.
public struct BundleLineReader {
    private enum Place {
        case atStart, inItems, afterEnd
    }

    private var place = Place.atStart
    private var rest: [UInt8] = []
    private var hasher = SHA256()
    private var lineNumber = 0
    public private(set) var header: BundleHeader?
    public private(set) var itemCount = 0
    /// Items of kinds that this version does not know; they are passed over.
    public private(set) var unknownCount = 0

    private static let endStart = Array(#"{"end":"#.utf8)
    private static let lineEnd = UInt8(ascii: "\n")

    public init() {
        hasher.update(data: MessageKind.bundle.prefix)
    }

    /// - Parameter item: is called for each item of a known kind, in order.
    /// - Throws: `BundleFault`, and what `item` throws.
    public mutating func take(_ bytes: [UInt8], item: (BundleItem) throws -> Void) throws {
        var begin = bytes.startIndex
        while let end = bytes[begin...].firstIndex(of: Self.lineEnd) {
            rest += bytes[begin..<end]
            begin = end + 1
            guard rest.count <= BundleLimits.lineBytes else { throw BundleFault.tooLarge }
            let line = rest
            rest.removeAll(keepingCapacity: true)
            try read(line, item)
        }
        rest += bytes[begin...]
        guard rest.count <= BundleLimits.lineBytes else { throw BundleFault.tooLarge }
    }

    /// - Throws: `BundleFault` if the end line was missing.
    public func finish() throws(BundleFault) {
        guard place == .afterEnd, rest.isEmpty else { throw .truncated }
    }

    private mutating func read(_ line: [UInt8], _ item: (BundleItem) throws -> Void) throws {
        lineNumber += 1
        switch place {
        case .atStart:
            header = try BundleHeader(line: line)
            place = .inItems
        case .inItems where line.starts(with: Self.endStart):
            try check(end: line)
            place = .afterEnd
        case .inItems:
            guard CanonicalReader.fault(of: line) == nil else {
                throw BundleFault.damaged(line: lineNumber)
            }
            itemCount += 1
            if let found = BundleItem(line: line) {
                try item(found)
            } else {
                unknownCount += 1
            }
        case .afterEnd: throw BundleFault.damaged(line: lineNumber)
        }
        hasher.update(data: line + [Self.lineEnd])
    }

    private func check(end line: [UInt8]) throws(BundleFault) {
        let end = (try? JSONParser.parse(line))?["end"]
        let hash = Hash256(bytes: Array(hasher.finalize()))
        guard let hash, end?["items"]?.integer == Int64(itemCount),
            end?["lines"]?.string == hash.hex
        else { throw .damaged(line: lineNumber) }
    }
}
