import SyncCore
public import SyncProtocol
package import SyncStore

// The hub's key, and the one that takes its place: Protocol/README.md §16.

extension SQLHubStore {
    /// What came of a replacement.
    package struct KeyReplacement: Sendable {
        package let before: PublicKey
        package let now: PublicKey
        /// Of the batch that tells of it.
        package let position: Int64

        package init(before: PublicKey, now: PublicKey, position: Int64) {
            (self.before, self.now, self.position) = (before, now, position)
        }
    }

    public var signingKey: SigningKey { ring.latest }

    /// The key that signs now, whether the hub is here or moves.
    func openingKey() throws -> SigningKey { try unguarded.read { try ring.current($0) } }

    /// The key that signs what a copy of this store is to say.
    package func key(of copy: StoreConnection) throws -> SigningKey { try ring.current(copy) }

    /// Who this hub is, with all its keys; nil before its space is made.
    func identity(_ store: StoreConnection) throws -> HubIdentity? {
        try MetaTable(store).hubIdentity()
    }

    /// The hub's device id: that of its first key.
    func hub(_ store: StoreConnection) throws -> DeviceID {
        try identity(store)?.hub ?? ring.latest.publicKey.deviceID
    }

    /// How the key came to be the present one.
    public func succession() throws -> KeySuccession {
        try file.read { try identity($0)?.succession ?? .none }
    }

    /// Puts another key in the place of the present one, which names it and signs for it, in a
    /// batch of the hub's own. Devices, followers and auditors go on by themselves.
    ///
    /// - Parameter next: the key; nil makes a new one.
    /// - Throws: `KeyReplacementFault`, `StoreError`.
    package func replaceKey(with next: SigningKey? = nil) throws -> KeyReplacement {
        let next = next ?? SigningKey(seed: environment.randomBytes(SigningKey.seedByteCount))!
        let done = try file.write { store in
            let key = try ring.current(store)
            // Its own last step may have failed: then it lies where the next one goes.
            try ring.settle(key)
            guard let hub = try identity(store) else {
                throw StoreError(.notAReplica, path: file.path, detail: "no space")
            }
            guard !hub.has(next.publicKey) else { throw KeyReplacementFault.used }
            guard hub.succession.handovers.count < KeySuccession.limit else {
                throw KeyReplacementFault.tooMany
            }
            let position = try JournalTable(store).size() + 1
            let handover = HubKeyHandover(
                from: key, to: next, hub: hub.hub, size: position, space: hub.space,
                time: environment.nowMilliseconds())
            try take(next, hub.succession.appending(handover), in: store, signing: key)
            try ring.prepare(next, store)
            return KeyReplacement(
                before: key.publicKey, now: next.publicKey, position: position)
        }
        settleKey()
        return done
    }

    /// The last step of a replacement, which is done without it: where this fails, the next
    /// opening of the hub takes it again. In a transaction, as another replacement may run.
    func settleKey() {
        try? unguarded.write { try ring.settle(ring.current($0)) }
    }

    /// Goes on with a key that the hub took in a time which this database does not know: it was put
    /// back to before it. Devices have heard of just this succession.
    ///
    /// - Returns: false if the succession does not go on from the key that is here.
    @discardableResult
    package func follow(_ key: SigningKey, _ succession: KeySuccession) throws -> Bool {
        guard succession.keys.last == key.publicKey else { return false }
        let isBehind = try unguarded.write { store in
            guard let hub = try identity(store), hub.key != key.publicKey,
                succession.keys.starts(with: hub.succession.keys), succession.keys.contains(hub.key)
            else { return false }
            try take(key, succession, in: store, signing: key)
            try ring.prepare(key, store)
            return true
        }
        if isBehind { settleKey() }
        return isBehind
    }

    /// Writes into the log, and wherever the file says it, that a key is the hub's.
    ///
    /// - Parameter signer: signs the batch.
    private func take(
        _ next: SigningKey, _ succession: KeySuccession, in store: StoreConnection,
        signing signer: SigningKey
    ) throws {
        let meta = MetaTable(store)
        guard let hub = try identity(store) else { return }
        let text = String(decoding: succession.encoded, as: UTF8.self)
        let edit = Edit(
            RecordKey(HubCollection.devices, hub.hub),
            .set(["key": .text(next.publicKey.hex), "succession": .text(text)]))
        _ = try act([edit], store, signing: signer)
        let desk = try access(meta)
        try meta.set(HubKey.publicKey, .blob(next.publicKey.bytes))
        try meta.set(HubKey.succession, .text(text))
        // What the old key sealed is nobody's any more.
        try AccessSeal.sealAgain(store, next, sealedBy: hub.key)
        try meta.set(HubKey.desk, .text(desk.sealed(by: next)))
    }
}

/// Why a hub's key was not replaced.
public enum KeyReplacementFault: Error, Sendable, Equatable {
    /// The hub has that key, or had it.
    case used
    /// As many as one record can tell of.
    case tooMany
}
