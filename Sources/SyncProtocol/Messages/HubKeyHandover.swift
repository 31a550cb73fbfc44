public import SyncCore

/// A hub's key names the one that takes its place, and that one accepts: signed by both, so that
/// whoever believes either believes the other. Source: Protocol/README.md §16.
public struct HubKeyHandover: Sendable, Equatable {
    public let from: PublicKey
    public let to: PublicKey
    /// The hub's device id: that of its first key, for good.
    public let hub: DeviceID
    /// The position of the batch that tells of it: the old key signs no head of a larger size.
    public let size: Int64
    public let space: SpaceID
    /// Milliseconds since 1970.
    public let time: Int64
    /// Canonical JSON that both signatures cover.
    public let bytes: [UInt8]
    public let signature: Signature
    public let accepted: Signature

    /// Signs with both keys.
    public init(
        from: SigningKey, to: SigningKey, hub: DeviceID, size: Int64, space: SpaceID, time: Int64
    ) {
        self.from = from.publicKey
        self.to = to.publicKey
        self.hub = hub
        self.size = size
        self.space = space
        self.time = time
        bytes = CanonicalJSON.bytes([
            "from": .string(from.publicKey.hex), "hub": .string(hub.hex), "size": JSONValue(size),
            "space": .string(space.hex), "time": JSONValue(time),
            "to": .string(to.publicKey.hex),
        ])
        signature = from.sign(.handover, bytes)
        accepted = to.sign(.handover, bytes)
    }

    /// Reads `{"accepted":"…","handover":{…},"signature":"…"}`; `isSigned` checks it.
    init(_ value: JSONValue?) throws(MessageFault) {
        let outer = try MessageFields(value, "handover")
        let content = try outer.require("handover") { $0 }
        let fields = try MessageFields(content, "handover")
        func key(_ name: String) throws(MessageFault) -> PublicKey {
            try fields.require(name) { $0.string.flatMap { PublicKey(hex: $0) } }
        }
        from = try key("from")
        to = try key("to")
        hub = try fields.id("hub")
        size = try fields.integer("size")
        space = try fields.id("space")
        time = try fields.integer("time")
        bytes = CanonicalJSON.bytes(content)
        signature = try outer.signature("signature")
        accepted = try outer.signature("accepted")
    }

    var isSigned: Bool {
        from.verifies(signature, .handover, bytes) && to.verifies(accepted, .handover, bytes)
    }

    var encoded: [UInt8] {
        Array(#"{"accepted":"\#(accepted.hex)","handover":"#.utf8) + bytes
            + Array(#","signature":"\#(signature.hex)"}"#.utf8)
    }
}

/// How a hub's key came to be the one that it is: every handover since the first key, in order.
/// Most hubs have none.
public struct KeySuccession: Sendable, Equatable {
    public let handovers: [HubKeyHandover]

    public static let none = KeySuccession(handovers: [])

    /// More do not fit into one field of the hub's record.
    public static let limit = 16

    private init(handovers: [HubKeyHandover]) { self.handovers = handovers }

    /// The same with one more, which goes on from the last.
    public func appending(_ handover: HubKeyHandover) -> KeySuccession {
        KeySuccession(handovers: handovers + [handover])
    }

    public var isEmpty: Bool { handovers.isEmpty }

    /// Every key from the first to the present one; empty if there was no handover.
    public var keys: [PublicKey] { handovers.prefix(1).map(\.from) + handovers.map(\.to) }

    /// Reads the canonical array and checks that each handover is signed by both its keys, goes on
    /// from the one before it, and is of one hub and one space.
    ///
    /// - Throws: `JSONError`, `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let fault = MessageFault("keys", "handover", isMissing: false)
        guard let items = try JSONParser.parse(encoded).array, items.count <= Self.limit else {
            throw fault
        }
        let handovers = try items.map { try HubKeyHandover($0) }
        for (index, one) in handovers.enumerated() {
            let isNext =
                index == 0 ? one.from.deviceID == one.hub : handovers[index - 1].to == one.from
            guard isNext, one.hub == handovers[0].hub, one.space == handovers[0].space,
                one.size > 0, one.isSigned
            else { throw fault }
        }
        guard
            Set(handovers.map(\.to) + handovers.prefix(1).map(\.from)).count
                == handovers.count + min(1, handovers.count)
        else { throw fault }
        self.handovers = handovers
    }

    /// The canonical array.
    public var encoded: [UInt8] {
        [UInt8(ascii: "[")]
            + Array(handovers.map(\.encoded).joined(separator: [UInt8(ascii: ",")]))
            + [UInt8(ascii: "]")]
    }
}
