public import SyncCore

/// A pull that travels in a bundle. No token vouches for it, so the device signs it.
///
/// Source: Protocol/README.md §13.3.
public struct SignedPull: Sendable, Equatable {
    public let cursor: String?
    public let device: DeviceID
    public let have: Int64
    /// First 16 bytes of the head hash of the head that the device holds; nil before the first.
    public let head: ID128?
    /// The device's wall clock in milliseconds since 1970: of several pulls the newest counts.
    public let madeAt: Int64
    public let nonce: ID128
    public let space: SpaceID
    /// Canonical JSON that the signature covers.
    public let bytes: [UInt8]
    public let signature: Signature

    public init(
        cursor: String?, have: Int64, head: ID128?, madeAt: Int64, nonce: ID128, space: SpaceID,
        key: SigningKey
    ) {
        self.cursor = cursor
        self.have = have
        self.head = head
        self.madeAt = StampTime(milliseconds: madeAt).milliseconds
        self.nonce = nonce
        self.space = space
        device = key.publicKey.deviceID
        bytes = CanonicalJSON.bytes([
            "cursor": cursor.map { .string($0) } ?? .null, "device": .string(device.hex),
            "have": JSONValue(have), "head": head.map { .string($0.hex) } ?? .null,
            "made_at": JSONValue(self.madeAt), "nonce": .string(nonce.hex),
            "space": .string(space.hex),
        ])
        signature = key.sign(.pull, bytes)
    }

    /// Reads `{"pull":{…},"signature":"…"}`; `isSigned(by:)` says whether it counts.
    ///
    /// - Throws: `JSONError`, `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let envelope = try Envelope(encoded)
        guard let pull = envelope.slice("pull") else { throw MessageFault("pull", "pull") }
        if let fault = CanonicalReader.fault(of: pull) { throw fault }
        let fields = try MessageFields(JSONParser.parse(pull), "pull")
        cursor = try fields.nullable("cursor") { $0.string }
        device = try fields.id("device")
        have = try fields.integer("have")
        head = try fields.nullable("head") { $0.string.flatMap { ID128(hex: $0) } }
        madeAt = try fields.integer("made_at")
        nonce = try fields.id("nonce")
        space = try fields.id("space")
        bytes = pull
        signature = try MessageFields(JSONParser.parse(encoded), "pull").signature("signature")
    }

    public func isSigned(by key: PublicKey) -> Bool {
        key.deviceID == device && key.verifies(signature, .pull, bytes)
    }

    public var encoded: [UInt8] {
        Array(#"{"pull":"#.utf8) + bytes + Array(#","signature":"\#(signature.hex)"}"#.utf8)
    }
}

extension MessageFields {
    /// A member that must be there and may be null.
    fileprivate func nullable<T>(
        _ key: String, _ read: (JSONValue) -> T?
    ) throws(MessageFault) -> T? {
        guard let member = optional(key), member != .null else {
            guard optional(key) != nil else { throw MessageFault("pull", key) }
            return nil
        }
        return try require(key, read)
    }
}

extension PageMessage {
    /// The nonce of the page that follows this one in a bundle: whoever carries the file cannot
    /// leave a page out or put another in its place.
    public var followingNonce: ID128 { MessageKind.pull.hash(signedBytes).prefixID }
}
