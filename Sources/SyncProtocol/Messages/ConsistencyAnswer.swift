public import SyncCore

/// Proof that one state of the journal extends an earlier one. Source: Protocol/README.md §8.7.
public struct ConsistencyAnswer: Sendable, Equatable {
    /// RFC 6962 §2.1.2 proof.
    public let consistency: [Hash256]
    public let first: Int64
    public let second: Int64
    public let part: SignedPart

    /// The head that the hub signed at `second`.
    public var head: SignedHead { part.head }
    public var encoded: [UInt8] { part.encoded() }

    public init(
        consistency: [Hash256], first: Int64, second: Int64, device: DeviceID, nonce: ID128,
        head: SignedHead, key: SigningKey
    ) {
        self.consistency = consistency
        self.first = first
        self.second = second
        var bytes = Array(#"{"consistency":\#(consistency.json),"device":""#.utf8)
        bytes += #"\#(device.hex)","first":\#(first),"head":"#.utf8
        bytes += head.encoded
        bytes += #","nonce":"\#(nonce.hex)","second":\#(second)}"#.utf8
        part = SignedPart(.proof, bytes, device: device, nonce: nonce, head: head, key: key)
    }

    /// - Throws: `JSONError` or `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let (part, fields) = try SignedPart.read(.proof, from: Envelope(encoded))
        self.part = part
        consistency = try fields.hashes("consistency")
        first = try fields.integer("first")
        second = try fields.integer("second")
    }

    public func verify(
        first: Int64, second: Int64, nonce: ID128, device: DeviceID, hub: HubIdentity
    ) throws(AnswerFault) {
        try part.verify(nonce: nonce, device: device, hub: hub)
        guard self.first == first, self.second == second, head.head.size == second else {
            throw .subject
        }
    }

    /// Whether the tree of `second` extends the one of an earlier head.
    public func extends(_ earlier: Head) -> Bool {
        earlier.size == first
            && MerkleHash.verifyConsistency(
                first: Int(first), firstRoot: earlier.root, second: Int(second),
                secondRoot: head.head.root, proof: consistency)
    }
}
