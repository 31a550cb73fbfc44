import SyncCore
import SyncProtocol
import SyncReplica
import TestSupport
import Testing

@testable import SyncHub

extension SimulatedWorld {
    /// What must be true when everything has been said.
    func checkLaws() throws {
        try everyoneIsEqual()
        try hub.expectWholeJournal(seed: seed)
        try nothingIsLostUnlisted()
    }

    /// All replicas and the hub hold the same bytes, and nothing is pending.
    private func everyoneIsEqual() throws {
        let status = try hub.store.status()
        var first: [RecordKey: [UInt8]]?
        for device in devices {
            let own = try device.replica.status()
            #expect(own.pending == 0, "seed \(seed): \(device.name) has pending changes")
            #expect(try device.replica.digestRoot() == status.digest, "seed \(seed): digest")
            let states = try device.states()
            if let first { #expect(states == first, "seed \(seed): states differ") }
            first = first ?? states
            var sums = DigestSums()
            for (key, bytes) in states { sums.add(MessageKind.record.hash(bytes), for: key) }
            #expect(sums.root == status.digest, "seed \(seed): kept digest is not the true one")
        }
    }

    /// A write that is not current was seen by who overwrote it, was its author's to replace, said
    /// the same, or is listed.
    private func nothingIsLostUnlisted() throws {
        let listed = try devices[0].replica.conflicts().map(\.conflict)
        let effective = try effectiveStamps()
        for write in writes {
            let current = try devices[0].replica.record(write.key)?.state[write.field]
            if current?.value == write.value { continue }
            let stamps: Set<Stamp> = [write.claimed, effective[write.claimed] ?? write.claimed]
            let stamp = effective[write.claimed] ?? write.claimed
            // It lost to the same words, whoever said them first; what became of those is a
            // question of their own.
            let isSaid = writes.contains { other in
                other.key == write.key && other.field == write.field && other.value == write.value
                    && effective[other.claimed] ?? other.claimed > stamp
            }
            let isKnown = writes.contains { later in
                later.order > write.order && later.key == write.key && later.field == write.field
                    && (later.device == write.device || later.value == write.value
                        || later.was.map { stamps.contains($0) } ?? false)
            }
            let isListed = listed.contains { conflict in
                conflict.record == write.key && conflict.field == write.field
                    && (conflict.lost.value == write.value || conflict.kept.value == write.value)
            }
            #expect(
                isKnown || isSaid || isListed,
                "seed \(seed): \(write.field) of \(write.key.id) by \(write.device) was lost")
        }
    }

    private func effectiveStamps() throws -> [Stamp: Stamp] {
        var effective: [Stamp: Stamp] = [:]
        for (batch, leaf) in try hub.journal() {
            for restamp in leaf.verdict.effective {
                let claimed = Stamp(time: batch.stamp(restamp.change), device: batch.device)
                effective[claimed] = Stamp(time: restamp.stamp, device: batch.device)
            }
        }
        return effective
    }
}
