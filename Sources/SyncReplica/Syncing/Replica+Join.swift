public import SyncCore
public import SyncProtocol
import SyncStore

extension Replica {
    /// 128 bits cannot be guessed; more would only make every request longer.
    private static let tokenBytes = 16

    /// Where a joined device finds its hub, and what it pinned of it.
    public struct Membership: Sendable, Equatable {
        public let hub: HubIdentity
        public let url: String
        /// SHA-256 of the certificate's SubjectPublicKeyInfo; nil without TLS.
        public let tls: Hash256?
    }

    /// Nil before the device has joined.
    public func membership() throws -> Membership? {
        try file.read { store in
            let meta = MetaTable(store)
            guard let url = try meta.text(ReplicaKey.hubURL),
                let key = try meta.blob(ReplicaKey.hubKey).flatMap({ PublicKey(bytes: $0) }),
                let space = try meta.blob(ReplicaKey.space).flatMap({ SpaceID(bytes: $0) })
            else { return nil }
            let tls = try meta.blob(ReplicaKey.tls).flatMap { Hash256(bytes: $0) }
            return Membership(hub: HubIdentity(key: key, space: space), url: url, tls: tls)
        }
    }

    /// Makes the request that enrols this device. The token is stored before it is returned, so
    /// that a lost answer can be asked for again.
    ///
    /// - Throws: `ReplicaFault.joinedElsewhere` if the device belongs to another space or hub.
    public func beginJoin(_ invite: Invite) throws -> JoinRequest {
        if let present = try membership(), present.hub != invite.identity, try isBound() {
            throw ReplicaFault.joinedElsewhere
        }
        let key = try signingKey()
        let token: String
        if let stored = self.token {
            token = stored
        } else {
            token = newToken()
            try updateKeyFile { $0.token = token }
        }
        return JoinRequest(
            invite: invite, token: .sha256(Array(token.utf8)), key: key)
    }

    func newToken() -> String { Base64URL.text(environment.randomBytes(Self.tokenBytes)) }

    /// Checks the hub's answer and, if it counts, stores the membership.
    ///
    /// - Returns: false if the device was in already, and nothing has changed.
    /// - Throws: `JoinFault`; nothing is stored then.
    @discardableResult
    public func finishJoin(_ answer: JoinAnswer, invite: Invite) throws -> Bool {
        let key = try signingKey().publicKey
        let enrolled = try answer.verify(key: key, hub: invite.identity)
        let isNew = try file.write { store in
            let meta = MetaTable(store)
            let before = try meta.blob(ReplicaKey.enrolment)
                .flatMap { try? JoinAnswer(encoded: $0) }
            try meta.set(ReplicaKey.hubURL, .text(invite.url))
            try meta.set(ReplicaKey.hubKey, .blob(invite.hub.bytes))
            try meta.set(ReplicaKey.space, .blob(invite.space.bytes))
            try meta.set(ReplicaKey.tls, (invite.tls?.bytes).map { .blob($0) })
            try meta.set(ReplicaKey.name, .text(enrolled.name))
            try meta.set(ReplicaKey.role, .text(enrolled.role))
            try meta.set(ReplicaKey.enrolment, .blob(answer.encoded))
            // What the first pull must extend; later pages bring later heads.
            if try meta.blob(ReplicaKey.head) == nil {
                try meta.set(ReplicaKey.head, .blob(answer.receipt.head.encoded))
            }
            return before?.receipt.leaf != answer.receipt.leaf
        }
        if askedInvite != nil { try updateKeyFile { $0.invite = nil } }
        return isNew
    }
}
