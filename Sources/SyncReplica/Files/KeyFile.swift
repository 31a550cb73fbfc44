import SyncCore
public import SyncProtocol
import SyncStore

/// The secrets of a device, beside its replica: `NAME.key` for `NAME.sqlite`, mode 0600.
///
/// `{"invite":"fsi1_…","seed":"64 hex","token":"…"}`; the token is there once the device has begun
/// to join, the invite while a join that travels in a bundle has no answer.
public struct KeyFile: Sendable {
    public let key: SigningKey
    /// The bearer token.
    public var token: String?
    /// The line of an invite that was taken without reaching the hub.
    public var invite: String?

    public init(key: SigningKey, token: String? = nil, invite: String? = nil) {
        self.key = key
        self.token = token
        self.invite = invite
    }

    /// `/a/b.sqlite` → `/a/b.key`; a path without an ending just gets one.
    public static func path(forReplica path: String) -> String {
        let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else {
            return path + ".key"
        }
        return path[..<dot] + ".key"
    }

    /// Nil if there is no key file.
    ///
    /// - Throws: `StoreError`; `notAReplica` if the file holds something else.
    public static func read(_ path: String) throws -> KeyFile? {
        guard let bytes = try SecretFile.read(path) else { return nil }
        guard let json = try? JSONParser.parse(bytes),
            let seed = json["seed"]?.string.flatMap({ Hex.bytes($0) }),
            let key = SigningKey(seed: seed)
        else { throw StoreError(.notAReplica, path: path, detail: "key file") }
        return KeyFile(key: key, token: json["token"]?.string, invite: json["invite"]?.string)
    }

    public func write(to path: String) throws {
        var object: [String: JSONValue] = ["seed": .string(Hex.text(key.seed))]
        if let token { object["token"] = .string(token) }
        if let invite { object["invite"] = .string(invite) }
        try SecretFile.write(CanonicalJSON.bytes(.object(object)), to: path)
    }
}
