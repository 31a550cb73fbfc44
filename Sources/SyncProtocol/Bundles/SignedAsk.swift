public import SyncCore

/// A question of a device that heals, in a bundle. Source: Protocol/README.md §13.8.
public struct SignedAsk: Sendable {
    public enum Question: Sendable {
        case heads([SignedHead])
        case batches(of: DeviceID, from: Int64)
        case records([RecordKey])
    }

    public let device: DeviceID
    /// The device's wall clock in milliseconds since 1970.
    public let madeAt: Int64
    public let nonce: ID128
    public let space: SpaceID
    public let question: Question
    /// Canonical JSON that the signature covers.
    public let bytes: [UInt8]
    public let signature: Signature

    public init(
        _ question: Question, madeAt: Int64, nonce: ID128, space: SpaceID, key: SigningKey
    ) {
        self.question = question
        self.madeAt = StampTime(milliseconds: madeAt).milliseconds
        self.nonce = nonce
        self.space = space
        device = key.publicKey.deviceID
        var members: [String: JSONValue] = [
            "device": .string(device.hex), "made_at": JSONValue(self.madeAt),
            "nonce": .string(nonce.hex), "space": .string(space.hex),
        ]
        switch question {
        case .heads(let heads):
            members["heads"] = try? JSONParser.parse(HeadsRequest.list(heads))
        case .batches(let of, let from):
            members["batches"] = ["device": .string(of.hex), "from": JSONValue(from)]
        case .records(let keys):
            members["records"] = try? JSONParser.parse(FoundRequest.list(keys))
        }
        bytes = CanonicalJSON.bytes(.object(members))
        signature = key.sign(.ask, bytes)
    }

    /// Reads `{"ask":{…},"signature":"…"}`; `isSigned(by:)` says whether it counts.
    ///
    /// - Throws: `JSONError`, `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let envelope = try Envelope(encoded)
        guard let ask = envelope.slice("ask") else { throw MessageFault("ask", "ask") }
        if let fault = CanonicalReader.fault(of: ask) { throw fault }
        let fields = try MessageFields(JSONParser.parse(ask), "ask")
        device = try fields.id("device")
        madeAt = try fields.integer("made_at")
        nonce = try fields.id("nonce")
        space = try fields.id("space")
        question = try Self.question(fields)
        bytes = ask
        signature = try MessageFields(JSONParser.parse(encoded), "ask").signature("signature")
    }

    private static func question(_ fields: MessageFields) throws(MessageFault) -> Question {
        if let heads = fields.optional("heads") { return .heads(try HeadsRequest.heads(heads)) }
        if let keys = fields.optional("records") { return .records(try FoundRequest.keys(keys)) }
        let batches = try MessageFields(fields.optional("batches"), "ask.batches")
        return .batches(of: try batches.id("device"), from: try batches.integer("from"))
    }

    public func isSigned(by key: PublicKey) -> Bool {
        key.deviceID == device && key.verifies(signature, .ask, bytes)
    }

    public var encoded: [UInt8] {
        Array(#"{"ask":"#.utf8) + bytes + Array(#","signature":"\#(signature.hex)"}"#.utf8)
    }
}
