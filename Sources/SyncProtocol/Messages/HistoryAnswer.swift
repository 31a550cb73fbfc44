public import SyncCore

/// Entries of the journal that name a record. Source: Protocol/README.md §8.7.
public struct HistoryAnswer: Sendable, Equatable {
    public let key: RecordKey
    /// The first position that was looked at.
    public let from: Int64
    /// The position to ask from for what follows: one past the head's size at the end.
    public let next: Int64
    /// Canonical JSON: `[{"batch":{…},"leaf":{…},"signature":"…"},…]`, positions rising.
    public let entries: [UInt8]
    public let part: SignedPart
    private let entriesHash: Hash256

    public var head: SignedHead { part.head }
    public var more: Bool { next <= head.head.size }
    public var encoded: [UInt8] { part.encoded(with: ("entries", entries)) }

    public init(
        of recordKey: RecordKey, from: Int64, next: Int64, entries: [UInt8], device: DeviceID,
        nonce: ID128, head: SignedHead, key: SigningKey
    ) {
        self.key = recordKey
        self.from = from
        self.next = next
        self.entries = entries
        entriesHash = MessageKind.entries.hash(entries)
        var bytes = Array(
            #"{"collection":"\#(recordKey.collection)","device":"\#(device.hex)","#.utf8)
        bytes += #""entries":"\#(entriesHash.hex)","from":\#(from),"head":"#.utf8
        bytes += head.encoded
        bytes += #","id":"\#(recordKey.id.hex)","next":\#(next),"nonce":"\#(nonce.hex)"}"#.utf8
        part = SignedPart(.history, bytes, device: device, nonce: nonce, head: head, key: key)
    }

    /// - Throws: `JSONError` or `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let envelope = try Envelope(encoded)
        let (part, fields) = try SignedPart.read(.history, from: envelope)
        guard let entries = envelope.slice("entries") else {
            throw MessageFault("answer", "entries")
        }
        self.part = part
        self.entries = entries
        key = RecordKey(try fields.text("collection"), try fields.id("id"))
        from = try fields.integer("from")
        next = try fields.integer("next")
        entriesHash = try fields.hash("entries")
    }

    public func verify(
        of key: RecordKey, from: Int64, nonce: ID128, device: DeviceID, hub: HubIdentity
    ) throws(AnswerFault) {
        try part.verify(nonce: nonce, device: device, hub: hub)
        guard self.key == key, self.from == from else { throw .subject }
        // What does not move on would be asked for ever.
        let end = head.head.size + 1
        guard next >= min(from + 1, end), next <= max(end, from) else { throw .subject }
        guard MessageKind.entries.hash(entries) == entriesHash else { throw .list }
    }

    /// The entries, each checked by itself: its batch is the one that the leaf names, signed by its
    /// device, and writes to the record; positions rise within what was looked at.
    ///
    /// - Parameter author: the key of a device other than the hub; nil for one that is not known.
    /// - Throws: `AnswerFault`; `JSONError` or `MessageFault` for an entry that is none.
    public func checkedEntries(
        hub: HubIdentity, author: (DeviceID) throws -> PublicKey?
    ) throws -> [(batch: SealedBatch, leaf: Leaf)] {
        var found: [(batch: SealedBatch, leaf: Leaf)] = []
        var last = from - 1
        try JournalEntry.each(in: entries) { entry in
            let batch: SealedBatch
            do throws(BatchFault) {
                batch = try SealedBatch(bytes: entry.batch, signature: entry.signature)
            } catch { throw AnswerFault.entry }
            let leaf = entry.leaf
            guard leaf.batch == batch.hash, leaf.signature == entry.signature,
                leaf.device == batch.device, leaf.number == batch.number, leaf.position > last,
                leaf.position < next, batch.changes.contains(where: { $0.key == key })
            else { throw AnswerFault.entry }
            let isSigned =
                batch.device == hub.hub
                ? hub.wrote(batch, at: leaf.position)
                : try author(batch.device)?.verifies(batch.signature, .batch, batch.bytes) ?? false
            guard isSigned else { throw AnswerFault.entrySignature }
            last = leaf.position
            found.append((batch, leaf))
        }
        return found
    }
}
