public import SyncCore

/// The hub's records of one bucket of the digest. Source: Protocol/README.md §8.6.
public struct BucketAnswer: Sendable, Equatable {
    /// 0 … 4095.
    public let bucket: Int
    /// Canonical JSON of the list: `[{"position":…,"record":{…}},…]`.
    public let records: [UInt8]
    public let part: SignedPart
    private let recordsHash: Hash256

    public var head: SignedHead { part.head }
    public var encoded: [UInt8] { part.encoded(with: ("records", records)) }

    public init(
        bucket: Int, records: [UInt8], device: DeviceID, nonce: ID128, head: SignedHead,
        key: SigningKey
    ) {
        self.bucket = bucket
        self.records = records
        recordsHash = MessageKind.records.hash(records)
        var bytes = Array(#"{"bucket":\#(bucket),"device":"\#(device.hex)","head":"#.utf8)
        bytes += head.encoded
        bytes += #","nonce":"\#(nonce.hex)","records":"\#(recordsHash.hex)"}"#.utf8
        part = SignedPart(.bucket, bytes, device: device, nonce: nonce, head: head, key: key)
    }

    /// - Throws: `JSONError` or `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let envelope = try Envelope(encoded)
        let (part, fields) = try SignedPart.read(.bucket, from: envelope)
        guard let records = envelope.slice("records") else {
            throw MessageFault("answer", "records")
        }
        let bucket = try fields.integer("bucket")
        guard 0..<Int64(DigestTree.bucketCount) ~= bucket else {
            throw MessageFault("bucket", "bucket", isMissing: false)
        }
        self.part = part
        self.records = records
        self.bucket = Int(bucket)
        recordsHash = try fields.hash("records")
    }

    public func verify(
        bucket: Int, nonce: ID128, device: DeviceID, hub: HubIdentity
    ) throws(AnswerFault) {
        try part.verify(nonce: nonce, device: device, hub: hub)
        guard self.bucket == bucket else { throw .subject }
        guard MessageKind.records.hash(records) == recordsHash else { throw .list }
    }

    /// Whether the list is readable, every record is of this bucket, none is there twice, and
    /// their hashes add up to the bucket's value in the hub's digest.
    public func addsUp(to sum: Hash256) -> Bool {
        records.withUnsafeBytes { buffer in
            guard let slices = try? RecordListReader.read(buffer) else { return false }
            var keys = Set<RecordKey>()
            var total = Hash256.zero
            for slice in slices {
                guard DigestTree.bucket(of: slice.key) == bucket, keys.insert(slice.key).inserted
                else { return false }
                let state = UnsafeRawBufferPointer(rebasing: buffer[slice.state])
                total &+= MessageKind.record.hash(state)
            }
            return total == sum
        }
    }
}
