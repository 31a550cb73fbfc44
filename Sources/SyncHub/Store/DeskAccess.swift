package import SyncCore
import SyncProtocol
import SyncStore

/// Who may use the hub's page: links that work once, and sessions. Kept with the hub's settings,
/// sealed by its key, so that nobody who writes into the file can make one. A value that was sealed before can be put
/// back: its sessions end as they would have.
package struct DeskAccess: Sendable, Equatable {
    /// What somebody at the page may do.
    package enum Rights: String, Sendable {
        case viewer
        case `operator`
    }

    /// A link or a session, by the hash of its secret.
    package struct Pass: Sendable, Equatable {
        package let hash: Hash256
        package let rights: Rights
        /// Milliseconds since 1970, as is the next.
        package let made: Int64
        package let expires: Int64

        /// Tells sessions apart where people read of them; it opens nothing.
        package var mark: String { String(hash.hex.prefix(8)) }
    }

    package static let linkMilliseconds: Int64 = 600_000
    package static let sessionMilliseconds: Int64 = 12 * 3_600_000
    /// Old ones go when there are more.
    private static let limit = 64

    package private(set) var links: [Pass] = []
    package private(set) var sessions: [Pass] = []

    package init() {}

    package mutating func addLink(_ secret: ID128, _ rights: Rights, now: Int64) {
        prune(now)
        links.append(
            Pass(
                hash: .sha256(secret.bytes), rights: rights, made: now,
                expires: now + Self.linkMilliseconds))
    }

    /// Uses a link up.
    ///
    /// - Returns: false if there is none, or no longer.
    package mutating func signIn(link: ID128, session: ID128, now: Int64) -> Bool {
        prune(now)
        let hash = Hash256.sha256(link.bytes)
        guard let index = links.firstIndex(where: { $0.hash == hash }) else { return false }
        let rights = links.remove(at: index).rights
        sessions.append(
            Pass(
                hash: .sha256(session.bytes), rights: rights, made: now,
                expires: now + Self.sessionMilliseconds))
        return true
    }

    package func has(link secret: ID128, now: Int64) -> Bool {
        let hash = Hash256.sha256(secret.bytes)
        return links.contains { $0.hash == hash && $0.expires > now }
    }

    package func session(_ secret: ID128, now: Int64) -> Pass? {
        let hash = Hash256.sha256(secret.bytes)
        return sessions.first { $0.hash == hash && $0.expires > now }
    }

    package mutating func signOut(_ hash: Hash256) { sessions.removeAll { $0.hash == hash } }

    package mutating func signOutAll() {
        sessions = []
        links = []
    }

    private mutating func prune(_ now: Int64) {
        links.removeAll { $0.expires <= now }
        sessions.removeAll { $0.expires <= now }
        links = links.suffix(Self.limit)
        sessions = sessions.suffix(Self.limit)
    }

    // MARK: As it is kept

    private var json: JSONValue {
        func list(_ passes: [Pass]) -> JSONValue {
            .array(
                passes.map {
                    [
                        "expires": .number(Double($0.expires)), "hash": .string($0.hash.hex),
                        "made": .number(Double($0.made)), "rights": .string($0.rights.rawValue),
                    ]
                })
        }
        return ["links": list(links), "sessions": list(sessions)]
    }

    func sealed(by key: SigningKey) -> String {
        let content = CanonicalJSON.bytes(json)
        return Hex.text(key.sign(.access, content).bytes) + String(decoding: content, as: UTF8.self)
    }

    /// Nobody, unless the seal is the hub's.
    init(sealed text: String, key: PublicKey) {
        let digits = 128
        let content = Array(text.utf8.dropFirst(digits))
        guard let seal = Signature(hex: String(text.prefix(digits))),
            key.verifies(seal, .access, content), let json = try? JSONParser.parse(content)
        else { return }
        func list(_ name: String) -> [Pass] {
            (json[name]?.array ?? []).compactMap { one in
                guard let hash = one["hash"]?.string.flatMap({ Hash256(hex: $0) }),
                    let rights = one["rights"]?.string.flatMap({ Rights(rawValue: $0) }),
                    let made = one["made"]?.integer, let expires = one["expires"]?.integer
                else { return nil }
                return Pass(
                    hash: hash, rights: rights, made: Int64(made), expires: Int64(expires))
            }
        }
        links = list("links")
        sessions = list("sessions")
    }
}

extension SQLHubStore {
    package func deskAccess() throws -> DeskAccess {
        try file.read { try access(MetaTable($0)) }
    }

    /// Changes who may use the page, one change at a time.
    package func changeDeskAccess<T>(_ body: (inout DeskAccess) throws -> T) throws -> T {
        try file.write { store in
            let meta = MetaTable(store)
            var access = try access(meta)
            let result = try body(&access)
            try meta.set(HubKey.desk, .text(access.sealed(by: ring.current(store))))
            return result
        }
    }

    func access(_ meta: MetaTable) throws -> DeskAccess {
        guard let sealed = try meta.text(HubKey.desk),
            let key = try meta.blob(HubKey.publicKey).flatMap({ PublicKey(bytes: $0) })
        else { return DeskAccess() }
        return DeskAccess(sealed: sealed, key: key)
    }
}
