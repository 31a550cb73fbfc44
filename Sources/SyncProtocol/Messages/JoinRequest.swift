public import SyncCore

/// A device's request to be enrolled. Source: Protocol/README.md §8.2.
public struct JoinRequest: Sendable {
    /// The invite's secret.
    public let invite: ID128
    public let key: PublicKey
    public let space: SpaceID
    /// SHA-256 of the token's ASCII.
    public let token: Hash256
    /// Canonical JSON that the signature covers.
    public let bytes: [UInt8]
    public let signature: Signature

    public init(invite: Invite, token: Hash256, key: SigningKey) {
        self.invite = invite.secret
        self.key = key.publicKey
        self.space = invite.space
        self.token = token
        bytes = CanonicalJSON.bytes([
            "invite": .string(invite.secret.hex), "key": .string(key.publicKey.hex),
            "space": .string(invite.space.hex), "token": .string(token.hex),
        ])
        signature = key.sign(.join, bytes)
    }

    /// Reads a request; `isSigned` says whether the key's holder made it.
    public init(encoded: [UInt8]) throws {
        let envelope = try Envelope(encoded)
        guard let join = envelope.slice("join") else { throw MessageFault("join", "join") }
        if let fault = CanonicalReader.fault(of: join) { throw fault }
        let fields = try MessageFields(JSONParser.parse(join), "join")
        invite = try fields.id("invite")
        key = try fields.require("key") { $0.string.flatMap { PublicKey(hex: $0) } }
        space = try fields.id("space")
        token = try fields.hash("token")
        bytes = join
        let outer = try MessageFields(JSONParser.parse(encoded), "join")
        signature = try outer.signature("signature")
    }

    public var isSigned: Bool { key.verifies(signature, .join, bytes) }

    public var encoded: [UInt8] {
        Array(#"{"join":"#.utf8) + bytes + Array(#","signature":"\#(signature.hex)"}"#.utf8)
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

    /// Checks that the pinned hub enrolled this key, in this space, in its journal.
    ///
    /// - Returns: the name and role that the operator chose.
    /// - Throws: `JoinFault`.
    public func verify(
        key: PublicKey, hub: HubIdentity
    ) throws(JoinFault) -> (name: String, role: String) {
        guard batch.space == hub.space, batch.device == hub.hub,
            hub.key.verifies(batch.signature, .batch, batch.bytes)
        else { throw .notTheHubs }
        do { try receipt.verify(batch: batch, hub: hub) } catch { throw .receipt(error) }
        let enrolled = RecordKey(HubCollection.devices, key.deviceID)
        for index in 0..<batch.count where batch.key(index) == enrolled {
            guard let change = try? batch.change(index) else { continue }
            let fields = Dictionary(
                change.set.map { ($0.name, $0.value.value.text) }, uniquingKeysWith: { $1 })
            if fields["key"] == key.hex, let name = fields["name"] ?? nil,
                let role = fields["role"] ?? nil
            {
                return (name, role)
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
