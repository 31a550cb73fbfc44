public import SyncCore

/// A record's state as ranges of the message that holds it.
public struct RecordSlice: Sendable {
    /// The journal position at which the record last moved.
    public let position: Int64
    public let key: RecordKey
    public let clock: RecordClock
    /// The canonical object of the values, braces included.
    public let fields: Range<Int>
    /// The whole canonical state: what the digest hashes.
    public let state: Range<Int>
}

/// Reads `[{"position":…,"record":{…}},…]` in one pass.
public enum RecordListReader {
    /// - Throws: `JSONError` if the bytes are not a canonical list of record states.
    public static func read(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> [RecordSlice] {
        var reader = CanonicalReader(bytes)
        var records: [RecordSlice] = []
        try reader.beginArray()
        while try reader.nextItem(isFirst: records.isEmpty) {
            records.append(try readEntry(&reader))
        }
        try reader.end()
        return records
    }

    private static func readEntry(
        _ reader: inout CanonicalReader
    ) throws(JSONError) -> RecordSlice {
        var position: Int64?
        var record: RecordSlice?
        try reader.beginObject()
        var key = try reader.nextKey(after: nil)
        while let name = key {
            if reader.matches(name, "position") {
                position = try reader.readInteger()
            } else if reader.matches(name, "record") {
                record = try readState(&reader, position: position ?? 0)
            } else {
                _ = try reader.readValue()
            }
            key = try reader.nextKey(after: name)
        }
        guard position != nil, let record else { throw reader.error(.malformed) }
        return record
    }

    /// Reads one canonical record state at the reader's place.
    public static func readState(
        _ reader: inout CanonicalReader, position: Int64
    ) throws(JSONError) -> RecordSlice {
        let start = reader.index
        var newest: Stamp?
        var collection: String?
        var id: RecordID?
        var fields: Range<Int>?
        var older: [RecordClock.Entry] = []
        try reader.beginObject()
        var key = try reader.nextKey(after: nil)
        while let name = key {
            if reader.matches(name, "clock") {
                newest = Stamp(ascii: reader.slice(try inner(&reader)))
            } else if reader.matches(name, "collection") {
                let text = try inner(&reader)
                guard reader.isName(text) else { throw reader.error(.malformed) }
                collection = String(decoding: reader.bytes[text], as: UTF8.self)
            } else if reader.matches(name, "fields") {
                fields = try readFields(&reader)
            } else if reader.matches(name, "id") {
                id = ID128(hexBytes: reader.slice(try inner(&reader)))
            } else if reader.matches(name, "older") {
                older = try readOlder(&reader)
            } else {
                throw reader.error(.malformed)
            }
            key = try reader.nextKey(after: name)
        }
        guard let newest, let collection, let id, let fields, fields.count > 2,
            older.allSatisfy({ $0.stamp < newest })
        else { throw reader.error(.malformed) }
        if !older.isEmpty {
            let names = Set(try RecordBytes.assignments(reader.slice(fields)).map(\.name))
            guard older.allSatisfy({ names.contains($0.name) }) else {
                throw reader.error(.malformed)
            }
        }
        return RecordSlice(
            position: position, key: RecordKey(collection, id),
            clock: RecordClock(newest: newest, older: older), fields: fields,
            state: start..<reader.index)
    }

    private static func inner(_ reader: inout CanonicalReader) throws(JSONError) -> Range<Int> {
        let range = try reader.readText()
        return range.lowerBound + 1..<range.upperBound - 1
    }

    private static func readFields(
        _ reader: inout CanonicalReader
    ) throws(JSONError) -> Range<Int> {
        let start = reader.index
        try reader.beginObject()
        var key = try reader.nextKey(after: nil)
        while let name = key {
            guard reader.isName(name) else { throw reader.error(.malformed) }
            _ = try reader.readScalar()
            key = try reader.nextKey(after: name)
        }
        return start..<reader.index
    }

    private static func readOlder(
        _ reader: inout CanonicalReader
    ) throws(JSONError) -> [RecordClock.Entry] {
        var entries: [RecordClock.Entry] = []
        try reader.beginObject()
        var key = try reader.nextKey(after: nil)
        while let name = key {
            guard let stamp = Stamp(ascii: reader.slice(try inner(&reader))) else {
                throw reader.error(.malformed)
            }
            let field = String(decoding: reader.bytes[name], as: UTF8.self)
            entries.append(RecordClock.Entry(name: field, stamp: stamp))
            key = try reader.nextKey(after: name)
        }
        guard !entries.isEmpty else { throw reader.error(.notCanonical) }
        return entries
    }
}
