public import SyncCore

/// The signed object of an answer that is no pull: its exact bytes and the hub's signature.
///
/// It travels as `{"KIND":{…},"signature":"…"}`, its member named like its kind, and always names
/// the device that asked, the nonce of its request and a signed head.
public struct SignedPart: Sendable, Equatable {
    public let kind: MessageKind
    /// Canonical JSON: what the signature covers.
    public let bytes: [UInt8]
    public let signature: Signature
    /// The device that asked.
    public let device: DeviceID
    public let nonce: ID128
    public let head: SignedHead

    /// Signs an object whose bytes name this device, nonce and head.
    init(
        _ kind: MessageKind, _ bytes: [UInt8], device: DeviceID, nonce: ID128, head: SignedHead,
        key: SigningKey
    ) {
        self.kind = kind
        self.bytes = bytes
        self.device = device
        self.nonce = nonce
        self.head = head
        signature = key.sign(kind, bytes)
    }

    /// Reads the part from an answer, and hands out its members.
    ///
    /// - Throws: `JSONError` (not canonical in place, too), `MessageFault`.
    static func read(
        _ kind: MessageKind, from envelope: Envelope
    ) throws -> (part: SignedPart, fields: MessageFields) {
        guard let bytes = envelope.slice(kind.rawValue) else {
            throw MessageFault("answer", kind.rawValue)
        }
        guard let signature = envelope.value("signature")?.string.flatMap({ Signature(hex: $0) })
        else { throw MessageFault("answer", "signature") }
        if let fault = CanonicalReader.fault(of: bytes) { throw fault }
        let fields = try MessageFields(JSONParser.parse(bytes), kind.rawValue)
        return (try SignedPart(kind, bytes, signature, fields), fields)
    }

    private init(
        _ kind: MessageKind, _ bytes: [UInt8], _ signature: Signature, _ fields: MessageFields
    ) throws(MessageFault) {
        self.kind = kind
        self.bytes = bytes
        self.signature = signature
        device = try fields.id("device")
        nonce = try fields.id("nonce")
        head = try SignedHead(fields.optional("head"))
    }

    /// `{"KIND":{…},…,"signature":"…"}`.
    ///
    /// - Parameter list: a list that the part binds by hash, and the member's name.
    func encoded(with list: (name: String, bytes: [UInt8])? = nil) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + (list?.bytes.count ?? 0) + 180)
        var members = [(kind.rawValue, bytes)]
        if let list { members.append(list) }
        // Members of a canonical object are sorted.
        for (place, member) in members.sorted(by: { $0.0 < $1.0 }).enumerated() {
            out += (place == 0 ? #"{"\#(member.0)":"# : #","\#(member.0)":"#).utf8
            out += member.1
        }
        out += #","signature":"\#(signature.hex)"}"#.utf8
        return out
    }

    /// Whether the hub said it, to whomever.
    func isSigned(by hub: HubIdentity) -> Bool {
        hub.key.verifies(signature, kind, bytes) && hub.vouches(for: head)
    }

    /// Checks that the answer is the hub's, and to this request of this device.
    func verify(nonce: ID128, device: DeviceID, hub: HubIdentity) throws(AnswerFault) {
        guard hub.key.verifies(signature, kind, bytes) else { throw .signature }
        guard self.nonce == nonce else { throw .nonce }
        guard self.device == device else { throw .device }
        guard hub.vouches(for: head) else { throw .head }
    }
}

/// Which check of a signed answer failed.
public enum AnswerFault: String, Error, Sendable {
    case signature, nonce, device, head
    /// It is about something else than what was asked for.
    case subject
    /// The list beside it is not the one that it binds.
    case list
    /// An entry is not what it says of itself, or says nothing of what was asked for.
    case entry
    case entrySignature = "entry_signature"
}

extension [Hash256] {
    /// `["…","…"]`, as messages hold hashes.
    var json: String { "[" + map { "\"\($0.hex)\"" }.joined(separator: ",") + "]" }
}
