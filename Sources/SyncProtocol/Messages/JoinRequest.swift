public import SyncCore

/// A device's request to be enrolled. Source: Protocol/README.md §8.2.
public struct JoinRequest: Sendable {
    /// What lets the device in.
    public enum Ground: Sendable {
        /// The invite's secret.
        case invite(ID128)
        /// The device was another before it took a new key: that one's id, and its signature.
        case formerly(DeviceID, Signature)
        /// The hub enrolled it in a history that was lost: its answer of then.
        case enrolment(JoinAnswer)
    }

    public let ground: Ground
    public let key: PublicKey
    public let space: SpaceID
    /// SHA-256 of the token's ASCII.
    public let token: Hash256
    /// Canonical JSON that the signature covers.
    public let bytes: [UInt8]
    public let signature: Signature

    /// Joins by an invite.
    public init(invite: Invite, token: Hash256, key: SigningKey) {
        self.init(
            .invite(invite.secret), space: invite.space, token: token, key: key,
            member: ("invite", invite.secret.hex))
    }

    /// Joins with a new key in place of an old one.
    public init(former: SigningKey, space: SpaceID, token: Hash256, key: SigningKey) {
        let old = former.publicKey.deviceID
        let draft = Self.bytes(key.publicKey, space, token, member: ("formerly", old.hex))
        self.init(
            .formerly(old, former.sign(.join, draft)), space: space, token: token, key: key,
            member: ("formerly", old.hex))
    }

    /// Joins again at a hub that lacks the enrolment.
    public init(enrolment: JoinAnswer, space: SpaceID, token: Hash256, key: SigningKey) {
        self.init(.enrolment(enrolment), space: space, token: token, key: key, member: nil)
    }

    private init(
        _ ground: Ground, space: SpaceID, token: Hash256, key: SigningKey,
        member: (name: String, value: String)?
    ) {
        self.ground = ground
        self.key = key.publicKey
        self.space = space
        self.token = token
        bytes = Self.bytes(key.publicKey, space, token, member: member)
        signature = key.sign(.join, bytes)
    }

    private static func bytes(
        _ key: PublicKey, _ space: SpaceID, _ token: Hash256,
        member: (name: String, value: String)?
    ) -> [UInt8] {
        var members: [String: JSONValue] = [
            "key": .string(key.hex), "space": .string(space.hex), "token": .string(token.hex),
        ]
        if let member { members[member.name] = .string(member.value) }
        return CanonicalJSON.bytes(.object(members))
    }

    /// Reads a request; `isSigned` says whether the key's holder made it.
    public init(encoded: [UInt8]) throws {
        let envelope = try Envelope(encoded)
        guard let join = envelope.slice("join") else { throw MessageFault("join", "join") }
        if let fault = CanonicalReader.fault(of: join) { throw fault }
        let fields = try MessageFields(JSONParser.parse(join), "join")
        let outer = try MessageFields(JSONParser.parse(encoded), "join")
        if fields.optional("formerly") != nil {
            ground = .formerly(
                try fields.id("formerly"), try outer.signature("former_signature"))
        } else if let enrolment = envelope.slice("enrolment") {
            ground = .enrolment(try Self.answer(enrolment))
        } else {
            ground = .invite(try fields.id("invite"))
        }
        key = try fields.require("key") { $0.string.flatMap { PublicKey(hex: $0) } }
        space = try fields.id("space")
        token = try fields.hash("token")
        bytes = join
        signature = try outer.signature("signature")
    }

    private static func answer(_ bytes: [UInt8]) throws(MessageFault) -> JoinAnswer {
        do { return try JoinAnswer(encoded: bytes) } catch {
            throw MessageFault("join", "enrolment", isMissing: false)
        }
    }

    public var isSigned: Bool { key.verifies(signature, .join, bytes) }

    /// Whether the old key vouches for the new one; true where no old key is spoken of.
    public func isSigned(byFormer former: PublicKey) -> Bool {
        guard case .formerly(let id, let signature) = ground else { return true }
        return former.deviceID == id && former.verifies(signature, .join, bytes)
    }

    public var encoded: [UInt8] {
        var out: [UInt8] = [UInt8(ascii: "{")]
        switch ground {
        case .invite: break
        case .enrolment(let answer):
            out += #""enrolment":"#.utf8
            out += answer.encoded
            out.append(UInt8(ascii: ","))
        case .formerly(_, let signature):
            out += #""former_signature":"\#(signature.hex)","#.utf8
        }
        out += #""join":"#.utf8
        out += bytes
        out += #","signature":"\#(signature.hex)"}"#.utf8
        return out
    }
}

/// The hub's answer to a join: its batch that enrols the device, and the receipt of it.
public struct JoinAnswer: Sendable {
    public let batch: SealedBatch
    public let receipt: Receipt

    public init(batch: SealedBatch, receipt: Receipt) {
        self.batch = batch
        self.receipt = receipt
    }

    public init(encoded: [UInt8]) throws {
        let envelope = try Envelope(encoded)
        batch = try SealedBatch(envelope: encoded)
        receipt = try Receipt(envelope.value("receipt"))
    }

    public var encoded: [UInt8] {
        Array(#"{"batch":"#.utf8) + batch.bytes + Array(#","receipt":"#.utf8) + receipt.encoded
            + Array(#","signature":"\#(batch.signature.hex)"}"#.utf8)
    }

    /// What the hub wrote of a device when it enrolled it.
    public struct Enrolled: Sendable, Equatable {
        public let name: String
        public let role: String
        /// The device that this one came out of; nil for most.
        public let formerly: DeviceID?
        /// As the journal has it.
        public let ancestry: String?
    }

    /// Checks that the pinned hub enrolled this key, in this space, in its journal.
    ///
    /// - Returns: the name and role that the operator chose.
    /// - Throws: `JoinFault`.
    public func verify(
        key: PublicKey, hub: HubIdentity
    ) throws(JoinFault) -> Enrolled {
        guard hub.wrote(batch, at: receipt.leaf.position) else { throw .notTheHubs }
        do { try receipt.verify(batch: batch, hub: hub) } catch { throw .receipt(error) }
        let enrolled = RecordKey(HubCollection.devices, key.deviceID)
        for index in 0..<batch.count where batch.key(index) == enrolled {
            guard let change = try? batch.change(index) else { continue }
            let fields = Dictionary(
                change.set.map { ($0.name, $0.value.value.text) }, uniquingKeysWith: { $1 })
            if fields["key"] == key.hex, let name = fields["name"] ?? nil,
                let role = fields["role"] ?? nil
            {
                let formerly = (fields["formerly"] ?? nil).flatMap { DeviceID(hex: $0) }
                return Enrolled(
                    name: name, role: role, formerly: formerly,
                    ancestry: fields["ancestry"] ?? nil)
            }
        }
        throw .notEnrolled
    }
}

/// Why an answer to a join does not count.
public enum JoinFault: Error, Sendable, Equatable {
    case notTheHubs, notEnrolled
    case receipt(ReceiptFault)
}
