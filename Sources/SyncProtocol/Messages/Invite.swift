public import SyncCore

/// What an operator hands to a device, in one line of text. Source: Protocol/README.md §8.2.
public struct Invite: Sendable, Equatable {
    /// Milliseconds since 1970.
    public let expires: Int64
    public let hub: PublicKey
    /// Known to the hub by its hash; works once.
    public let secret: ID128
    public let space: SpaceID
    /// SHA-256 of the certificate's SubjectPublicKeyInfo; nil without TLS.
    public let tls: Hash256?
    public let url: String

    private static let prefix = "fsi1_"
    private static let checksumBytes = 4

    public init(
        expires: Int64, hub: PublicKey, secret: ID128, space: SpaceID, tls: Hash256?, url: String
    ) {
        self.expires = expires
        self.hub = hub
        self.secret = secret
        self.space = space
        self.tls = tls
        self.url = url
    }

    public var identity: HubIdentity { HubIdentity(key: hub, space: space) }

    /// The one line.
    public var text: String {
        var object: [String: JSONValue] = [
            "expires": JSONValue(expires), "hub": .string(hub.hex),
            "secret": .string(secret.hex), "space": .string(space.hex), "url": .string(url),
        ]
        if let tls { object["tls"] = .string(tls.hex) }
        let json = CanonicalJSON.bytes(.object(object))
        return Self.prefix + Base64URL.text(json + Self.checksum(json))
    }

    /// Reads the line, with white space around it or inside it (mail programs fold lines).
    ///
    /// - Throws: `InviteFault`.
    public init(text: String) throws(InviteFault) {
        let line = String(text.unicodeScalars.filter { !$0.properties.isWhitespace })
        guard line.hasPrefix(Self.prefix) else { throw .notAnInvite }
        let payload = line.dropFirst(Self.prefix.count)
        guard let bytes = Base64URL.bytes(payload), bytes.count > Self.checksumBytes else {
            throw .damaged
        }
        let json = Array(bytes.dropLast(Self.checksumBytes))
        guard Array(bytes.suffix(Self.checksumBytes)) == Self.checksum(json) else {
            throw .damaged
        }
        do {
            let tree = try JSONParser.parse(json)
            guard CanonicalJSON.bytes(tree) == json else { throw InviteFault.damaged }
            let fields = try MessageFields(tree, "invite")
            let tls = fields.optional("tls")
            let isPlain = try fields.text("url").hasPrefix("http://")
            guard try isPlain || fields.text("url").hasPrefix("https://"),
                try !fields.text("url").hasSuffix("/"), !isPlain || tls == nil
            else { throw InviteFault.damaged }
            self.init(
                expires: try fields.integer("expires"),
                hub: try fields.require("hub") { $0.string.flatMap { PublicKey(hex: $0) } },
                secret: try fields.id("secret"), space: try fields.id("space"),
                tls: tls == nil ? nil : try fields.hash("tls"), url: try fields.text("url"))
        } catch {
            throw .damaged
        }
    }

    private static func checksum(_ json: [UInt8]) -> [UInt8] {
        Array(Hash256.sha256(json).bytes.prefix(checksumBytes))
    }
}

/// Why a text is not an invite.
public enum InviteFault: String, Error, Sendable {
    /// It does not begin as invites do.
    case notAnInvite
    /// It was cut short or mistyped: the checksum does not fit.
    case damaged
}
