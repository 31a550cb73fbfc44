import SyncCore
package import SyncProtocol
package import SyncStore
import Synchronization

/// Where a hub's secret key lies: a file in its folder, a row of its database.
package protocol HubKeyPlace: Sendable {
    /// The secret of a public key; nil if it is not there. Changes nothing.
    func key(of publicKey: PublicKey, _ store: StoreConnection) throws -> SigningKey?
    /// Keeps a key that is about to take the present one's place, within the transaction that
    /// makes it so. Until the commit both are there.
    func prepare(_ key: SigningKey, _ store: StoreConnection) throws
    /// The commit is done: only the new key need be kept.
    func settle(_ key: SigningKey) throws
}

/// The key that a hub signs with, and who it is by that. Another process may replace it: every
/// transaction looks which one is the present one.
final class HubKeyRing: Sendable {
    private struct State {
        var latest: SigningKey
        var seen: [PublicKey: SigningKey]
    }

    private let state: Mutex<State>
    private let place: (any HubKeyPlace)?

    /// - Parameter place: nil for a key that cannot be replaced.
    init(_ key: SigningKey, place: (any HubKeyPlace)?) {
        state = Mutex(State(latest: key, seen: [key.publicKey: key]))
        self.place = place
    }

    /// The newest key that a transaction has met.
    var latest: SigningKey { state.withLock { $0.latest } }

    /// The key that signs what this transaction sees: one that began before a replacement goes on
    /// with the key of its time.
    ///
    /// - Throws: `WireError` (hub not ready) if the secret of the log's key is not here.
    @discardableResult
    func current(_ store: StoreConnection) throws -> SigningKey {
        let held = latest
        guard let bytes = try MetaTable(store).blob(HubKey.publicKey),
            bytes != held.publicKey.bytes
        else { return held }
        guard let publicKey = PublicKey(bytes: bytes) else { throw WireError.keyMissing }
        if let known = state.withLock({ $0.seen[publicKey] }) { return known }
        guard let found = try place?.key(of: publicKey, store) else { throw WireError.keyMissing }
        take(found)
        return found
    }

    /// - Throws: `WireError` (hub not ready) for a key that cannot be replaced.
    func prepare(_ key: SigningKey, _ store: StoreConnection) throws {
        guard let place else { throw WireError.keyMissing }
        try place.prepare(key, store)
    }

    func settle(_ key: SigningKey) throws {
        take(key)
        try place?.settle(key)
    }

    private func take(_ key: SigningKey) {
        state.withLock {
            $0.seen[key.publicKey] = key
            $0.latest = key
        }
    }
}

extension WireError {
    static let keyMissing = WireError(
        .hubNotReady, message: "the hub's key is not the one that its log names",
        mend: "nothing is lost: ask the operator; sync-hub doctor says more")
}
