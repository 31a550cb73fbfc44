/// The canonical bytes of record states, written and read without building trees.
///
/// `{"clock":stamp,"collection":"…","fields":{…},"id":"…","older":{field:stamp,…}}`
public enum RecordBytes {
    /// The state of a record whose fields are already canonical JSON.
    public static func state(
        key: RecordKey, fields: UnsafeRawBufferPointer, clock: RecordClock
    ) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(fields.count + 176 + clock.older.count * 64)
        append(key: key, fields: fields, clock: clock, to: &out)
        return out
    }

    public static func append(
        key: RecordKey, fields: UnsafeRawBufferPointer, clock: RecordClock, to out: inout [UInt8]
    ) {
        out.append(literal: #"{"clock":""#)
        clock.newest.append(to: &out)
        out.append(literal: #"","collection":""#)
        out.append(utf8: key.collection)
        out.append(literal: #"","fields":"#)
        out.append(contentsOf: fields)
        out.append(literal: #","id":""#)
        Hex.append(key.id.high, to: &out)
        Hex.append(key.id.low, to: &out)
        out.append(UInt8(ascii: "\""))
        if !clock.older.isEmpty { appendOlder(clock.older, to: &out) }
        out.append(UInt8(ascii: "}"))
    }

    private static func appendOlder(_ older: [RecordClock.Entry], to out: inout [UInt8]) {
        out.append(literal: #","older":{"#)
        for (index, entry) in older.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            CanonicalJSON.append(text: entry.name, to: &out)
            out.append(literal: #":""#)
            entry.stamp.append(to: &out)
            out.append(UInt8(ascii: "\""))
        }
        out.append(UInt8(ascii: "}"))
    }

    /// Reads the members of a canonical object of scalars, in order.
    ///
    /// - Throws: `JSONError` if it is not one, or a name is not valid.
    public static func assignments(
        _ fields: UnsafeRawBufferPointer
    ) throws(JSONError) -> [Change.Assignment] {
        var reader = CanonicalReader(fields)
        var out: [Change.Assignment] = []
        try reader.beginObject()
        var key = try reader.nextKey(after: nil)
        while let name = key {
            guard reader.isName(name) else { throw reader.error(.malformed) }
            let value = try reader.readScalar()
            out.append(
                Change.Assignment(
                    String(decoding: fields[name], as: UTF8.self),
                    CanonicalValue(checked: fields[value])))
            key = try reader.nextKey(after: name)
        }
        try reader.end()
        return out
    }
}

extension RecordState {
    /// Joins canonical fields and their clock, as they are stored.
    ///
    /// - Throws: `JSONError` if `fields` is not a canonical object of scalars.
    public init(
        _ key: RecordKey, fields: UnsafeRawBufferPointer, clock: RecordClock
    ) throws(JSONError) {
        let assignments = try RecordBytes.assignments(fields)
        self.init(
            key,
            fields: assignments.map {
                Field(name: $0.name, register: Register($0.value, clock.stamp(of: $0.name)))
            })
    }
}
