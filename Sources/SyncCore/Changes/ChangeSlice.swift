/// A change as ranges of the batch that holds it: what the hot path needs, without a tree.
public struct ChangeSlice: Sendable {
    public let key: RecordKey
    public let stamp: StampTime
    /// The canonical object of the fields set, braces included.
    public let set: Range<Int>
    /// The canonical object of `was`, braces included; nil if left out.
    public let was: Range<Int>?
    public let resolves: [RecordID]
    /// The canonical object of `stamps`, braces included; nil but in an adopting batch.
    public let stamps: Range<Int>?
    /// The whole change, braces included.
    public let whole: Range<Int>

    public init(
        key: RecordKey, stamp: StampTime, set: Range<Int>, was: Range<Int>?,
        resolves: [RecordID], stamps: Range<Int>? = nil, whole: Range<Int>
    ) {
        self.key = key
        self.stamp = stamp
        self.set = set
        self.was = was
        self.resolves = resolves
        self.stamps = stamps
        self.whole = whole
    }

    /// Reads the fields out of the bytes that the slice was made from.
    public func change(in bytes: UnsafeRawBufferPointer) throws(JSONError) -> Change {
        let set = try RecordBytes.assignments(UnsafeRawBufferPointer(rebasing: bytes[set]))
        return Change(
            key, set: set, stamp: stamp, was: try Self.read(was, bytes), resolves: resolves,
            stamps: try Self.read(stamps, bytes))
    }

    /// `Change.content`, put together from the bytes that the slice was made from.
    public func content(in bytes: UnsafeRawBufferPointer) -> Hash256 {
        var out: [UInt8] = []
        out.reserveCapacity(set.count + 160 + resolves.count * 35)
        Change.appendHead(key, resolves, to: &out)
        out += UnsafeRawBufferPointer(rebasing: bytes[set])
        Change.appendStamp(.zero, to: &out)
        out.append(UInt8(ascii: "}"))
        return .sha256(out)
    }

    private static func read(
        _ object: Range<Int>?, _ bytes: UnsafeRawBufferPointer
    ) throws(JSONError) -> [String: Stamp] {
        guard let object else { return [:] }
        return try RecordBytes.stamps(UnsafeRawBufferPointer(rebasing: bytes[object]))
    }
}

extension RecordBytes {
    /// Reads a canonical object from field name to stamp.
    public static func stamps(
        _ object: UnsafeRawBufferPointer
    ) throws(JSONError) -> [String: Stamp] {
        var reader = CanonicalReader(object)
        var out: [String: Stamp] = [:]
        try reader.beginObject()
        var key = try reader.nextKey(after: nil)
        while let name = key {
            let quoted = try reader.readText()
            let inner = reader.slice(quoted.lowerBound + 1..<quoted.upperBound - 1)
            guard reader.isName(name), let stamp = Stamp(ascii: inner) else {
                throw reader.error(.malformed)
            }
            out[String(decoding: object[name], as: UTF8.self)] = stamp
            key = try reader.nextKey(after: name)
        }
        return out
    }
}
