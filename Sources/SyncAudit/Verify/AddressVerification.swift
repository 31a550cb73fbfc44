import SyncClient
import SyncCore
import SyncProtocol
import SyncStore

/// Verifies a hub over the network: its journal is fetched and replayed, and the state that it
/// leads to must have the digest that the hub signed. Needs a device with the auditor's role.
final class AddressVerification {
    private let name: String
    private let options: Verifier.Options
    private var held: [HeldLog]
    private var log = ProblemLog()
    private var report: VerifyReport

    init(_ name: String, _ options: Verifier.Options, held: [HeldLog]) {
        self.name = name
        self.options = options
        self.held = held
        report = VerifyReport(.address, name: name)
    }

    func run(
        _ transport: any HubTransport, _ access: HubAccess, _ environment: Environment
    ) async throws -> VerifyReport {
        let hub = try await identity(transport)
        (report.hubKey, report.space) = (hub.key, hub.space)
        let fetch = JournalFetch(
            transport: transport, access: access, hub: hub, environment: environment,
            name: name)
        // Under another key than the auditor's nothing is worth keeping.
        if let path = options.kept, log.isEmpty,
            try await keepAll(KeptReplay(path), hub, fetch, access)
        {
            return report
        }
        let (pages, head) = try await fetch.run()
        let scratch = try StoreFile(temporaryFor: .hub, tables: HubTables.versions)
        try pages.read { source in
            try scratch.write { target in try verify(hub, head, source, target) }
        }
        report.take(log)
        finishChecks()
        return report
    }

    /// Goes on with a kept replay, and commits each page of the journal as it comes.
    ///
    /// - Returns: false if anything is wrong: then nothing is kept, and all is looked at again.
    private func keepAll(
        _ kept: KeptReplay, _ hub: HubIdentity, _ fetch: JournalFetch, _ access: HubAccess
    ) async throws -> Bool {
        if let known = try kept.hub(), known.hub != hub.hub || !hub.has(known.key) {
            throw KeptReplayFault(path: kept.path)
        }
        let known = try kept.tree()
        let newest = try await fetch.newestHead()
        let found =
            newest.head.size < known.size
            ? nil
            : try await GrowingTree(fetch.transport, token: access.token, size: known.size)
        guard found?.root == known.root else {
            // Put back, or rewritten: the whole log is held against what was good then.
            let last = try kept.file.read { try KeptReplay.start($0).lastHead }
            if let last, let checkpoint = try? Checkpoint(hub: hub, head: last) {
                held.append(.checkpoint(name: kept.path, checkpoint))
            } else {
                log.add(
                    .logRewritten, .holder(kept.path), .init(.size, known.size),
                    .init(.expected, known.root))
            }
            return false
        }
        report.trusted = .init(position: known.size, source: .kept, name: kept.path)
        // What was replayed is good once it is what the hub signed, whatever others hold of it.
        var isGood = false
        do {
            var heads: [SignedHead] = []
            let head = try await fetch.eachPage(from: known.size + 1) { answer, _ in
                if heads.last != answer.head { heads.append(answer.head) }
                try kept.file.write { target in try keep(answer, hub, target) }
            }
            try kept.file.write { target in
                isGood = try conclude(hub, heads, newest: head, target)
                throw NotKept()
            }
        } catch is NotKept {}
        guard isGood else {
            // Until the newest head comes nothing proves the pages before it.
            try kept.clear()
            report = VerifyReport(.address, name: name)
            (report.hubKey, report.space) = (hub.key, hub.space)
            log = ProblemLog()
            return false
        }
        report.take(log)
        finishChecks()
        return true
    }

    /// A pass that goes on where the kept replay ends.
    private func resumed(_ hub: HubIdentity, _ target: StoreConnection) throws -> JournalPass {
        let pass = JournalPass(
            hub: hub, log: log,
            replay: try ReplayStore(target, hub: hub, source: nil),
            from: try KeptReplay.start(target), locate: { _ in nil })
        try KeptReplay.loadCounts(pass, target)
        return pass
    }

    private func keep(
        _ answer: JournalAnswer, _ hub: HubIdentity, _ target: StoreConnection
    ) throws {
        let pass = try resumed(hub, target)
        try answer.eachEntry { entry in
            _ = try pass.take(entry, newest: answer.head)
            options.onProgress?(pass.last, answer.head.head.size)
        }
        guard log.isEmpty else { throw NotKept() }
        try pass.replay.records.finish()
        try KeptReplay.save(pass, target)
    }

    /// What follows from a kept replay that has come to the end.
    ///
    /// - Parameter heads: those that came with the pages, the newest among them.
    /// - Returns: whether it is what the hub signed.
    private func conclude(
        _ hub: HubIdentity, _ heads: [SignedHead], newest head: SignedHead,
        _ target: StoreConnection
    ) throws -> Bool {
        let pass = try resumed(hub, target)
        for one in heads { try Self.compare(one, with: pass, log) }
        report.heads = Int64(heads.count)
        let root = try pass.replay.digestRoot()
        if pass.tree.size != head.head.size {
            log.add(.tailCut, .head(head.head.size), .init(.found, pass.tree.size))
        } else if root != head.head.digest {
            log.add(
                .digestDiffers, .head(head.head.size), .init(.expected, head.head.digest),
                .init(.found, root))
        }
        let isGood = log.isEmpty
        try conclude(hub, head, pass, target)
        return isGood
    }

    private func conclude(
        _ hub: HubIdentity, _ head: SignedHead, _ pass: JournalPass, _ target: StoreConnection
    ) throws {
        try pass.checkSuccession()
        take(pass)
        try report.noteHealing(pass, pass.replay)
        report.head = head
        try countRecords(pass, target)
        try report.compare(held, hub, pass.replay, pass, options, log)
    }

    /// Whom to believe: the key that was given, or that others pinned, else the hub's own word.
    private func identity(_ transport: any HubTransport) async throws -> HubIdentity {
        let own = try await HubReader.identity(transport)
        if let pinned = options.hubKey, !own.has(pinned) {
            log.add(.hubKeyDiffers, .file, .init(.expected, pinned), .init(.found, own.key))
        }
        return own
    }

    private func verify(
        _ hub: HubIdentity, _ head: SignedHead, _ source: StoreConnection,
        _ target: StoreConnection
    ) throws {
        let replay = try ReplayStore(target, hub: hub, source: nil)
        let pass = JournalPass(hub: hub, log: log, replay: replay, locate: { _ in nil })
        try source.each("SELECT answer FROM pages ORDER BY first") { row in
            try JournalFetch.eachEntry(row.array(0)) { entry in
                _ = try pass.take(entry, newest: head)
                options.onProgress?(pass.last, head.head.size)
            }
        }
        if head.head.size > pass.last {
            try pass.miss(pass.last + 1...head.head.size) { _ in nil }
        }
        try compareHeads(pass, source)
        try conclude(hub, head, pass, target)
    }

    private func take(_ pass: JournalPass) {
        report.batches = pass.batches
        report.changes = pass.changes
        report.quarantined = pass.quarantined
        report.suspect = pass.suspect
        report.epoch = pass.epochs.last?.epoch
        if let end = pass.treeEnd { report.leaveOut(.init(.tree, .treeLost, after: end)) }
        guard let end = pass.replayEnd else { return }
        let reason: UncheckedPart.Reason = pass.hasUnknownRules ? .rulesUnknown : .replayEnded
        for check in [VerifyCheck.verdicts, .digest] {
            report.leaveOut(.init(check, reason, after: end))
        }
        if pass.hasUnknownRules { report.isComplete = false }
    }

    /// The journal may have grown while it was fetched: each head that came must be of this one.
    private func compareHeads(
        _ pass: JournalPass, _ source: StoreConnection
    ) throws {
        try source.each("SELECT head FROM heads ORDER BY size") { row in
            report.heads += 1
            guard let head = SignedHead.canonical(row.array(0)) else { return }
            try Self.compare(head, with: pass, log)
        }
    }

    /// A head that the hub signed must be of the tree that was followed.
    static func compare(
        _ signed: SignedHead, with pass: JournalPass, _ log: ProblemLog
    ) throws {
        let head = signed.head
        guard let root = try pass.replay.root(at: head.size), root != head.root else { return }
        log.add(
            .headsConflict, .head(head.size), .init(.expected, root), .init(.found, head.root))
    }

    private func countRecords(_ pass: JournalPass, _ target: StoreConnection) throws {
        guard pass.replayEnd == nil else { return }
        try target.each("SELECT collection, count(*) FROM records GROUP BY collection") {
            report.recordsByCollection[$0.text(0)] = $0.integer(1)
        }
    }

    private func finishChecks() {
        report.leaveOut(.init(.heads, .notServed))
        report.leaveOut(.init(.records, .notFetched))
        report.concludeLog([.batches, .tree, .verdicts, .digest], options)
    }
}
