public import SyncCore

/// A run of journal entries, for an auditor. Source: Protocol/README.md §8.7.
public struct JournalAnswer: Sendable, Equatable {
    /// Position of the first entry.
    public let from: Int64
    /// Whether the journal goes on after these entries.
    public let more: Bool
    /// Canonical JSON: `[{"batch":{…},"leaf":{…},"signature":"…"},…]`, positions rising by one.
    public let entries: [UInt8]
    public let part: SignedPart
    private let entriesHash: Hash256

    /// The newest head.
    public var head: SignedHead { part.head }
    public var encoded: [UInt8] { part.encoded(with: ("entries", entries)) }

    public init(
        from: Int64, more: Bool, entries: [UInt8], device: DeviceID, nonce: ID128,
        head: SignedHead, key: SigningKey
    ) {
        self.from = from
        self.more = more
        self.entries = entries
        entriesHash = MessageKind.entries.hash(entries)
        var bytes = Array(#"{"device":"\#(device.hex)","entries":"\#(entriesHash.hex)","#.utf8)
        bytes += #""from":\#(from),"head":"#.utf8
        bytes += head.encoded
        bytes += #","more":\#(more),"nonce":"\#(nonce.hex)"}"#.utf8
        part = SignedPart(.journal, bytes, device: device, nonce: nonce, head: head, key: key)
    }

    /// - Throws: `JSONError` or `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let envelope = try Envelope(encoded)
        let (part, fields) = try SignedPart.read(.journal, from: envelope)
        guard let entries = envelope.slice("entries") else {
            throw MessageFault("answer", "entries")
        }
        self.part = part
        self.entries = entries
        from = try fields.integer("from")
        more = try fields.bool("more")
        entriesHash = try fields.hash("entries")
    }

    public func verify(
        from: Int64, nonce: ID128, device: DeviceID, hub: HubIdentity
    ) throws(AnswerFault) {
        try part.verify(nonce: nonce, device: device, hub: hub)
        guard self.from == from else { throw .subject }
        guard MessageKind.entries.hash(entries) == entriesHash else { throw .list }
    }

    /// Reads the entries one by one.
    ///
    /// - Throws: `JSONError` if they are not canonical, `MessageFault` for a leaf or a signature
    ///   of another form; what `body` throws.
    public func eachEntry(_ body: (JournalEntry) throws -> Void) throws {
        try JournalEntry.each(in: entries, body)
    }
}

/// One entry of the journal as it travels. The batch is kept as bytes: an auditor may want to
/// look at what is not a batch.
public struct JournalEntry: Sendable, Equatable {
    /// Canonical JSON of the batch.
    public let batch: [UInt8]
    public let leaf: Leaf
    /// The device's signature of the batch.
    public let signature: Signature

    /// Reads a list of entries one by one.
    static func each(in entries: [UInt8], _ body: (JournalEntry) throws -> Void) throws {
        try entries.withUnsafeBytes { buffer in
            var reader = CanonicalReader(buffer)
            try reader.beginArray()
            var isFirst = true
            while try reader.nextItem(isFirst: isFirst) {
                try body(JournalEntry(&reader))
                isFirst = false
            }
            try reader.end()
        }
    }

    init(_ reader: inout CanonicalReader) throws {
        let range = try reader.readValue()
        let envelope = try Envelope(Array(reader.bytes[range]))
        guard let batch = envelope.slice("batch") else { throw MessageFault("entry", "batch") }
        guard let signature = envelope.value("signature")?.string.flatMap({ Signature(hex: $0) })
        else { throw MessageFault("entry", "signature") }
        self.batch = batch
        self.signature = signature
        leaf = try Leaf(envelope.value("leaf"))
    }
}
