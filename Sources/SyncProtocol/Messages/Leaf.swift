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
    /// The size known to belong to both histories: of a batch offered again or an adopting one.
    public let common: Int64?
    /// The receipt that came with a batch offered again.
    public var earlier: Receipt? { earlierReceipt.first }
    /// At most one: a leaf cannot hold a receipt in place, since that holds a leaf.
    private let earlierReceipt: [Receipt]
    /// Canonical JSON of the leaf: the Merkle tree's leaf input.
    public let bytes: [UInt8]

    /// Makes the leaf of a batch.
    public init(
        batch: Hash256, device: DeviceID, number: Int64, signature: Signature, epoch: EpochID,
        position: Int64, verdict: Verdict, common: Int64? = nil, earlier: Receipt? = nil
    ) {
        self.batch = batch
        self.device = device
        self.epoch = epoch
        self.number = number
        self.position = position
        self.signature = signature
        self.verdict = verdict
        self.common = common
        earlierReceipt = earlier.map { [$0] } ?? []
        var members: [String: JSONValue] = [
            "batch": .string(batch.hex), "device": .string(device.hex),
            "epoch": .string(epoch.hex), "number": JSONValue(number),
            "position": JSONValue(position), "signature": .string(signature.hex),
            "verdict": verdict.json,
        ]
        if let common { members["common"] = JSONValue(common) }
        if let earlier { members["earlier"] = try? JSONParser.parse(earlier.encoded) }
        bytes = CanonicalJSON.bytes(.object(members))
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
        common = fields.optional("common") == nil ? nil : try fields.integer("common")
        if let receipt = fields.optional("earlier") {
            earlierReceipt = [try Receipt(receipt)]
        } else {
            earlierReceipt = []
        }
        bytes = CanonicalJSON.bytes(value!)
    }

    /// Whether the batch hands others' work back (§6.8).
    public var isAdopting: Bool { common != nil && earlier == nil }

    /// Whether everything was taken just as the device claimed it, and is the device's own.
    public var isClean: Bool { verdict.isClean && !isAdopting }

    /// SHA-256(0x00 ‖ bytes).
    public var hash: Hash256 { MerkleHash.leaf(bytes) }
}

extension Verdict {
    var json: JSONValue {
        var members: [String: JSONValue] = [
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
        if !repeats.isEmpty {
            members["repeats"] = .array(
                repeats.map {
                    ["change": JSONValue($0.change), "stamp": .string($0.stamp.text)]
                })
        }
        return .object(members)
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
        guard fields.optional("repeats") != nil else { return }
        for item in try fields.require("repeats", { $0.array }) {
            let entry = try MessageFields(item, "verdict.repeats")
            repeats.append(
                Repeat(
                    change: Int(try entry.integer("change")),
                    stamp: try entry.require("stamp") { $0.string.flatMap { Stamp($0) } }))
        }
    }
}
