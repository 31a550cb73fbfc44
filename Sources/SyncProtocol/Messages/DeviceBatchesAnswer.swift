public import SyncCore

/// A run of one device's batches with their leaves. Source: Protocol/README.md §8.7.
public struct DeviceBatchesAnswer: Sendable, Equatable {
    /// Whose batches.
    public let of: DeviceID
    /// Number of the first.
    public let from: Int64
    public let more: Bool
    /// Canonical JSON: `[{"batch":{…},"leaf":{…},"signature":"…"},…]`, numbers rising by one.
    public let entries: [UInt8]
    public let part: SignedPart
    private let entriesHash: Hash256

    public var head: SignedHead { part.head }
    public var encoded: [UInt8] { part.encoded(with: ("entries", entries)) }

    public init(
        of: DeviceID, from: Int64, more: Bool, entries: [UInt8], device: DeviceID, nonce: ID128,
        head: SignedHead, key: SigningKey
    ) {
        self.of = of
        self.from = from
        self.more = more
        self.entries = entries
        entriesHash = MessageKind.entries.hash(entries)
        var bytes = Array(#"{"device":"\#(device.hex)","entries":"\#(entriesHash.hex)","#.utf8)
        bytes += #""from":\#(from),"head":"#.utf8
        bytes += head.encoded
        bytes += #","more":\#(more),"nonce":"\#(nonce.hex)","of":"\#(of.hex)"}"#.utf8
        part = SignedPart(.batches, bytes, device: device, nonce: nonce, head: head, key: key)
    }

    /// - Throws: `JSONError` or `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let envelope = try Envelope(encoded)
        let (part, fields) = try SignedPart.read(.batches, from: envelope)
        guard let entries = envelope.slice("entries") else {
            throw MessageFault("answer", "entries")
        }
        self.part = part
        self.entries = entries
        of = try fields.id("of")
        from = try fields.integer("from")
        more = try fields.bool("more")
        entriesHash = try fields.hash("entries")
    }

    public func verify(
        of: DeviceID, from: Int64, nonce: ID128, device: DeviceID, hub: HubIdentity
    ) throws(AnswerFault) {
        try part.verify(nonce: nonce, device: device, hub: hub)
        guard self.of == of, self.from == from else { throw .subject }
        guard MessageKind.entries.hash(entries) == entriesHash else { throw .list }
    }

    /// Reads the entries one by one.
    ///
    /// - Throws: as `JournalAnswer.eachEntry`.
    public func eachEntry(_ body: (JournalEntry) throws -> Void) throws {
        try JournalEntry.each(in: entries, body)
    }
}
