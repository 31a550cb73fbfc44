public import SyncCore

/// A batch's entry in the journal: its hash and what the hub decided.
///
/// Source: Protocol/README.md §5.1.
public struct Leaf: Sendable, Equatable {
    public let batch: Hash256
    public let device: DeviceID
    public let epoch: EpochID
    public let number: Int64
    public let position: Int64
    public let signature: Signature
    public let verdict: Verdict
    /// Canonical JSON of the leaf: the Merkle tree's leaf input.
    public let bytes: [UInt8]

    /// Makes the leaf of a batch.
    public init(
        batch: Hash256, device: DeviceID, number: Int64, signature: Signature, epoch: EpochID,
        position: Int64, verdict: Verdict
    ) {
        self.batch = batch
        self.device = device
        self.epoch = epoch
        self.number = number
        self.position = position
        self.signature = signature
        self.verdict = verdict
        bytes = CanonicalJSON.bytes([
            "batch": .string(batch.hex), "device": .string(device.hex),
            "epoch": .string(epoch.hex), "number": JSONValue(number),
            "position": JSONValue(position), "signature": .string(signature.hex),
            "verdict": verdict.json,
        ])
    }

    public init(_ value: JSONValue?) throws(MessageFault) {
        let fields = try MessageFields(value, "leaf")
        batch = try fields.hash("batch")
        device = try fields.id("device")
        epoch = try fields.id("epoch")
        number = try fields.integer("number")
        position = try fields.integer("position")
        signature = try fields.signature("signature")
        verdict = try Verdict(fields.optional("verdict"))
        bytes = CanonicalJSON.bytes(value!)
    }

    /// SHA-256(0x00 ‖ bytes).
    public var hash: Hash256 { MerkleHash.leaf(bytes) }
}

extension Verdict {
    var json: JSONValue {
        [
            "conflicts": .array(conflicts.map { .string($0.hex) }),
            "effective": .array(
                effective.map {
                    ["change": JSONValue($0.change), "stamp": .string($0.stamp.hex)]
                }),
            "quarantined": .array(
                quarantined.map {
                    ["change": JSONValue($0.change), "reason": .string($0.reason)]
                }),
            "received_at": JSONValue(receivedAt),
            "rules": JSONValue(rules),
        ]
    }

    init(_ value: JSONValue?) throws(MessageFault) {
        let fields = try MessageFields(value, "verdict")
        let conflicts = try fields.require("conflicts") { $0.array }
        let effective = try fields.require("effective") { $0.array }
        let quarantined = try fields.require("quarantined") { $0.array }
        self.init(
            receivedAt: try fields.integer("received_at"),
            rules: Int(try fields.integer("rules")))
        for item in conflicts {
            guard let id = item.string.flatMap({ RecordID(hex: $0) }) else {
                throw MessageFault("verdict", "conflicts")
            }
            self.conflicts.append(id)
        }
        for item in effective {
            let entry = try MessageFields(item, "verdict.effective")
            self.effective.append(
                Restamp(
                    change: Int(try entry.integer("change")),
                    stamp: try entry.require("stamp") { $0.string.flatMap { StampTime(hex: $0) } }))
        }
        for item in quarantined {
            let entry = try MessageFields(item, "verdict.quarantined")
            self.quarantined.append(
                Quarantine(
                    change: Int(try entry.integer("change")), reason: try entry.text("reason")))
        }
    }
}
