/// What one save did to one record. Source: Protocol/README.md §4.1.
public struct Change: Sendable, Hashable {
    public struct Assignment: Sendable, Hashable {
        public let name: String
        public let value: CanonicalValue

        public init(_ name: String, _ value: CanonicalValue) {
            self.name = name
            self.value = value
        }
    }

    public let key: RecordKey
    /// Sorted by name.
    public let set: [Assignment]
    /// The claimed stamp's time; its device is the batch's.
    public let stamp: StampTime
    /// For each field that had a register on the writing device: that register's stamp.
    public let was: [String: Stamp]
    /// Conflicts that this change settles.
    public let resolves: [RecordID]

    public init(
        _ key: RecordKey, set: [Assignment], stamp: StampTime, was: [String: Stamp] = [:],
        resolves: [RecordID] = []
    ) {
        self.key = key
        self.set = set.sorted { $0.name < $1.name }
        self.stamp = stamp
        self.was = was
        self.resolves = resolves
    }

    /// Whether this change deletes the record.
    public var isDeletion: Bool {
        self.set.contains { $0.name == FieldName.deleted && $0.value == .true }
    }
}

extension Change {
    /// Appends the canonical JSON.
    public func append(to out: inout [UInt8]) {
        out += #"{"collection":""#.utf8
        out += key.collection.utf8
        out += #"","id":""#.utf8
        Hex.append(key.id.high, to: &out)
        Hex.append(key.id.low, to: &out)
        if !resolves.isEmpty {
            out += #"","resolves":["#.utf8
            out += resolves.map { "\"\($0.hex)\"" }.joined(separator: ",").utf8
            out += #"],"set":{"#.utf8
        } else {
            out += #"","set":{"#.utf8
        }
        for (index, assignment) in set.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            CanonicalJSON.append(text: assignment.name, to: &out)
            out.append(UInt8(ascii: ":"))
            out += assignment.value.bytes
        }
        out += #"},"stamp":""#.utf8
        Hex.append(stamp.rawValue, to: &out)
        out.append(UInt8(ascii: "\""))
        if !was.isEmpty { appendWas(to: &out) }
        out.append(UInt8(ascii: "}"))
    }

    private func appendWas(to out: inout [UInt8]) {
        out += #","was":{"#.utf8
        for (index, name) in was.keys.sorted().enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            CanonicalJSON.append(text: name, to: &out)
            out += #":""#.utf8
            was[name]!.append(to: &out)
            out.append(UInt8(ascii: "\""))
        }
        out.append(UInt8(ascii: "}"))
    }

    public var canonicalBytes: [UInt8] {
        var out: [UInt8] = []
        append(to: &out)
        return out
    }
}
