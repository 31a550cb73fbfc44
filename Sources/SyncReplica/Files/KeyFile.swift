import SyncCore
public import SyncProtocol
import SyncStore

/// The secrets of a device, beside its replica: `NAME.key` for `NAME.sqlite`, mode 0600.
///
/// `{"former":[{"seed":…,"token":…},…],"invite":"fsi1_…","next":{"seed":…,"token":…},
/// "seed":"64 hex","token":"…"}`; the token is there once the device has begun to join, the invite
/// while a join that travels in a bundle has no answer, `next` while a copy takes a new key,
/// `former` if it has taken one: an older copy of the replica may be put back beside this file.
public struct KeyFile: Sendable {
    /// A key and the token that goes with it.
    struct Pair: Sendable, Equatable {
        let seed: [UInt8]
        let token: String
    }

    /// Former keys that are kept: more new keys than a device can take in two days.
    private static let formerLimit = 16

    public private(set) var key: SigningKey
    /// The bearer token.
    public var token: String?
    /// The line of an invite that was taken without reaching the hub.
    public var invite: String?
    /// What a copy asked the hub to be enrolled with.
    var next: Pair?
    /// Keys before this one, the newest first.
    private(set) var former: [Pair] = []

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

    /// Whether no hub was ever asked with it.
    var isNew: Bool { token == nil && invite == nil && next == nil && former.isEmpty }

    /// Makes the key of a public one the present key; the one before becomes a former one.
    ///
    /// - Returns: false if no such key is here.
    mutating func promote(_ publicKey: [UInt8]) -> Bool {
        if key.publicKey.bytes == publicKey { return true }
        let candidates = [next].compactMap(\.self) + former
        for pair in candidates {
            guard let found = SigningKey(seed: pair.seed), found.publicKey.bytes == publicKey else {
                continue
            }
            former.removeAll { $0 == pair }
            former.insert(Pair(seed: key.seed, token: token ?? ""), at: 0)
            former = Array(former.prefix(Self.formerLimit))
            if next == pair { next = nil }
            key = found
            token = pair.token.isEmpty ? nil : pair.token
            return true
        }
        return false
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
        var file = KeyFile(key: key, token: json["token"]?.string, invite: json["invite"]?.string)
        file.next = pair(json["next"])
        file.former = (json["former"]?.array ?? []).compactMap(pair)
        return file
    }

    private static func pair(_ json: JSONValue?) -> Pair? {
        guard let seed = json?["seed"]?.string.flatMap({ Hex.bytes($0) }),
            let token = json?["token"]?.string
        else { return nil }
        return Pair(seed: seed, token: token)
    }

    public func write(to path: String) throws {
        var object: [String: JSONValue] = ["seed": .string(Hex.text(key.seed))]
        if let token { object["token"] = .string(token) }
        if let invite { object["invite"] = .string(invite) }
        func json(_ pair: Pair) -> JSONValue {
            ["seed": .string(Hex.text(pair.seed)), "token": .string(pair.token)]
        }
        if let next { object["next"] = json(next) }
        if !former.isEmpty { object["former"] = .array(former.map(json)) }
        try SecretFile.write(CanonicalJSON.bytes(.object(object)), to: path)
    }
}
