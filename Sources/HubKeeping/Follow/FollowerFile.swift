import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore

/// What a follower keeps beside its store: its key, its token, and which hub it follows.
///
/// `follower.key`, mode 0600, of the form of a device's key file; the invite names the hub.
struct FollowerFile {
    static let name = HubFolder.followerKeyName

    /// Its address and pin are those of now: the hub may have moved.
    var invite: Invite
    let key: SigningKey
    let token: String

    private static let tokenBytes = 16

    /// Makes a new one.
    init(invite: Invite, environment: Environment) {
        guard let key = SigningKey(seed: environment.randomBytes(SigningKey.seedByteCount)) else {
            preconditionFailure("32 bytes are a key")
        }
        self.invite = invite
        self.key = key
        token = Base64URL.text(environment.randomBytes(Self.tokenBytes))
    }

    /// Nil if there is none.
    ///
    /// - Throws: `StoreError`.
    init?(folder: String) throws {
        let path = folder + "/" + Self.name
        guard let file = try KeyFile.read(path) else { return nil }
        guard let token = file.token,
            let invite = file.invite.flatMap({ try? Invite(text: $0) })
        else { throw StoreError(.notAReplica, path: path, detail: "key file") }
        (self.invite, key, self.token) = (invite, file.key, token)
    }

    func write(to folder: String) throws {
        try KeyFile(key: key, token: token, invite: invite.text)
            .write(to: folder + "/" + Self.name)
    }

    private static let enrolmentName = "follower.enrolment"

    /// The hub's answer to the join: one that was put back to before it takes its own word.
    static func keep(_ answer: JoinAnswer, in folder: String) throws {
        try SecretFile.write(answer.encoded, to: folder + "/" + enrolmentName)
    }

    static func enrolment(in folder: String) throws -> JoinAnswer? {
        try SecretFile.read(folder + "/" + enrolmentName)
            .flatMap { try? JoinAnswer(encoded: $0) }
    }

    var device: DeviceID { key.publicKey.deviceID }

    var joinRequest: JoinRequest {
        JoinRequest(invite: invite, token: .sha256(Array(token.utf8)), key: key)
    }
}
