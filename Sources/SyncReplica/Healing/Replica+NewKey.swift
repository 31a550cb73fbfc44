public import SyncCore
public import SyncProtocol
import SyncStore

// A new key for a copy. Source: Protocol/README.md §10.

extension Replica {
    /// Makes the request that enrols this file under a new key. Key and token are on disk before
    /// it is returned; every process that uses the file gets the same.
    public func beginNewKey() throws -> JoinRequest {
        guard let membership = try membership() else { throw ReplicaFault.notJoined }
        let old = try signingKey()
        let seed = environment.randomBytes(SigningKey.seedByteCount)
        let token = newToken()
        // The file's write lock keeps two processes from making two keys.
        let next = try file.write { store in
            try Self.check(old, store)
            return try nextKey(ifNone: .init(seed: seed, token: token))
        }
        guard let key = SigningKey(seed: next.seed) else {
            preconditionFailure("32 bytes are a key")
        }
        return JoinRequest(
            former: old, space: membership.hub.space, token: .sha256(Array(next.token.utf8)),
            key: key)
    }

    /// Checks the hub's answer and, if it counts, goes on as the new device: what was sealed and
    /// not receipted is pending again, and is authored anew once the old batches were looked
    /// through.
    ///
    /// Safe to repeat, and to come late: an answer that nobody waits for any more changes nothing.
    ///
    /// - Returns: the name that the hub gave it.
    /// - Throws: `JoinFault`; nothing is changed then.
    public func finishNewKey(_ answer: JoinAnswer, for key: PublicKey) throws -> String {
        guard let membership = try membership() else { throw ReplicaFault.notJoined }
        let enrolled = try answer.verify(key: key, hub: membership.hub)
        try file.write { store in
            let meta = MetaTable(store)
            // Another process may have asked with the same key: it goes by that key already, or has
            // gone on from there.
            guard try meta.blob(ReplicaKey.publicKey) != key.bytes, try isAwaited(key) else {
                return
            }
            try IdentityTable(store).leave(try Self.deviceID(store))
            try meta.set(ReplicaKey.publicKey, .blob(key.bytes))
            try meta.set(ReplicaKey.lastReceipted, nil)
            try meta.set(ReplicaKey.name, .text(enrolled.name))
            try meta.set(ReplicaKey.role, .text(enrolled.role))
            try meta.set(ReplicaKey.newName, .text(enrolled.name))
            try meta.set(ReplicaKey.enrolment, .blob(answer.encoded))
            try store.run("DELETE FROM asked")
        }
        try promoteKey()
        return enrolled.name
    }

    /// Makes a new key for a file whose key is lost. What waits here is authored anew under it;
    /// whether the hub has some of that already cannot be asked for without the old key.
    ///
    /// Safe to repeat after a crash: the file goes by the new key first.
    ///
    /// - Throws: `ReplicaFault.keyPresent` if the file has its key; `joinedElsewhere` if it belongs
    ///   to another hub than the invite's.
    public func takeOver(for invite: Invite) throws {
        let keyPath = KeyFile.path(forReplica: path)
        guard try KeyFile.read(keyPath) == nil else { throw ReplicaFault.keyPresent(path: keyPath) }
        if let present = try membership(), !present.isOf(invite) {
            throw ReplicaFault.joinedElsewhere
        }
        guard let key = SigningKey(seed: environment.randomBytes(SigningKey.seedByteCount)) else {
            preconditionFailure("32 bytes are a key")
        }
        let now = environment.nowMilliseconds()
        try file.write { store in
            let meta = MetaTable(store)
            let identities = IdentityTable(store)
            try identities.leave(try Self.deviceID(store))
            try meta.set(ReplicaKey.publicKey, .blob(key.publicKey.bytes))
            for key in [ReplicaKey.lastReceipted, ReplicaKey.enrolment] {
                try meta.set(key, nil)
            }
            try store.run("DELETE FROM asked")
            let searches = try identities.open().map { open in
                FormerSearch(unsearched: open.device, lastReceipted: open.lastReceipted)
            }
            for search in searches {
                try identities.setShared(search.shared, of: search.device)
            }
            var pass = try ReauthorPass(store, searches: searches, now: now)
            pass.isProven = false
            try pass.run()
        }
        let made = KeyFile(key: key)
        try made.write(to: keyPath)
        take(made)
    }

    /// Former identities whose batches are still to be looked through.
    public func openIdentities() throws -> [FormerSearch] {
        try file.read { store in
            try IdentityTable(store).open().map { open in
                FormerSearch(device: open.device, from: open.lastReceipted)
            }
        }
    }

    /// The chain hash of a batch of a former identity.
    public func formerHash(_ device: DeviceID, _ number: Int64) throws -> Hash256? {
        try file.read { try IdentityTable($0).hash(of: device, number: number) }
    }

    /// Drops what the old identities delivered already and authors the rest anew.
    public func reauthor(_ searches: [FormerSearch]) throws {
        let now = environment.nowMilliseconds()
        try file.write { store in
            let identities = IdentityTable(store)
            let open = try identities.open().map(\.device)
            guard open == searches.map(\.device) else { return }
            for search in searches {
                try identities.setShared(search.shared, of: search.device)
            }
            var pass = try ReauthorPass(store, searches: searches, now: now)
            try pass.run()
        }
    }
}
