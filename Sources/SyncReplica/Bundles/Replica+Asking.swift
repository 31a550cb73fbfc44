import SyncCore
public import SyncProtocol
import SyncStore

// A join without a network: the request travels in a bundle, and so does its answer.

extension Replica {
    /// Takes an invite without reaching the hub. What the invite pins counts from now on, so that
    /// the device can seal for that space; `finishJoin` completes it.
    ///
    /// Safe to repeat, also with a newer invite to the same hub and space.
    ///
    /// - Throws: `ReplicaFault.joinedElsewhere` if the device was enrolled in, or has sealed for,
    ///   another space; `StoreError`.
    public func ask(_ invite: Invite) throws {
        _ = try beginJoin(invite)
        try updateKeyFile { $0.invite = invite.text }
        try file.write { store in
            let meta = MetaTable(store)
            // An enrolled device goes on as it is until the answer is there.
            guard try meta.text(ReplicaKey.role) == nil else { return }
            try meta.set(ReplicaKey.hubURL, .text(invite.url))
            try Self.pin(invite.identity, meta)
            try meta.set(ReplicaKey.tls, (invite.tls?.bytes).map { .blob($0) })
        }
    }

    /// Whether the hub has enrolled this device, as far as the device knows.
    public func isEnrolled() throws -> Bool {
        try file.read { try MetaTable($0).text(ReplicaKey.role) != nil }
    }

    /// Whether the device cannot change to another space: it is enrolled, or has sealed for one.
    func isBound() throws -> Bool {
        try file.read { store in
            try MetaTable(store).text(ReplicaKey.role) != nil
                || BatchTable(store).lastNumber() > 0
        }
    }
}
