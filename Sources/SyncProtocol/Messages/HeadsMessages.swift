public import SyncCore

/// A device's question which of its heads the hub holds. Source: Protocol/README.md §8.9.
public struct HeadsRequest: Sendable {
    /// Of the device's history, sizes falling: 1 to `Limits.presentedHeads`.
    public let heads: [SignedHead]
    public let nonce: ID128

    public init(heads: [SignedHead], nonce: ID128) {
        self.heads = heads
        self.nonce = nonce
    }

    /// - Throws: `JSONError`, `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let fields = try MessageFields(JSONParser.parse(encoded), "heads")
        heads = try Self.heads(fields.optional("heads"))
        nonce = try fields.id("nonce")
    }

    static func heads(_ value: JSONValue?) throws(MessageFault) -> [SignedHead] {
        guard let items = value?.array else {
            throw MessageFault("heads", "heads", isMissing: value == nil)
        }
        var heads: [SignedHead] = []
        for item in items {
            guard let head = try? SignedHead(item), head.head.size < heads.last?.head.size ?? .max
            else { throw MessageFault("heads", "heads", isMissing: false) }
            heads.append(head)
        }
        guard 1...Limits.presentedHeads ~= heads.count else {
            throw MessageFault("heads", "heads", isMissing: false)
        }
        return heads
    }

    /// The canonical list of heads.
    static func list(_ heads: [SignedHead]) -> [UInt8] {
        Array("[".utf8) + heads.map(\.encoded).joined(separator: [UInt8(ascii: ",")])
            + Array("]".utf8)
    }

    public var encoded: [UInt8] {
        Array(#"{"heads":"#.utf8) + Self.list(heads) + Array(#","nonce":"\#(nonce.hex)"}"#.utf8)
    }
}

/// Which of a device's heads the hub holds, and how its journal goes on from there.
public struct HeadsAnswer: Sendable, Equatable {
    /// RFC 6962 consistency proof from `held` to the newest head.
    public let consistency: [Hash256]
    /// After it come the records that moved above `held`.
    public let cursor: String
    /// Size of the largest presented head that the hub holds; 0 if it holds none.
    public let held: Int64
    /// The hub's time in milliseconds since 1970.
    public let now: Int64
    public let part: SignedPart

    /// The newest head.
    public var head: SignedHead { part.head }
    public var encoded: [UInt8] { part.encoded() }

    public init(
        consistency: [Hash256], cursor: String, held: Int64, now: Int64, device: DeviceID,
        nonce: ID128, head: SignedHead, key: SigningKey
    ) {
        self.consistency = consistency
        self.cursor = cursor
        self.held = held
        self.now = now
        var bytes = Array(#"{"consistency":\#(consistency.json),"cursor":"#.utf8)
        CanonicalJSON.append(text: cursor, to: &bytes)
        bytes += #","device":"\#(device.hex)","head":"#.utf8
        bytes += head.encoded
        bytes += #","held":\#(held),"nonce":"\#(nonce.hex)","now":\#(now)}"#.utf8
        part = SignedPart(.heads, bytes, device: device, nonce: nonce, head: head, key: key)
    }

    /// - Throws: `JSONError` or `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let (part, fields) = try SignedPart.read(.heads, from: Envelope(encoded))
        self.part = part
        consistency = try fields.hashes("consistency")
        cursor = try fields.text("cursor")
        held = try fields.integer("held")
        now = try fields.integer("now")
    }

    /// Checks that the hub said it of these heads, and that its journal goes on from the held one.
    public func verify(
        heads: [Head], nonce: ID128, device: DeviceID, hub: HubIdentity
    ) throws(AnswerFault) {
        try part.verify(nonce: nonce, device: device, hub: hub)
        if held == 0 {
            guard consistency.isEmpty else { throw .subject }
            return
        }
        guard let own = heads.first(where: { $0.size == held }), held <= head.head.size,
            MerkleHash.verifyConsistency(
                first: Int(held), firstRoot: own.root, second: Int(head.head.size),
                secondRoot: head.head.root, proof: consistency)
        else { throw .subject }
    }
}
