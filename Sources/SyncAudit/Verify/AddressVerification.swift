import SyncClient
import SyncCore
import SyncProtocol
import SyncStore

/// Verifies a hub over the network: its journal is fetched and replayed, and the state that it
/// leads to must have the digest that the hub signed. Needs a device with the auditor's role.
final class AddressVerification {
    private let name: String
    private let options: Verifier.Options
    private let held: [HeldLog]
    private let log = ProblemLog()
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
        let (pages, head) = try await fetch.run()
        let scratch = try StoreFile(temporaryFor: .hub, tables: HubTables.versions)
        try pages.read { source in
            try scratch.write { target in try verify(hub, head, source, target) }
        }
        report.take(log)
        finishChecks()
        return report
    }

    /// Whom to believe: the key that was given, or that others pinned, else the hub's own word.
    private func identity(_ transport: any HubTransport) async throws -> HubIdentity {
        let answer = try JSONParser.parse(
            try await transport.send(WireRequest(.get, "/v1")).content())
        guard let own = answer["hub"]?.string.flatMap({ PublicKey(hex: $0) }),
            let space = answer["space"]?.string.flatMap({ SpaceID(hex: $0) })
        else { throw ForeignAnswer(.notThisProtocol, status: 200, detail: "hub, space") }
        if let pinned = options.hubKey, pinned != own {
            log.add(
                .hubKeyDiffers, .file, .init(.expected, String(pinned.hex.prefix(12))),
                .init(.found, String(own.hex.prefix(12))))
        }
        return HubIdentity(key: own, space: space)
    }

    private func verify(
        _ hub: HubIdentity, _ head: SignedHead, _ source: StoreConnection,
        _ target: StoreConnection
    ) throws {
        let replay = try ReplayStore(target, hub: hub.key, source: nil)
        let pass = JournalPass(hub: hub, log: log, replay: replay, locate: { _ in nil })
        try source.each("SELECT answer FROM pages ORDER BY first") { row in
            try JournalFetch.eachEntry(row.array(0)) { entry in
                _ = try pass.take(entry, newest: head)
            }
        }
        if head.head.size > pass.last {
            try pass.miss(pass.last + 1...head.head.size) { _ in nil }
        }
        take(pass)
        try report.noteHealing(pass, replay)
        report.head = head
        try compareHeads(pass, replay, source)
        try countRecords(pass, target)
        for one in held {
            let check = HeldLogCheck(
                held: one, hub: hub, replay: replay, size: pass.last, epochs: pass.epochs,
                log: log)
            for part in try check.run() { report.leaveOut(part) }
        }
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
        _ pass: JournalPass, _ replay: ReplayStore, _ source: StoreConnection
    ) throws {
        try source.each("SELECT head FROM heads ORDER BY size") { row in
            report.heads += 1
            guard let head = SignedHead.canonical(row.array(0))?.head,
                let root = try replay.root(at: head.size), root != head.root
            else { return }
            log.add(
                .headsConflict, .head(head.size), .init(.expected, root),
                .init(.found, head.root))
        }
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
        if options.hubKey == nil, !options.bindsHub {
            report.leaveOut(.init(.hubKey, .keyFromFile))
        }
        if !options.bindsHub { report.leaveOut(.init(.history, .nothingHeld)) }
        let all: [VerifyCheck] = [.batches, .tree, .verdicts, .digest, .hubKey, .history]
        let out = Set(report.notChecked.map(\.check))
        report.checked = all.filter { !out.contains($0) }
    }
}
