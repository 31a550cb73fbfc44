public import SyncCore

/// Reads one change in place: form, names and limits.
public enum ChangeReader {
    private struct Parts {
        var collection: String?
        var id: RecordID?
        var stamp: StampTime?
        var set: Range<Int>?
        var setCount = 0
        var was: Range<Int>?
        var resolves: [RecordID] = []
        var stamps: Range<Int>?
        var stampCount = 0
    }

    /// - Parameter isAdopting: whether the batch is an adopting one: then each change has `stamps`.
    /// - Throws: `JSONError` or `BatchFault` without the change's index.
    public static func read(
        _ reader: inout CanonicalReader, isAdopting: Bool = false
    ) throws -> ChangeSlice {
        let start = reader.index
        var parts = Parts()
        try reader.beginObject()
        var key = try reader.nextKey(after: nil)
        while let name = key {
            try readMember(name, &reader, &parts, isAdopting)
            key = try reader.nextKey(after: name)
        }
        let whole = start..<reader.index
        guard whole.count <= Limits.changeBytes else { throw BatchFault(.changeTooLarge) }
        guard let collection = parts.collection, let id = parts.id, let stamp = parts.stamp,
            let set = parts.set
        else { throw BatchFault(.fieldMissing, detail: "collection, id, set, stamp") }
        guard parts.setCount > 0 || !parts.resolves.isEmpty else {
            throw BatchFault(.fieldMissing, detail: "set")
        }
        if isAdopting { try checkStamps(parts, reader) }
        return ChangeSlice(
            key: RecordKey(collection, id), stamp: stamp, set: set, was: parts.was,
            resolves: parts.resolves, stamps: parts.stamps, whole: whole)
    }

    /// An adopting change names a stamp for each field that it sets, and for no other.
    private static func checkStamps(_ parts: Parts, _ reader: CanonicalReader) throws {
        guard let set = parts.set, let stamps = parts.stamps, parts.setCount == parts.stampCount
        else { throw BatchFault(.malformed, detail: "stamps") }
        // Both are canonical: their names stand in the same order.
        var fields = CanonicalReader(reader.slice(set))
        var named = CanonicalReader(reader.slice(stamps))
        var (field, name) = (Range<Int>?.none, Range<Int>?.none)
        try fields.beginObject()
        try named.beginObject()
        for _ in 0..<parts.setCount {
            field = try fields.nextKey(after: field)
            name = try named.nextKey(after: name)
            guard let field, let name, fields.slice(field).elementsEqual(named.slice(name)) else {
                throw BatchFault(.malformed, detail: "stamps")
            }
            _ = try fields.readScalar()
            _ = try named.readText()
        }
    }

    private static func readMember(
        _ name: Range<Int>, _ reader: inout CanonicalReader, _ parts: inout Parts,
        _ isAdopting: Bool
    ) throws {
        if reader.matches(name, "collection") {
            let text = try inner(&reader)
            guard reader.isName(text) else { throw BatchFault(.badName, detail: "collection") }
            parts.collection = String(decoding: reader.bytes[text], as: UTF8.self)
        } else if reader.matches(name, "id") {
            parts.id = ID128(hexBytes: reader.slice(try inner(&reader)))
        } else if reader.matches(name, "stamp") {
            parts.stamp = StampTime(hexBytes: reader.slice(try inner(&reader)))
        } else if reader.matches(name, "set") {
            let start = reader.index
            parts.setCount = try readSet(&reader)
            parts.set = start..<reader.index
        } else if reader.matches(name, "was") {
            let start = reader.index
            _ = try readStamps(&reader, "was")
            parts.was = start..<reader.index
        } else if isAdopting, reader.matches(name, "stamps") {
            let start = reader.index
            parts.stampCount = try readStamps(&reader, "stamps")
            parts.stamps = start..<reader.index
        } else if reader.matches(name, "resolves") {
            parts.resolves = try readResolves(&reader)
        } else {
            _ = try reader.readValue()
        }
    }

    /// A text without its quotes, as a range. For texts that need no unescaping.
    private static func inner(_ reader: inout CanonicalReader) throws -> Range<Int> {
        let range = try reader.readText()
        return range.lowerBound + 1..<range.upperBound - 1
    }

    private static func readSet(_ reader: inout CanonicalReader) throws -> Int {
        var count = 0
        try reader.beginObject()
        var key = try reader.nextKey(after: nil)
        while let name = key {
            guard reader.isName(name) else { throw BatchFault(.badName, detail: "set") }
            count += 1
            guard count <= Limits.fieldsPerChange else { throw BatchFault(.tooManyFields) }
            let value = try reader.readScalar()
            if value.count - 2 > Limits.textBytes, reader.bytes[value.lowerBound] == 0x22,
                reader.text(value).utf8.count > Limits.textBytes
            {
                let field = String(decoding: reader.bytes[name], as: UTF8.self)
                throw BatchFault(.textTooLong, detail: field)
            }
            key = try reader.nextKey(after: name)
        }
        return count
    }

    /// Reads an object from field name to stamp, with at least one member.
    ///
    /// - Returns: the number of members.
    private static func readStamps(
        _ reader: inout CanonicalReader, _ member: String
    ) throws -> Int {
        var count = 0
        try reader.beginObject()
        var key = try reader.nextKey(after: nil)
        guard key != nil else { throw BatchFault(.malformed, detail: member) }
        while let name = key {
            let text = try inner(&reader)
            guard reader.isName(name), Stamp(ascii: reader.slice(text)) != nil else {
                throw BatchFault(.malformed, detail: member)
            }
            count += 1
            key = try reader.nextKey(after: name)
        }
        return count
    }

    private static func readResolves(_ reader: inout CanonicalReader) throws -> [RecordID] {
        var ids: [RecordID] = []
        try reader.beginArray()
        while try reader.nextItem(isFirst: ids.isEmpty) {
            guard let id = ID128(hexBytes: reader.slice(try inner(&reader))),
                ids.count < Limits.resolvesPerChange
            else { throw BatchFault(.malformed, detail: "resolves") }
            ids.append(id)
        }
        guard !ids.isEmpty else { throw BatchFault(.malformed, detail: "resolves") }
        return ids
    }
}
