// A follower's word for what it followed.
//
// Problem: a hub can show one log to its devices and another to an auditor.
// Idea: who ruled every batch again signs the hub's own note beside the hub. Who knows the
// follower's key from elsewhere then knows that both were shown the same log.
// Source: c2sp.org/tlog-cosignature; Protocol/README.md §15.

import SyncClient
import SyncCore
public import SyncProtocol
import SyncStore

extension HubFollower {
    enum Cosigning {
        case cosigned
        /// The hub serves no note.
        case notServed
        /// This follower vouched for another log of this epoch before.
        case contradicted
        /// The hub's note is of another size than what was followed.
        case atAnotherSize
    }

    static let cosigningAttempts = 3

    /// The note that this follower cosigned last, with the hub's signature and its own.
    public var checkpointPath: String { folder + "/checkpoint" }

    /// What an auditor needs to know of this follower to count its cosignatures.
    public var witness: Witness { Witness(file.key.publicKey) }

    /// Adds this follower's word to the hub's newest checkpoint, if that is the head that was
    /// followed: every batch up to it was ruled again, and it extends what was cosigned before.
    ///
    /// - Throws: `ForeignAnswer` for a note that the hub did not sign or that contradicts what was
    ///   followed, `TransportFault`, `WireError`, `StoreError`.
    func cosign() async throws -> Cosigning {
        guard let signed = try store.head(), let note = try await calls.checkpoint() else {
            return .notServed
        }
        let head = signed.head
        guard let checkpoint = store.hub.note(note) else {
            throw ForeignAnswer(.notSigned, status: 200, detail: "checkpoint")
        }
        guard checkpoint == CheckpointNote(head) else {
            guard checkpoint.size != head.size else {
                // Two roots of one size, both signed by the hub: kept for whoever judges.
                let path = folder + "/evidence-\(head.size)-note.txt"
                try SecretFile.write(Array(note.utf8), to: path)
                throw ForeignAnswer(.notSigned, status: 200, detail: path)
            }
            return .atAnotherSize
        }
        guard try mayVouch(for: signed) else { return .contradicted }
        // Lines of others are not this follower's to hand on.
        let own = CheckpointNote.ownPart(of: note)
        let seconds = environment.nowMilliseconds() / 1_000
        let cosigned = Witness.cosign(own, of: checkpoint, by: file.key, at: seconds)
        try SecretFile.write(Array(cosigned.utf8), to: checkpointPath)
        return .cosigned
    }

    /// The largest head that was cosigned, which a history that is followed anew must extend, unless
    /// it is of another epoch: never two logs of one epoch under one witness's name.
    private func mayVouch(for signed: SignedHead) throws -> Bool {
        let path = folder + "/cosigned.json"
        if let bytes = try SecretFile.read(path), let last = try? SignedHead(encoded: bytes).head,
            last.epoch == signed.head.epoch
        {
            guard last.size <= signed.head.size, try store.root(at: last.size) == last.root else {
                return false
            }
        }
        try SecretFile.write(signed.encoded, to: path)
        return true
    }
}
