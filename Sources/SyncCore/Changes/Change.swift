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
    /// In an adopting batch, for each field of `set`: the stamp of the register that is adopted.
    public let stamps: [String: Stamp]

    public init(
        _ key: RecordKey, set: [Assignment], stamp: StampTime, was: [String: Stamp] = [:],
        resolves: [RecordID] = [], stamps: [String: Stamp] = [:]
    ) {
        self.key = key
        self.set = set.sorted { $0.name < $1.name }
        self.stamp = stamp
        self.was = was
        self.resolves = resolves
        self.stamps = stamps
    }

    /// Whether this change deletes the record.
    public var isDeletion: Bool {
        self.set.contains { $0.name == FieldName.deleted && $0.value == .true }
    }

    /// What two copies of one save have in common, whatever key signed it.
    public var content: Hash256 {
        let bare = Change(key, set: set, stamp: .zero, resolves: resolves)
        return .sha256(bare.canonicalBytes)
    }
}

extension Change {
    /// Appends the canonical JSON.
    public func append(to out: inout [UInt8]) {
        Self.appendHead(key, resolves, to: &out)
        out.append(UInt8(ascii: "{"))
        for (index, assignment) in set.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            CanonicalJSON.append(text: assignment.name, to: &out)
            out.append(UInt8(ascii: ":"))
            out += assignment.value.bytes
        }
        out.append(UInt8(ascii: "}"))
        Self.appendStamp(stamp, to: &out)
        if !stamps.isEmpty { Self.append(stamps, named: "stamps", to: &out) }
        if !was.isEmpty { Self.append(was, named: "was", to: &out) }
        out.append(UInt8(ascii: "}"))
    }

    /// Up to the value of `set`.
    static func appendHead(_ key: RecordKey, _ resolves: [RecordID], to out: inout [UInt8]) {
        out += #"{"collection":""#.utf8
        out += key.collection.utf8
        out += #"","id":""#.utf8
        key.id.appendHex(to: &out)
        if resolves.isEmpty {
            out += #"","set":"#.utf8
        } else {
            out += #"","resolves":["#.utf8
            out += resolves.map { "\"\($0.hex)\"" }.joined(separator: ",").utf8
            out += #"],"set":"#.utf8
        }
    }

    static func appendStamp(_ stamp: StampTime, to out: inout [UInt8]) {
        out += #","stamp":""#.utf8
        Hex.append(stamp.rawValue, to: &out)
        out.append(UInt8(ascii: "\""))
    }

    private static func append(
        _ stamps: [String: Stamp], named member: String, to out: inout [UInt8]
    ) {
        out += #","\#(member)":{"#.utf8
        for (index, name) in stamps.keys.sorted().enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            CanonicalJSON.append(text: name, to: &out)
            out += #":""#.utf8
            stamps[name]!.append(to: &out)
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
