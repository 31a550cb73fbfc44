/// A record: a last-writer-wins map from field name to register.
///
/// Fields are kept sorted by name, which is the order of canonical JSON.
public struct RecordState: Sendable, Hashable {
    public struct Field: Sendable, Hashable {
        public let name: String
        public var register: Register
    }

    public let key: RecordKey
    public private(set) var fields: [Field]

    public init(_ key: RecordKey, fields: [Field] = []) {
        self.key = key
        self.fields = fields
    }

    /// Makes a state whose fields all have one stamp; `set` must be sorted by name.
    public init(_ key: RecordKey, set: [Change.Assignment], stamp: Stamp) {
        self.key = key
        fields = set.map { Field(name: $0.name, register: Register($0.value, stamp)) }
    }

    public subscript(name: String) -> Register? {
        index(of: name).map { fields[$0].register }
    }

    /// Whether the `_deleted` register is true.
    public var isDeleted: Bool { self[FieldName.deleted]?.value == .true }

    /// The largest stamp among the registers; nil for a record without any.
    public var clock: Stamp? { fields.lazy.map(\.register.stamp).max() }

    /// Merges one register in: the winner by `Register.wins(over:)` stays.
    public mutating func merge(_ name: String, _ register: Register) {
        guard let index = index(of: name) else { return put(name, register) }
        if register.wins(over: fields[index].register) { fields[index].register = register }
    }

    /// Sets one register whatever the stamps: for a device's own pending changes.
    public mutating func put(_ name: String, _ register: Register) {
        if let index = index(of: name) {
            fields[index].register = register
        } else {
            fields.insert(Field(name: name, register: register), at: place(of: name))
        }
    }

    /// Merges every register of another state of the same record.
    public mutating func merge(_ other: RecordState) {
        precondition(key == other.key, "merging \(other.key) into \(key)")
        for field in other.fields { merge(field.name, field.register) }
    }

    private func index(of name: String) -> Int? {
        let place = place(of: name)
        return place < fields.count && fields[place].name == name ? place : nil
    }

    /// Where a field of this name is, or would be: by halving.
    private func place(of name: String) -> Int {
        var (low, high) = (0, fields.count)
        while low < high {
            let middle = (low + high) / 2
            if fields[middle].name < name { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension RecordState {
    /// Appends the canonical JSON object of the values.
    public func appendFields(to out: inout [UInt8]) {
        out.append(UInt8(ascii: "{"))
        for (index, field) in fields.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            CanonicalJSON.append(text: field.name, to: &out)
            out.append(UInt8(ascii: ":"))
            out += field.register.value.bytes
        }
        out.append(UInt8(ascii: "}"))
    }

    public var fieldsJSON: [UInt8] {
        var out: [UInt8] = []
        appendFields(to: &out)
        return out
    }

    /// The stamps of this record in the form of the wire and of storage.
    public var recordClock: RecordClock {
        guard let newest = clock else {
            preconditionFailure("record \(key) has no registers")
        }
        let older = fields.filter { $0.register.stamp != newest }
        return RecordClock(
            newest: newest,
            older: older.map { RecordClock.Entry(name: $0.name, stamp: $0.register.stamp) })
    }

    /// The canonical state: what is sent, hashed and compared. Source: Protocol/README.md §7.
    public var canonicalBytes: [UInt8] {
        fieldsJSON.withUnsafeBytes {
            RecordBytes.state(key: key, fields: $0, clock: recordClock)
        }
    }

    public var hash: Hash256 { MessageKind.record.hash(canonicalBytes) }

    /// Whether the canonical form has at most so many bytes. Nearly always told without writing it.
    public func fits(_ bytes: Int) -> Bool {
        // Names, stamps and what stands around them have at most so many each.
        let atMost = fields.reduce(256) { $0 + 256 + $1.register.value.bytes.count }
        return atMost <= bytes || canonicalBytes.count <= bytes
    }
}
