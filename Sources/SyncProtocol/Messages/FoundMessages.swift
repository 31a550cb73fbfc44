public import SyncCore

/// A device's question for records by name. Source: Protocol/README.md §8.6.
public struct FoundRequest: Sendable {
    /// 1 to `Limits.namedRecords`.
    public let keys: [RecordKey]
    public let nonce: ID128

    public init(keys: [RecordKey], nonce: ID128) {
        self.keys = keys
        self.nonce = nonce
    }

    /// - Throws: `JSONError`, `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let fields = try MessageFields(JSONParser.parse(encoded), "found")
        keys = try Self.keys(fields.optional("keys"))
        nonce = try fields.id("nonce")
    }

    static func keys(_ value: JSONValue?) throws(MessageFault) -> [RecordKey] {
        guard let items = value?.array else {
            throw MessageFault("found", "keys", isMissing: value == nil)
        }
        let keys = items.compactMap { item -> RecordKey? in
            guard let collection = item["collection"]?.string, FieldName.isValid(collection),
                let id = item["id"]?.string.flatMap({ RecordID(hex: $0) })
            else { return nil }
            return RecordKey(collection, id)
        }
        guard keys.count == items.count, 1...Limits.namedRecords ~= keys.count else {
            throw MessageFault("found", "keys", isMissing: false)
        }
        return keys
    }

    /// The canonical list of keys.
    static func list(_ keys: [RecordKey]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(keys.count * 80 + 2)
        out += "[".utf8
        for (index, key) in keys.enumerated() {
            out += (index == 0 ? #"{"collection":""# : #",{"collection":""#).utf8
            out += key.collection.utf8
            out += #"","id":""#.utf8
            key.id.appendHex(to: &out)
            out += #""}"#.utf8
        }
        out += "]".utf8
        return out
    }

    /// How an answer names the keys that it is about.
    public static func hash(of keys: [RecordKey]) -> Hash256 { MessageKind.ask.hash(list(keys)) }

    public var encoded: [UInt8] {
        Array(#"{"keys":"#.utf8) + Self.list(keys) + Array(#","nonce":"\#(nonce.hex)"}"#.utf8)
    }
}

/// The hub's records of those asked for, in the order asked.
public struct FoundAnswer: Sendable, Equatable {
    /// Canonical JSON of the list: `[{"position":…,"record":{…}},…]`.
    public let records: [UInt8]
    /// Of keys after the last record nothing is said.
    public let more: Bool
    public let part: SignedPart
    private let keysHash: Hash256
    private let recordsHash: Hash256

    public var head: SignedHead { part.head }
    public var encoded: [UInt8] { part.encoded(with: ("records", records)) }

    public init(
        keys: [RecordKey], records: [UInt8], more: Bool, device: DeviceID, nonce: ID128,
        head: SignedHead, key: SigningKey
    ) {
        self.records = records
        self.more = more
        keysHash = FoundRequest.hash(of: keys)
        recordsHash = MessageKind.records.hash(records)
        var bytes = Array(#"{"device":"\#(device.hex)","head":"#.utf8)
        bytes += head.encoded
        bytes += #","keys":"\#(keysHash.hex)","#.utf8
        if more { bytes += #""more":true,"#.utf8 }
        bytes += #""nonce":"\#(nonce.hex)","records":"\#(recordsHash.hex)"}"#.utf8
        part = SignedPart(.found, bytes, device: device, nonce: nonce, head: head, key: key)
    }

    /// - Throws: `JSONError` or `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let envelope = try Envelope(encoded)
        let (part, fields) = try SignedPart.read(.found, from: envelope)
        guard let records = envelope.slice("records") else {
            throw MessageFault("answer", "records")
        }
        self.part = part
        self.records = records
        more = fields.optional("more") == nil ? false : try fields.bool("more")
        keysHash = try fields.hash("keys")
        recordsHash = try fields.hash("records")
    }

    /// Checks signature and list, and that every record is one of the keys, in their order.
    public func verify(
        keys: [RecordKey], nonce: ID128, device: DeviceID, hub: HubIdentity
    ) throws(AnswerFault) {
        try part.verify(nonce: nonce, device: device, hub: hub)
        guard keysHash == FoundRequest.hash(of: keys) else { throw .subject }
        guard MessageKind.records.hash(records) == recordsHash else { throw .list }
        let found = records.withUnsafeBytes { try? RecordListReader.read($0).map(\.key) }
        guard let found, !more || !found.isEmpty else { throw .list }
        var rest = keys[...]
        for key in found {
            guard let place = rest.firstIndex(of: key) else { throw .list }
            rest = rest[(place + 1)...]
        }
    }

    /// The keys that the answer speaks of: all, or those up to the last record.
    public func answered(of keys: [RecordKey]) -> [RecordKey] {
        guard more else { return keys }
        let last = records.withUnsafeBytes { try? RecordListReader.read($0).last?.key }
        guard let last, let place = keys.firstIndex(of: last) else { return [] }
        return Array(keys[...place])
    }
}
