import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// Verifies a replica's file: its records, its own batches and receipts, the heads that it holds.
///
/// A replica holds no batches of others: that the whole log is right only the hub's file shows.
final class ReplicaVerification {
    private let file: AuditFile
    private let options: Verifier.Options
    private let held: [HeldLog]
    private let log = ProblemLog()
    private var report: VerifyReport

    init(_ file: AuditFile, _ options: Verifier.Options, held: [HeldLog]) {
        self.file = file
        self.options = options
        self.held = held
        report = VerifyReport(.replica, name: file.name)
    }

    func run() throws -> VerifyReport {
        try file.read { store in
            let isWhole = try FileIntegrity.check(store, file.structure, log)
            guard file.structure.isReadable else {
                report.isComplete = false
                return report.leaveOut(.init(.records, .unreadable))
            }
            do { try verify(store) } catch let error as StoreError
                where error.kind == .corrupt
            {
                if isWhole { log.add(.fileDamaged, .file, .init(.reason, error.detail)) }
                report.isComplete = false
                report.leaveOut(.init(.records, .unreadable))
            }
        }
        if try !file.isUnchanged() { throw StoreError(.locked, path: file.path) }
        report.take(log)
        finishChecks()
        return report
    }

    private func verify(_ store: StoreConnection) throws {
        let meta = MetaTable(store)
        guard let key = try meta.blob(ReplicaKey.publicKey).flatMap({ PublicKey(bytes: $0) })
        else {
            report.isComplete = false
            return log.add(.metaMissing, .file, .init(.column, ReplicaKey.publicKey))
        }
        let hub = try identity(meta)
        let batches = OwnBatches(store: store, log: log, key: key, hub: hub)
        let found = try batches.check()
        let pending = try checkPending(found, key.deviceID, store)
        let isOneHistory = try isOneHistory(store)
        let own = RecordScan.Own(
            device: key.deviceID, stamps: found.stamps.union(pending.stamps))
        let scan = try RecordScan(store, log: log, own: isOneHistory ? own : nil).run()
        report.recordsByCollection = scan.counts
        (report.batches, report.changes) = (found.batches, found.changes)
        (report.receipts, report.suspect) = (found.receipts, found.suspect)
        report.quarantined = found.quarantined
        if let hub {
            let heads = HeldHeads(store: store, log: log, hub: hub)
            (report.heads, report.head) = try heads.check(receipts: found.heads)
            report.epoch = report.head?.head.epoch
            try compareHolders(hub, heads)
        }
        try judgeRecords(scan, batches, isOneHistory: isOneHistory, store)
        try listHealed(store)
        let side = ReplicaSideTables(store: store, log: log, hub: hub, device: key.deviceID)
        report.unproved = try side.check(scan, isOneHistory: isOneHistory)
    }

    /// Whether the hub's journal never broke. Where it did, a stamp may be that of a ruling that
    /// was lost, and no receipt of it is left.
    private func isOneHistory(_ store: StoreConnection) throws -> Bool {
        try store.integer(
            "SELECT count(*) FROM records WHERE collection = ?", .text(HubCollection.epochs)) <= 1
    }

    /// What waits, beside what is sealed and what it was written over.
    private func checkPending(
        _ own: OwnBatches.Result, _ device: DeviceID, _ store: StoreConnection
    ) throws -> PendingCheck.Result {
        let check = PendingCheck(store: store, log: log, device: device)
        let pending = try check.check()
        report.pending = pending.count
        for number in own.undelivered where !pending.sealed.contains(number) {
            log.add(.pendingDamaged, .ownBatch(number), .init(.reason, "missing"))
        }
        let known = try own.stamps.union(pending.stamps).union(check.refusedStamps())
        for seen in pending.seen where !known.contains(seen.stamp) {
            log.add(
                .pendingDamaged, .record(seen.key), .init(.reason, "missing"),
                .init(.fields, seen.field))
        }
        return pending
    }

    private func identity(_ meta: MetaTable) throws -> HubIdentity? {
        guard let hub = try meta.pinnedHub() else {
            for check in [VerifyCheck.heads, .receipts, .stateAtHead, .hubKey] {
                report.leaveOut(.init(check, .neverSynced))
            }
            return nil
        }
        (report.hubKey, report.space) = (hub.key, hub.space)
        if let pinned = options.hubKey, !hub.has(pinned) {
            log.add(
                .hubKeyDiffers, .file, .init(.expected, pinned),
                .init(.found, hub.key))
        }
        return hub
    }

    /// Heads of equal size and epoch must have equal roots, whoever holds them.
    private func compareHolders(_ hub: HubIdentity, _ heads: HeldHeads) throws {
        for one in held {
            if case .note = one {
                report.leaveOut(.init(.wholeLog, .notInReplica))
                continue
            }
            guard let known = try one.hub() else {
                report.leaveOut(.init(.history, .neverSynced))
                continue
            }
            // One of the two may have heard of a later key.
            guard hub.has(known.key) || known.has(hub.key) else {
                log.add(
                    .hubKeyDiffers, .holder(one.name),
                    .init(.expected, known.key),
                    .init(.found, hub.key))
                continue
            }
            var heads = heads
            if known.has(hub.key) { heads.hub = known }
            try one.each(
                head: { try heads.compare($0, of: one.name) }, leaf: { _ in })
        }
    }

    /// Names what was altered, as far as digest, own batches and the hub's head show it.
    private func judgeRecords(
        _ scan: RecordScan.Result, _ batches: OwnBatches, isOneHistory: Bool,
        _ store: StoreConnection
    ) throws {
        let isOff = try isOffTheHead(scan, store)
        let isHeads = try isAtTheHead(store) && !isOff && scan.differingBuckets.isEmpty
        let named = try batches.alteredRecords(mayStandForTwo: !isOneHistory && isHeads)
        for bucket in scan.differingBuckets where !named.contains(bucket.bucket) {
            var evidence: [ProblemEvidence] = [
                .init(.expected, bucket.stored), .init(.found, bucket.computed),
            ]
            let ids = try RecordScan(store, log: log).records(in: bucket.bucket)
            if !ids.isEmpty { evidence.append(.init(.records, ids.joined(separator: ", "))) }
            log.add(VerifyProblem(.digestRowDiffers, .bucket(bucket.bucket), evidence))
        }
        if isOff, named.isEmpty, scan.differingBuckets.isEmpty, let head = report.head {
            log.add(
                .digestDiffers, .head(head.head.size), .init(.expected, head.head.digest),
                .init(.found, scan.root))
        }
    }

    /// Whether the records are not those of the head, where they must be.
    private func isOffTheHead(
        _ scan: RecordScan.Result, _ store: StoreConnection
    ) throws -> Bool {
        guard let head = report.head?.head else {
            report.leaveOut(.init(.stateAtHead, .neverSynced))
            return false
        }
        guard report.pending == 0 else {
            report.leaveOut(.init(.stateAtHead, .changesPending))
            return false
        }
        guard try isAtTheHead(store) else {
            report.leaveOut(.init(.stateAtHead, .syncUnfinished))
            return false
        }
        return scan.root != head.digest
    }

    /// Whether the records must be those of the head that the file holds.
    private func isAtTheHead(_ store: StoreConnection) throws -> Bool {
        guard let head = report.head?.head, report.pending == 0 else { return false }
        let meta = MetaTable(store)
        return try meta.integer(ReplicaKey.pulledSize) == head.size
            && meta.integer(ReplicaKey.isFresh) != 1
            && meta.integer(ReplicaKey.deliveredPosition) ?? 0 <= head.size
    }

    /// What syncs have healed: told, not held against the file.
    private func listHealed(_ store: StoreConnection) throws {
        // A file of an older version lacks the table.
        let isThere = try store.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'healed'")
        guard isThere > 0 else { return }
        try store.each(
            "SELECT collection, id, healed_at, size FROM healed ORDER BY sequence"
        ) { row in
            report.healedCount += 1
            guard report.healed.count < ProblemLog.limitPerKind, row.bytes(1).count == 16,
                let id = RecordID(bytes: row.bytes(1))
            else { return }
            report.healed.append(
                HealedRecord(
                    key: RecordKey(row.text(0), id), healedAt: row.integer(2),
                    size: row.integer(3)))
        }
    }

    private func finishChecks() {
        if report.hubKey != nil, options.hubKey == nil, held.isEmpty {
            report.leaveOut(.init(.hubKey, .keyFromFile))
        }
        report.leaveOut(.init(.wholeLog, .notInReplica))
        let all: [VerifyCheck] = [
            .file, .records, .digest, .batches, .receipts, .heads, .pending, .stateAtHead,
            .hubKey,
        ]
        let out = Set(report.notChecked.map(\.check))
        report.checked = all.filter { !out.contains($0) }
    }
}
