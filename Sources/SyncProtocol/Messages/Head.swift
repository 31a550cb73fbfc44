public import SyncCore

/// The state of a hub's journal at one size. Source: Protocol/README.md §5.2.
public struct Head: Sendable, Equatable {
    /// Root of the digest after `size` batches.
    public let digest: Hash256
    public let epoch: EpochID
    public let hub: DeviceID
    /// Merkle root of the leaves.
    public let root: Hash256
    /// Batches in the journal.
    public let size: Int64
    public let space: SpaceID
    /// The hub's time in milliseconds since 1970.
    public let time: Int64

    public init(
        digest: Hash256, epoch: EpochID, hub: DeviceID, root: Hash256, size: Int64,
        space: SpaceID, time: Int64
    ) {
        self.digest = digest
        self.epoch = epoch
        self.hub = hub
        self.root = root
        self.size = size
        self.space = space
        self.time = time
    }

    init(_ value: JSONValue?) throws(MessageFault) {
        let fields = try MessageFields(value, "head")
        self.init(
            digest: try fields.hash("digest"), epoch: try fields.id("epoch"),
            hub: try fields.id("hub"), root: try fields.hash("root"),
            size: try fields.integer("size"), space: try fields.id("space"),
            time: try fields.integer("time"))
    }

    var json: JSONValue {
        [
            "digest": .string(digest.hex), "epoch": .string(epoch.hex), "hub": .string(hub.hex),
            "root": .string(root.hex), "size": JSONValue(size), "space": .string(space.hex),
            "time": JSONValue(time),
        ]
    }
}

/// A head with the exact bytes that the hub signed.
public struct SignedHead: Sendable, Equatable {
    public let head: Head
    /// Canonical JSON of the head, unknown keys included.
    public let bytes: [UInt8]
    public let signature: Signature

    /// Signs a head with the hub's key.
    public init(_ head: Head, key: SigningKey) {
        self.head = head
        bytes = CanonicalJSON.bytes(head.json)
        signature = key.sign(.head, bytes)
    }

    /// Reads `{"head":{…},"signature":"…"}`; the signature is checked by `isSigned(by:)`.
    public init(_ value: JSONValue?) throws(MessageFault) {
        let fields = try MessageFields(value, "signed head")
        let content = try fields.require("head") { $0 }
        head = try Head(content)
        bytes = CanonicalJSON.bytes(content)
        signature = try fields.signature("signature")
    }

    /// H("head", bytes): what a device presents with a pull.
    public var hash: Hash256 { MessageKind.head.hash(bytes) }

    public func isSigned(by key: PublicKey) -> Bool { key.verifies(signature, .head, bytes) }

    /// The canonical `{"head":{…},"signature":"…"}`.
    public var encoded: [UInt8] {
        Array(#"{"head":"#.utf8) + bytes
            + Array(#","signature":"\#(signature.hex)"}"#.utf8)
    }

    public init(encoded: [UInt8]) throws {
        try self.init(JSONParser.parse(encoded))
    }
}
