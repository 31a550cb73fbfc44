/// Writes `[{"position":…,"record":{…}},…]` in canonical form.
struct RecordListWriter {
    private var content: [UInt8] = [UInt8(ascii: "[")]
    private(set) var count = 0

    /// Bytes so far.
    var byteCount: Int { content.count }

    var bytes: [UInt8] { content + [UInt8(ascii: "]")] }

    /// - Parameter state: the canonical state of the record.
    mutating func append(_ state: [UInt8], position: Int64) {
        if count > 0 { content.append(UInt8(ascii: ",")) }
        content += #"{"position":\#(position),"record":"#.utf8
        content += state
        content.append(UInt8(ascii: "}"))
        count += 1
    }
}
