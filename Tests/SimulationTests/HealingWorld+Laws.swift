import SyncAudit
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncHub

extension HealingWorld {
    /// What must be true when everything has healed.
    ///
    /// - Returns: what the life held.
    func checkLaws() throws -> HealingTally {
        var tally = tally
        try everyoneIsEqual()
        try theAuditorFindsNothing()
        let log = try log()
        try hub.expectWholeJournal(seed: seed)
        try nothingTwice(log)
        let families = try families()
        try nothingIsLostUnlisted(log, families)
        (tally.conflicts, tally.falseConflicts) = try falseConflicts(log, families)
        if tally.hubRestores == 0 {
            #expect(tally.falseConflicts == 0, "seed \(seed): a conflict with what was seen")
        }
        return tally
    }

    private typealias Log = [(batch: SealedBatch, leaf: Leaf)]

    private func log() throws -> Log { try hub.journal() }

    /// All replicas and the hub hold the same bytes, and nothing waits.
    private func everyoneIsEqual() throws {
        let status = try hub.store.status()
        var first: [RecordKey: [UInt8]]?
        for home in homes {
            let replica = home.device.replica
            #expect(try replica.status().pending == 0, "seed \(seed): pending")
            #expect(try !replica.isHealing(), "seed \(seed): \(home.device.name) not healed")
            #expect(try replica.namesAllMoved(), "seed \(seed): a move is not named")
            #expect(try replica.digestRoot() == status.digest, "seed \(seed): digest")
            let states = try home.device.states()
            if let first { #expect(states == first, "seed \(seed): states differ") }
            first = first ?? states
            var sums = DigestSums()
            for (key, bytes) in states { sums.add(MessageKind.record.hash(bytes), for: key) }
            #expect(sums.root == status.digest, "seed \(seed): kept digest is not the true one")
        }
    }

    /// The auditor, who believes no file, finds nothing to say of these.
    private func theAuditorFindsNothing() throws {
        for path in [try hub.auditPath()] + homes.map(\.device.replica.path) {
            let report = try Verifier().verify(path)
            let epochs = try hub.store.epochs().count
            #expect(
                report.problems.isEmpty,
                "seed \(seed): \(path), \(epochs) epochs: \(report.problems)")
        }
    }

    /// No save was applied under two names, and a device's stamps rise.
    private func nothingTwice(_ log: Log) throws {
        var applied: Set<String> = []
        var last: [DeviceID: StampTime] = [:]
        for (batch, leaf) in log where batch.adopts == nil {
            for index in 0..<batch.count {
                guard let stamp = batch.appliedStamp(index, leaf.verdict) else { continue }
                #expect(
                    stamp.time > last[batch.device] ?? .zero || leaf.earlier != nil,
                    "seed \(seed): stamps of \(leaf.position) do not rise")
                last[batch.device] = max(stamp.time, last[batch.device] ?? .zero)
                let author = batch.formerly?.device ?? batch.device
                let content = try batch.change(index).content
                let name = "\(batch.stamp(index).hex) \(author) \(batch.key(index)) \(content)"
                #expect(applied.insert(name).inserted, "seed \(seed): twice: \(name)")
            }
        }
    }

    /// Every id by the first of its ancestry.
    private func families() throws -> [DeviceID: DeviceID] {
        var roots: [DeviceID: DeviceID] = [:]
        for standing in try hub.store.devices() {
            let ancestry = standing.device.ancestry
            guard let root = ancestry.last else { continue }
            for id in [standing.device.id] + ancestry { roots[id] = root }
        }
        return roots
    }

    /// What a stamp is called under every key of its family, claimed or ruled.
    private struct Names {
        let families: [DeviceID: DeviceID]
        /// Effective stamps to the claimed ones they came from.
        var claimed: [Stamp: Stamp] = [:]

        func name(_ stamp: Stamp) -> Stamp {
            let stamp = claimed[stamp] ?? stamp
            return Stamp(time: stamp.time, device: families[stamp.device] ?? stamp.device)
        }

        /// Whether a stamp that somebody saw is that of a claimed one: as ruled, or as claimed. A
        /// claimed stamp may be what another change was given.
        func mayBe(_ seen: Stamp, _ claim: Stamp) -> Bool {
            let due = Stamp(time: claim.time, device: families[claim.device] ?? claim.device)
            let plain = Stamp(time: seen.time, device: families[seen.device] ?? seen.device)
            if plain == due || name(seen) == due { return true }
            // A device that the hub lost and that did not come again: nobody knows its family.
            return families[seen.device] == nil && seen.time == claim.time
        }
    }

    private func names(_ log: Log, _ families: [DeviceID: DeviceID]) -> Names {
        var names = Names(families: families)
        for (batch, leaf) in log {
            for restamp in leaf.verdict.effective {
                let claimed = Stamp(time: batch.stamp(restamp.change), device: batch.device)
                let effective = Stamp(time: restamp.stamp, device: batch.device)
                names.claimed[effective] = names.claimed[claimed] ?? claimed
            }
        }
        return names
    }

    /// A write that some living file or the journal holds is shown, was seen by who overwrote it,
    /// or is listed.
    private func nothingIsLostUnlisted(_ log: Log, _ families: [DeviceID: DeviceID]) throws {
        let names = names(log, families)
        let listed = try homes[0].device.replica.conflicts().map(\.conflict)
        var journaled: Set<String> = []
        for (batch, leaf) in log {
            for index in 0..<batch.count {
                guard
                    try batch.appliedStamps(index, leaf.verdict) != nil
                        || leaf.verdict.repeats.contains(where: { $0.change == index })
                else { continue }
                for assignment in try batch.change(index).set {
                    journaled.insert("\(batch.key(index)) \(assignment.name) \(assignment.value)")
                }
            }
        }
        func isLiving(_ write: Write) -> Bool {
            !write.homes.isEmpty || journaled.contains("\(write.key) \(write.field) \(write.value)")
        }
        for write in writes where isLiving(write) && write.key.collection != "points" {
            let current = try homes[0].device.replica.record(write.key)?.state[write.field]
            if current?.value == write.value { continue }
            let others = writes.filter {
                $0.key == write.key && $0.field == write.field && $0.order != write.order
            }
            /// Whether its writer had seen the value: itself, or through what it wrote over, be
            /// that lost by now.
            func hasSeen(_ later: Write) -> Bool {
                var next: Write? = later
                for _ in 0..<100 {
                    guard let was = next?.was else { return false }
                    if names.mayBe(was, write.claimed) { return true }
                    next = others.first { names.mayBe(was, $0.claimed) && $0.order < next!.order }
                }
                return false
            }
            let isKnown = others.contains { later in
                later.order > write.order && isLiving(later)
                    && (!later.homes.isDisjoint(with: write.homes) || later.device == write.device
                        || hasSeen(later))
            }
            let isSaid = writes.contains { other in
                other.key == write.key && other.field == write.field
                    && other.value == write.value && other.order != write.order
            }
            let isListed = listed.contains { conflict in
                conflict.record == write.key && conflict.field == write.field
                    && (conflict.lost.value == write.value || conflict.kept.value == write.value)
            }
            guard !(isKnown || isSaid || isListed) else { continue }
            Issue.record(
                "seed \(seed): \(write.field) \(write.value) was lost\n\(try story(of: write, log))"
            )
        }
    }

    /// What the journal says of one field, for whoever looks into a seed.
    private func story(of write: Write, _ log: Log) throws -> String {
        func short(_ stamp: Stamp?) -> String {
            stamp.map { "\($0.time.hex.dropFirst(4))-\($0.device.hex.prefix(4))" } ?? "-"
        }
        var lines = ["claimed \(short(write.claimed)) was \(short(write.was))"]
        lines.append("homes \(write.homes.count) of \(homes.count)")
        for other in writes where other.key == write.key && other.field == write.field {
            lines.append(
                "  save \(other.order) \(other.value.value) \(short(other.claimed)) "
                    + "was \(short(other.was)) homes \(other.homes.count)")
        }
        for (batch, leaf) in log {
            for index in 0..<batch.count where batch.key(index) == write.key {
                let change = try batch.change(index)
                guard let set = change.set.first(where: { $0.name == write.field }) else {
                    continue
                }
                let stamps = try batch.appliedStamps(index, leaf.verdict)
                lines.append(
                    "  at \(leaf.position) \(batch.device.hex.prefix(4)) \(set.value.value) "
                        + short(stamps?[write.field]) + " was \(short(change.was[write.field]))"
                        + (batch.adopts == nil ? "" : " adopts")
                        + (leaf.earlier.map { " again, was at \($0.leaf.position)" } ?? "")
                        + " number \(batch.number)"
                        + " common \(leaf.common ?? -1)"
                        + (batch.formerly.map { " formerly \($0.device.hex.prefix(4))" } ?? "")
                        + " conflicts \(leaf.verdict.conflicts.count)")
            }
        }
        for view in try homes[0].device.replica.conflicts()
        where view.conflict.record == write.key && view.conflict.field == write.field {
            let conflict = view.conflict
            lines.append(
                "  conflict \(conflict.kept.value.value) \(short(conflict.kept.stamp)) over "
                    + "\(conflict.lost.value.value) \(short(conflict.lost.stamp))")
        }
        for standing in try hub.store.devices() {
            let device = standing.device
            lines.append(
                "  \(device.id.hex.prefix(4)) formerly \(device.formerly?.hex.prefix(4) ?? "-")")
        }
        return lines.joined(separator: "\n")
    }

    /// Conflicts between a value and one that its writer had seen.
    private func falseConflicts(
        _ log: Log, _ families: [DeviceID: DeviceID]
    ) throws -> (all: Int, false: Int) {
        let names = names(log, families)
        let listed = try homes[0].device.replica.conflicts().map(\.conflict)
        func write(_ stamp: Stamp, _ field: String, _ key: RecordKey) -> Write? {
            let name = names.name(stamp)
            let found = writes.filter {
                $0.key == key && $0.field == field && names.name($0.claimed) == name
            }
            return found.count == 1 ? found[0] : nil
        }
        func hasSeen(_ later: Stamp, _ earlier: Stamp, _ conflict: Conflict) -> Bool {
            let wanted = names.name(earlier)
            var next = write(later, conflict.field, conflict.record)?.was
            for _ in 0..<100 {
                guard let was = next else { return false }
                // Two copies may write in one and the same millisecond: then nobody knows which.
                if names.name(was) == wanted {
                    return write(was, conflict.field, conflict.record) != nil
                }
                next = write(was, conflict.field, conflict.record)?.was
            }
            return false
        }
        let wrong = listed.filter { conflict in
            conflict.keptField == nil
                && (hasSeen(conflict.kept.stamp, conflict.lost.stamp, conflict)
                    || hasSeen(conflict.lost.stamp, conflict.kept.stamp, conflict))
        }
        return (listed.count, wrong.count)
    }
}

extension SealedBatch {
    /// What the rules knew of it when the hub ruled it.
    func healing(_ leaf: Leaf) -> Healing {
        var healing = Healing.none
        healing.formerly = formerly
        healing.earlier = leaf.earlier.map {
            .init(verdict: $0.leaf.verdict, common: leaf.common ?? 0)
        }
        if let lost = adopts?.head {
            let isHeld = leaf.verdict.quarantined.contains { $0.reason == "head_held" }
            healing.adoption = .init(
                lostTime: lost.time, common: leaf.common ?? 0, isHeld: isHeld)
        }
        return healing
    }
}
