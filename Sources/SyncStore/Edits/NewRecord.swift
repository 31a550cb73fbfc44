package import SyncCore
import SyncProtocol

/// A record that an edit makes: its fields as canonical JSON, put together once for the row, the
/// change and the digest.
package struct NewRecord: Sendable {
    package let key: RecordKey
    /// Canonical object of the values.
    package let fields: [UInt8]

    /// What a change takes without its fields and its collection: the names of its members, the
    /// id (32) and the stamp (16).
    private static let changeOverheadBytes = 91
    /// A guess that spares the buffer from growing.
    private static let bytesPerField = 32

    /// - Throws: `SaveFault`.
    package init(_ key: RecordKey, _ values: [String: Value]) throws(SaveFault) {
        guard values.count <= Limits.fieldsPerChange else { throw SaveFault(.tooManyFields) }
        var out: [UInt8] = []
        out.reserveCapacity(values.count * Self.bytesPerField + 2)
        out.append(UInt8(ascii: "{"))
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            try EditPlan.check(name, value)
            if out.count > 1 { out.append(UInt8(ascii: ",")) }
            CanonicalJSON.append(text: name, to: &out)
            out.append(UInt8(ascii: ":"))
            CanonicalJSON.append(value, to: &out)
        }
        out.append(UInt8(ascii: "}"))
        self.key = key
        fields = out
    }

    /// Bytes of the canonical change that makes the record.
    package var changeByteCount: Int {
        fields.count + key.collection.utf8.count + Self.changeOverheadBytes
    }

    /// Appends the canonical change that makes the record.
    package func appendChange(stamp: StampTime, to out: inout [UInt8]) {
        fields.withUnsafeBytes { Self.appendChange(key, fields: $0, stamp: stamp, to: &out) }
    }

    /// The same for a record that is a row already.
    static func appendChange(
        _ key: RecordKey, fields: UnsafeRawBufferPointer, stamp: StampTime, to out: inout [UInt8]
    ) {
        out.append(literal: #"{"collection":""#)
        out.append(utf8: key.collection)
        out.append(literal: #"","id":""#)
        key.id.appendHex(to: &out)
        out.append(literal: #"","set":"#)
        out.append(contentsOf: fields)
        out.append(literal: #","stamp":""#)
        stamp.appendHex(to: &out)
        out.append(literal: #""}"#)
    }

    package func state(stamp: Stamp) -> RecordState {
        let state = fields.withUnsafeBytes {
            try? RecordState(key, fields: $0, clock: RecordClock(newest: stamp))
        }
        guard let state else { preconditionFailure("fields of \(key) were just written") }
        return state
    }
}
