/// Writes `[…,…]` of canonical items.
struct CanonicalListWriter {
    private var content: [UInt8] = [UInt8(ascii: "[")]
    private(set) var count = 0

    /// Bytes so far.
    var byteCount: Int { content.count }

    var bytes: [UInt8] { content + [UInt8(ascii: "]")] }

    mutating func append(_ item: [UInt8]) {
        beginItem()
        content += item
    }

    fileprivate mutating func beginItem() {
        if count > 0 { content.append(UInt8(ascii: ",")) }
        count += 1
    }

    fileprivate mutating func write(_ part: some Sequence<UInt8>) { content += part }
}

/// Writes `[{"position":…,"record":{…}},…]` in canonical form.
struct RecordListWriter {
    private var list = CanonicalListWriter()

    var count: Int { list.count }
    /// Bytes so far.
    var byteCount: Int { list.byteCount }
    var bytes: [UInt8] { list.bytes }

    /// - Parameter state: the canonical state of the record.
    mutating func append(_ state: [UInt8], position: Int64) {
        list.beginItem()
        list.write(#"{"position":\#(position),"record":"#.utf8)
        list.write(state)
        list.write("}".utf8)
    }
}
