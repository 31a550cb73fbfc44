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

        /// Whether an invite is of the same hub and space: also one made before or after the hub
        /// took another key, as far as the device has heard of that.
        public func isOf(_ invite: Invite) -> Bool {
            hub.space == invite.space && hub.has(invite.hub)
        }
    }

    /// Nil before the device has joined.
    public func membership() throws -> Membership? {
        try file.read { store in
            let meta = MetaTable(store)
            guard let url = try meta.text(ReplicaKey.hubURL), let hub = try meta.pinnedHub()
            else { return nil }
            let tls = try meta.blob(ReplicaKey.tls).flatMap { Hash256(bytes: $0) }
            return Membership(hub: hub, url: url, tls: tls)
        }
    }

    /// Makes the request that enrols this device. The token is stored before it is returned, so
    /// that a lost answer can be asked for again.
    ///
    /// - Throws: `ReplicaFault.joinedElsewhere` if the device belongs to another space or hub.
    public func beginJoin(_ invite: Invite) throws -> JoinRequest {
        if let present = try membership(), !present.isOf(invite), try isBound() {
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
    /// - Parameter succession: of the hub's keys, where the invite's is not the only one.
    /// - Returns: false if the device was in already, and nothing has changed.
    /// - Throws: `JoinFault`; nothing is stored then.
    @discardableResult
    public func finishJoin(
        _ answer: JoinAnswer, invite: Invite, succession: KeySuccession = .none
    ) throws -> Bool {
        let key = try signingKey().publicKey
        // A device that was in already may know more than the invite.
        let known = try membership().flatMap { $0.isOf(invite) ? $0.hub : nil } ?? invite.identity
        let hub = known.learning(succession)
        let enrolled = try answer.verify(key: key, hub: hub)
        let isNew = try file.write { store in
            let meta = MetaTable(store)
            let before = try meta.blob(ReplicaKey.enrolment)
                .flatMap { try? JoinAnswer(encoded: $0) }
            try meta.set(ReplicaKey.hubURL, .text(invite.url))
            try Self.pin(hub, meta)
            try meta.set(ReplicaKey.tls, (invite.tls?.bytes).map { .blob($0) })
            // Where it was before is what the invite's maker no longer stands for.
            for key in [ReplicaKey.formerURL, ReplicaKey.formerTLS] { try meta.set(key, nil) }
            try Self.widenWay(meta)
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
