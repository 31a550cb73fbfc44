import SyncCore
import SyncProtocol
import SyncStore

/// Verifies a hub's file: the journal, then the state it leads to, then what others hold of it.
final class HubVerification {
    private let file: AuditFile
    private let options: Verifier.Options
    private var held: [HeldLog]
    private let log = ProblemLog()
    private var report: VerifyReport

    init(_ file: AuditFile, _ options: Verifier.Options, held: [HeldLog]) {
        self.file = file
        self.options = options
        self.held = held
        report = VerifyReport(.hub, name: file.name)
    }

    func run() throws -> VerifyReport {
        try file.read { source in
            let checking = FileIntegrity.beside(file)
            // What is kept for the next time must be good: nothing is before the check has ended.
            let isFirst = options.kept != nil || !file.structure.isReadable
            if isFirst { log.begin(with: try checking.value.get().problems) }
            guard file.structure.isReadable else { return unreadable() }
            try replay(source) { try checking.value.get().isWhole }
            if !isFirst { log.begin(with: try checking.value.get().problems) }
        }
        if try !file.isUnchanged() { throw StoreError(.locked, path: file.path) }
        report.take(log)
        report.concludeLog(
            [.file, .batches, .tree, .heads, .verdicts, .records, .digest], options)
        return report
    }

    /// - Parameter isWhole: whether SQLite's own check found nothing.
    private func replay(_ source: StoreConnection, isWhole: () throws -> Bool) throws {
        do {
            try replay(source)
        } catch let error as StoreError where error.kind == .corrupt {
            if try isWhole() { log.add(.fileDamaged, .file, .init(.reason, error.detail)) }
            unreadable()
        }
    }

    private func replay(_ source: StoreConnection) throws {
        guard let path = options.kept else { return try replayOnce(source) }
        let kept = try KeptReplay(path)
        if let hub = try kept.hub(), try hub != identity(source) {
            throw KeptReplayFault(path: path)
        }
        let known = try kept.tree()
        guard try isThere(known, source, kept) else {
            // It is another log, or not all of it is there: everything is looked at again, and
            // held against what was good then.
            if let head = try kept.file.read({ try KeptReplay.start($0).lastHead }),
                let hub = try kept.hub(),
                let checkpoint = try? Checkpoint(hub: hub, head: head)
            {
                held.append(.checkpoint(name: path, checkpoint))
            } else {
                log.add(
                    .logRewritten, .holder(path), .init(.size, known.size),
                    .init(.expected, known.root))
            }
            try replayOnce(source)
            // A log that was put back is followed anew; evidence of anything else is kept.
            if log.isEmpty { try kept.clear() }
            return
        }
        report.trusted = .init(position: known.size, source: .kept, name: path)
        while try keepMore(source, kept) {}
        // What follows is looked at each time, and so is whatever has a problem.
        do {
            try kept.file.write { target in
                try verify(source, target, from: try KeptReplay.start(target))
                throw NotKept()
            }
        } catch is NotKept {}
    }

    /// Whether the entries that were replayed are those of the file still: every leaf, the tree and
    /// the newest head of then.
    private func isThere(
        _ known: GrowingTree, _ source: StoreConnection, _ kept: KeptReplay
    ) throws -> Bool {
        var tree = GrowingTree()
        var lastHead: [UInt8] = []
        try source.each(
            "SELECT position, leaf, head FROM journal WHERE position BETWEEN 1 AND ? "
                + "ORDER BY position", .integer(known.size)
        ) { row in
            guard row.integer(0) == tree.size + 1 else { return }
            tree.append(MerkleHash.leaf(row.array(1)))
            if row.integer(0) == known.size { lastHead = row.array(2) }
        }
        guard tree.size == known.size, tree.root == known.root else { return false }
        let start = try kept.file.read { try KeptReplay.start($0) }
        guard let head = start.lastHead, head.head.size == known.size else { return true }
        return lastHead == head.encoded
    }

    private func replayOnce(_ source: StoreConnection) throws {
        let scratch = try StoreFile(temporaryFor: .hub, tables: HubTables.versions)
        try scratch.write { target in try verify(source, target, from: nil) }
    }

    /// Verifies the next entries and commits what comes of them, if all is well.
    ///
    /// - Returns: whether there may be more to keep.
    private func keepMore(_ source: StoreConnection, _ kept: KeptReplay) throws -> Bool {
        do {
            return try kept.file.write { target in
                let log = ProblemLog()
                guard let hub = try identity(source, log) else { throw NotKept() }
                let start = try KeptReplay.start(target)
                let (journal, pass) = try begin(hub, log, source, target, from: start)
                let end = start.size + KeptReplay.entriesPerCommit
                let size = try journal.size()
                guard size > start.size else { return false }
                try journal.walk(pass, upTo: min(end, size)) { checked in
                    options.onProgress?(checked.position, size)
                    return true
                }
                guard log.isEmpty, pass.last == min(end, size) else { throw NotKept() }
                try pass.replay.records.finish()
                try KeptReplay.save(pass, target)
                return pass.last < size
            }
        } catch is NotKept { return false }
    }

    /// - Parameter start: nil: the first entry.
    private func begin(
        _ hub: HubIdentity, _ log: ProblemLog, _ source: StoreConnection,
        _ target: StoreConnection, from start: JournalStart?
    ) throws -> (HubJournal, JournalPass) {
        let replay = try ReplayStore(target, hub: hub, source: source)
        try PeerNumbers.copy(from: source, to: target, log)
        let journal = try HubJournal(source, log)
        let pass = JournalPass(
            hub: hub, log: log, replay: replay, from: start, locate: journal.locate)
        if start != nil { try KeptReplay.loadCounts(pass, target) }
        return (journal, pass)
    }

    private func unreadable() {
        report.isComplete = false
        report.leaveOut(.init(.batches, .unreadable))
    }

    private func verify(
        _ source: StoreConnection, _ target: StoreConnection, from start: JournalStart?
    ) throws {
        guard let hub = try identity(source, log) else {
            report.isComplete = false
            return report.leaveOut(.init(.batches, .unreadable))
        }
        let (journal, pass) = try begin(hub, log, source, target, from: start)
        let replay = pass.replay
        if journal.isFollower { report.leaveOut(.init(.heads, .notReceived)) }
        let size = try journal.size()
        try journal.walk(pass) { checked in
            options.onProgress?(checked.position, size)
            return true
        }
        try replay.records.finish()
        take(pass)
        try report.noteHealing(pass, replay)
        try compareState(pass, source, replay)
        try HubMeta(store: source, log: log).compare(with: pass)
        let side = HubSideTables(store: source, log: log, replay: replay, hub: hub.key)
        report.unproved = try side.check(
            isFollower: journal.isFollower, isWhole: pass.replayEnd == nil)
        try report.compare(held, hub, replay, pass, options, log)
    }

    /// Whose journal it says it is.
    private func identity(
        _ source: StoreConnection, _ log: ProblemLog = ProblemLog()
    ) throws -> HubIdentity? {
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
        let hub = try succession(meta, key, space, log)
        if let pinned = options.hubKey, !hub.has(pinned) {
            log.add(
                .hubKeyDiffers, .file, .init(.expected, pinned),
                .init(.found, key))
        }
        return hub
    }

    /// How the file says that its key came to be the present one.
    private func succession(
        _ meta: MetaTable, _ key: PublicKey, _ space: SpaceID, _ log: ProblemLog
    ) throws -> HubIdentity {
        guard let text = try meta.text(HubKey.succession) else {
            return HubIdentity(key: key, space: space)
        }
        if let found = try? KeySuccession(encoded: Array(text.utf8)),
            let hub = HubIdentity(key: key, space: space, succession: found)
        {
            return hub
        }
        log.add(.rowDiffers, .file, .init(.column, "meta.\(HubKey.succession)"))
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
}
