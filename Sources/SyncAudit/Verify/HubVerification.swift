import SyncCore
import SyncProtocol
import SyncStore

/// Verifies a hub's file: the journal, then the state it leads to, then what others hold of it.
final class HubVerification {
    private let file: AuditFile
    private let options: Verifier.Options
    private let held: [HeldLog]
    private let log = ProblemLog()
    private var report: VerifyReport

    init(_ file: AuditFile, _ options: Verifier.Options, held: [HeldLog]) {
        self.file = file
        self.options = options
        self.held = held
        report = VerifyReport(.hub, name: file.name)
    }

    func run() throws -> VerifyReport {
        let scratch = try StoreFile(temporaryFor: .hub, tables: HubTables.versions)
        try file.read { source in
            let isWhole = try FileIntegrity.check(source, file.structure, log)
            guard file.structure.isReadable else { return unreadable() }
            do {
                try scratch.write { target in try verify(source, target) }
            } catch let error as StoreError where error.kind == .corrupt {
                if isWhole { log.add(.fileDamaged, .file, .init(.reason, error.detail)) }
                unreadable()
            }
        }
        if try !file.isUnchanged() { throw StoreError(.locked, path: file.path) }
        report.take(log)
        finishChecks()
        return report
    }

    private func unreadable() {
        report.isComplete = false
        report.leaveOut(.init(.batches, .unreadable))
    }

    private func verify(_ source: StoreConnection, _ target: StoreConnection) throws {
        guard let hub = try identity(source) else {
            report.isComplete = false
            return report.leaveOut(.init(.batches, .unreadable))
        }
        let replay = try ReplayStore(target, hub: hub.key, source: source)
        try PeerNumbers.copy(from: source, to: target, log)
        let journal = try HubJournal(source, log)
        if journal.isFollower { report.leaveOut(.init(.heads, .notReceived)) }
        let pass = JournalPass(hub: hub, log: log, replay: replay, locate: journal.locate)
        try journal.walk(pass)
        try replay.records.finish()
        take(pass)
        try report.noteHealing(pass, replay)
        try compareState(pass, source, replay)
        try HubMeta(store: source, log: log).compare(with: pass)
        let side = HubSideTables(store: source, log: log, replay: replay, hub: hub.key)
        report.unproved = try side.check(
            isFollower: journal.isFollower, isWhole: pass.replayEnd == nil)
        for one in held {
            let check = HeldLogCheck(
                held: one, hub: hub, replay: replay, size: pass.last, epochs: pass.epochs,
                log: log)
            for part in try check.run() { report.leaveOut(part) }
        }
    }

    /// Whose journal it says it is.
    private func identity(_ source: StoreConnection) throws -> HubIdentity? {
        let meta = MetaTable(source)
        guard let key = try meta.blob(HubKey.publicKey).flatMap({ PublicKey(bytes: $0) }) else {
            log.add(.metaMissing, .file, .init(.column, HubKey.publicKey))
            return nil
        }
        guard let space = try meta.blob(HubKey.space).flatMap({ SpaceID(bytes: $0) }) else {
            log.add(.metaMissing, .file, .init(.column, HubKey.space))
            return nil
        }
        report.hubKey = key
        report.space = space
        if let pinned = options.hubKey, pinned != key {
            log.add(
                .hubKeyDiffers, .file, .init(.expected, String(pinned.hex.prefix(12))),
                .init(.found, String(key.hex.prefix(12))))
        }
        return HubIdentity(key: key, space: space)
    }

    private func take(_ pass: JournalPass) {
        report.batches = pass.batches
        report.changes = pass.changes
        report.quarantined = pass.quarantined
        report.suspect = pass.suspect
        report.heads = pass.heads
        report.head = pass.lastHead
        report.epoch = pass.epochs.last?.epoch
        if let end = pass.treeEnd { report.leaveOut(.init(.tree, .treeLost, after: end)) }
        guard let end = pass.replayEnd else { return }
        let reason: UncheckedPart.Reason = pass.hasUnknownRules ? .rulesUnknown : .replayEnded
        for check in [VerifyCheck.verdicts, .records, .digest] {
            report.leaveOut(.init(check, reason, after: end))
        }
        if pass.hasUnknownRules { report.isComplete = false }
    }

    private func compareState(
        _ pass: JournalPass, _ source: StoreConnection, _ replay: ReplayStore
    ) throws {
        guard pass.replayEnd == nil else {
            return try source.each(
                "SELECT collection, count(*) FROM records GROUP BY collection"
            ) { report.recordsByCollection[$0.text(0)] = $0.integer(1) }
        }
        let comparison = StateComparison(
            log: log, served: RecordTable(source), replayed: replay.records)
        report.recordsByCollection = try comparison.run(source, replay.store)
        let rows = RowComparison(log: log, found: source, expected: replay.store)
        try rows.compareDigest()
        try rows.compare("writers", key: 1, columns: 5)
        try rows.compare("restamps", key: 2, columns: 3)
        if try source.integer("PRAGMA user_version") >= 2 {
            try rows.compareCounts()
        }
        guard try source.integer("PRAGMA user_version") >= 4 else { return }
        try rows.compare("aliases", key: 2, columns: 4)
        try rows.compare("beneath", key: 1, columns: 6)
        try rows.compare("early_closes", key: 1, columns: 2)
        try IndexComparison(log: log, found: source, expected: replay.store).run()
    }

    private func finishChecks() {
        if options.hubKey == nil, !options.bindsHub {
            report.leaveOut(.init(.hubKey, .keyFromFile))
        }
        if !options.bindsHub { report.leaveOut(.init(.history, .nothingHeld)) }
        let all: [VerifyCheck] = [
            .file, .batches, .tree, .heads, .verdicts, .records, .digest, .hubKey, .history,
        ]
        let out = Set(report.notChecked.map(\.check))
        report.checked = all.filter { !out.contains($0) }
    }
}
