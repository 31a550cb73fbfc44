// A proof that a record's changes are in a hub's log.
//
// Problem: somebody who was not there asks "is this stop really in the log, and who wrote it?",
// has no copy of the log, and believes nobody but the hub's key.
// Idea: hand over the batches that name the record as they were signed, each with its leaf and the
// RFC 6962 path to a head that the hub signed, and for each device the batch with which the hub
// enrolled it. Everything in the file is either hashed into the head or follows from it, so that
// no byte can be another.
// Source: Protocol/README.md §14.

public import SyncCore
public import SyncProtocol

/// The batches that name one record, with what ties them to the hub's key.
public struct RecordProof: Sendable {
    /// One batch in the log.
    public struct Entry: Sendable {
        public let batch: SealedBatch
        public let leaf: Leaf
        /// Size of the head in whose tree the path ends.
        public let head: Int64
        /// RFC 6962 audit path of the leaf.
        public let path: [Hash256]

        public init(batch: SealedBatch, leaf: Leaf, head: Int64, path: [Hash256]) {
            self.batch = batch
            self.leaf = leaf
            self.head = head
            self.path = path
        }
    }

    /// What the file says that it is.
    public static let kind = "fieldsync/proof/1"

    public let record: RecordKey
    /// The batches that name the record, by position.
    public let batches: [Entry]
    /// The hub's batches that enrolled the devices, by position.
    public let enrolments: [Entry]
    /// Those that the entries name, by size.
    public let heads: [SignedHead]
    /// Keys of devices whose enrolment is not in the file: a device's id is a hash of its key.
    public let keys: [PublicKey]
    /// How the hub's key came to be the one that signed the newest head: for whoever knows another.
    public let succession: KeySuccession

    public init(
        record: RecordKey, batches: [Entry], enrolments: [Entry], heads: [SignedHead],
        keys: [PublicKey], succession: KeySuccession = .none
    ) {
        self.record = record
        self.batches = batches
        self.enrolments = enrolments
        self.heads = heads
        self.keys = keys
        self.succession = succession
    }
}

extension RecordProof {
    /// The file: canonical JSON and one line feed.
    public var encoded: [UInt8] {
        var out = Array(#"{"batches":["#.utf8)
        Self.append(batches.map(\.encoded), to: &out)
        out += #"],"enrolments":["#.utf8
        Self.append(enrolments.map(\.encoded), to: &out)
        out += #"],"heads":["#.utf8
        Self.append(heads.map(\.encoded), to: &out)
        out += #"],"keys":["#.utf8
        Self.append(keys.map { CanonicalJSON.bytes(.string($0.hex)) }, to: &out)
        out += #"],"kind":"\#(Self.kind)","record":"#.utf8
        CanonicalJSON.append(
            ["collection": .string(record.collection), "id": .string(record.id.hex)], to: &out)
        if !succession.isEmpty { out += Array(#","succession":"#.utf8) + succession.encoded }
        return out + Array("}\n".utf8)
    }

    private static func append(_ items: [[UInt8]], to out: inout [UInt8]) {
        out += items.joined(separator: [UInt8(ascii: ",")])
    }
}

extension RecordProof.Entry {
    fileprivate var encoded: [UInt8] {
        var out = Array(#"{"batch":"#.utf8) + batch.bytes
        out += #","head":\#(head),"leaf":"#.utf8
        out += leaf.bytes
        let hashes = path.map { "\"\($0.hex)\"" }.joined(separator: ",")
        return out + Array(#","path":[\#(hashes)]}"#.utf8)
    }
}
