public import SyncCore

/// A batch as it was signed: its exact bytes, and what one pass over them found.
///
/// Source: Protocol/README.md §4.2.
public struct SealedBatch: Sendable {
    /// Canonical JSON of the batch.
    public let bytes: [UInt8]
    public let signature: Signature
    public let device: DeviceID
    public let space: SpaceID
    /// 1, 2, 3, … for each device.
    public let number: Int64
    /// Hash of the device's batch before; zero for number 1.
    public let previous: Hash256
    /// The device's wall clock when it sealed, in milliseconds since 1970.
    public let sealedAt: Int64
    public let changes: [ChangeSlice]
    /// The device under whose id the changes were first signed; nil in nearly every batch.
    public let formerly: Healing.Formerly?
    /// The lost head of an adopting batch; nil for any other.
    public let adopts: SignedHead?

    /// H("batch", bytes).
    public var hash: Hash256 { MessageKind.batch.hash(bytes) }

    /// Reads and checks the canonical form and the limits; the signature is checked apart.
    ///
    /// - Throws: `BatchFault`.
    public init(bytes: [UInt8], signature: Signature) throws(BatchFault) {
        self.init(bytes, signature, try BatchReader.read(bytes))
    }

    private init(_ bytes: [UInt8], _ signature: Signature, _ parts: BatchReader.Parts) {
        self.bytes = bytes
        self.signature = signature
        device = parts.device
        space = parts.space
        number = parts.number
        previous = parts.previous
        sealedAt = parts.sealedAt
        changes = parts.changes
        formerly = parts.formerly.map { .init(device: $0, number: parts.formerlyNumber ?? 0) }
        adopts = parts.adopts
    }

    /// The message of a push: `{"batch":{…},"signature":"…"}`.
    public var envelope: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + 170)
        out += #"{"batch":"#.utf8
        out += bytes
        out += #","signature":""#.utf8
        out += signature.hex.utf8
        out += #""}"#.utf8
        return out
    }

    /// Where the batch and the signature are in the message of a push that has no other members;
    /// nil for any other message.
    ///
    /// What is between must still be read: only a batch that is one canonical object leaves no room
    /// for a further member.
    package static func plainParts(
        of bytes: [UInt8]
    ) -> (batch: ArraySlice<UInt8>, signature: Signature)? {
        let (head, foot) = (#"{"batch":"#.utf8, #","signature":""#.utf8)
        let end = bytes.count - 2 - Signature.byteCount * 2
        guard end - foot.count > head.count, bytes.starts(with: head),
            bytes[(end - foot.count)..<end].elementsEqual(foot),
            bytes[(bytes.count - 2)...].elementsEqual(#""}"#.utf8),
            let signature = Signature(
                hex: String(decoding: bytes[end..<(bytes.count - 2)], as: UTF8.self))
        else { return nil }
        return (bytes[head.count..<(end - foot.count)], signature)
    }

    /// Reads such a message in one pass over it; nil for any other, and for one that has a fault.
    init?(plainEnvelope bytes: [UInt8]) {
        guard let found = Self.plainParts(of: bytes) else { return nil }
        let batch = Array(found.batch)
        guard let parts = try? BatchReader.read(batch, depth: 1) else { return nil }
        self.init(batch, found.signature, parts)
    }

    /// Reads the message of a push.
    ///
    /// - Throws: `JSONError` or `BatchFault`.
    public init(envelope: [UInt8]) throws {
        if let plain = SealedBatch(plainEnvelope: envelope) {
            self = plain
            return
        }
        try self.init(Envelope(envelope))
    }

    init(_ envelope: Envelope) throws {
        try envelope.checkMembers(except: "batch")
        guard let bytes = envelope.slice("batch"), envelope.range("signature") != nil else {
            throw BatchFault(.fieldMissing, detail: "batch, signature")
        }
        guard let signature = envelope.value("signature")?.string.flatMap({ Signature(hex: $0) })
        else { throw BatchFault(.badSignature) }
        try self.init(bytes: bytes, signature: signature)
    }

    /// The canonical state of a record that one change made and nothing else wrote.
    ///
    /// - Parameter index: of the change.
    public func state(madeBy index: Int) -> [UInt8] {
        let change = changes[index]
        let clock = RecordClock(newest: Stamp(time: change.stamp, device: device))
        return bytes.withUnsafeBytes { buffer in
            RecordBytes.state(
                key: change.key, fields: UnsafeRawBufferPointer(rebasing: buffer[change.set]),
                clock: clock)
        }
    }

    /// What two copies of one change have in common.
    public func content(_ index: Int) -> Hash256 {
        bytes.withUnsafeBytes { changes[index].content(in: $0) }
    }

    /// A change with its fields read.
    public func change(_ index: Int) throws -> Change {
        try bytes.withUnsafeBytes { buffer in try changes[index].change(in: buffer) }
    }
}

extension SealedBatch: RuledChanges {
    public var count: Int { changes.count }
    public func key(_ index: Int) -> RecordKey { changes[index].key }
    public func stamp(_ index: Int) -> StampTime { changes[index].stamp }
    public func resolves(_ index: Int) -> [RecordID] { changes[index].resolves }
}
