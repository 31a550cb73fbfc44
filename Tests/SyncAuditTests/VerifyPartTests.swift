import SyncCore
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit
@testable import SyncHub
@testable import SyncReplica

/// Verifications that do not begin at the first entry: after a checkpoint, or where an earlier run
/// was cut.
struct VerifyPartTests {
    /// A log with a checkpoint (`then.json`) in the middle, and its size then and now.
    private func grown() async throws -> (world: VerifyWorld, then: Int64, now: Int64) {
        let world = try await VerifyWorld.lived()
        let checkpoint = try Checkpoint.newest(of: world.hubPath)
        try world.folder.write(checkpoint.encoded, to: "then.json")
        try await world.join("e", role: .auditor)
        for round in 0..<3 {
            try world.set("a", VerifyWorld.stop(1), ["note": .text("a \(round)")])
            try world.set("b", VerifyWorld.stop(UInt64(20 + round)), ["note": "new"])
            try await world.sync("a", "b")
        }
        return (world, checkpoint.head.head.size, Int64(try world.journal().count))
    }

    private func overNetwork(
        _ world: VerifyWorld, since: String? = nil, kept: String? = nil
    ) async throws -> VerifyReport {
        var options = Verifier.Options()
        options.since = since.map { world.folder.file($0) }
        options.kept = kept.map { world.folder.file($0) }
        return try await Verifier(options).verify(
            address: "http://127.0.0.1:1", transport: world.transport,
            access: HubAccess(token: try #require(world.replicas["e"]!.token)),
            environment: world.clock.environment(seed: 5))
    }

    // MARK: Since a checkpoint

    @Test func sinceCheckpoint_readsOnlyWhatIsNew_andSaysWhatItTrusts() async throws {
        let (world, then, now) = try await grown()
        for report in [
            try world.verify(since: "then.json"),
            try await overNetwork(world, since: "then.json"),
        ] {
            #expect(report.problems.isEmpty && report.isOK, "\(report.problems)")
            #expect(report.batches == now - then)
            #expect(report.head?.head.size == now)
            #expect(report.trusted?.position == then && report.trusted?.source == .checkpoint)
            #expect(report.notChecked.contains { $0.check == .verdicts })
            #expect(report.checked.contains(.tree) && report.checked.contains(.batches))
        }
        // What lies before it was not read: an altered batch there is not seen, which is said.
        try world.tamper {
            try $0.execute("UPDATE journal SET batch = x'00' WHERE position = 3")
        }
        #expect(try world.verify(since: "then.json").problems.isEmpty)
        #expect(try !world.verify(against: ["then.json"]).problems.isEmpty)
    }

    @Test func sinceCheckpoint_namesWhatIsWrongAfterIt() async throws {
        let (world, then, now) = try await grown()
        try world.copyHub(to: "good")
        let cases: [(String, VerifyProblem.Kind)] = [
            ("UPDATE journal SET batch = x'00' WHERE position = \(now - 1)", .batchDamaged),
            ("DELETE FROM journal WHERE position = \(then + 2)", .batchMissing),
            (
                "UPDATE journal SET leaf = replace(leaf, '\"received_at\":1', "
                    + "'\"received_at\":2') WHERE position = \(now)", .leafAltered
            ),
            (
                "UPDATE journal SET signature = zeroblob(64) WHERE position = \(now)",
                .rowDiffers
            ),
            ("DELETE FROM journal WHERE position > \(then - 1)", .batchMissing),
            ("UPDATE merkle SET hash = zeroblob(32) WHERE level > 1", .treeAltered),
            (
                "UPDATE records SET fields = replace(fields, 'a 2', 'b 2')",
                .digestRowDiffers
            ),
            ("CREATE TRIGGER t AFTER INSERT ON records BEGIN SELECT 1; END", .structureAltered),
        ]
        for (sql, kind) in cases {
            try world.putBackHub("good")
            try world.closeHub()
            try world.alter { try $0.execute(sql) }
            let report = try world.verify(since: "then.json")
            #expect(report.kinds.contains(kind), "\(sql): \(report.kinds)")
            try world.reopenQuietly()
        }
    }

    @Test func sinceCheckpointOfAnotherHistory_isARewrittenLog() async throws {
        let (world, _, now) = try await grown()
        try world.copyHub(to: "then")
        func act(_ low: UInt64) throws {
            let point = RecordKey("points", .init(high: 1, low: low))
            _ = try world.store.save([Edit(point, .set(["code": "NDJ-002"]))])
        }
        for low in UInt64(30)...32 { try act(low) }
        let newest = try Checkpoint.newest(of: world.hubPath)
        try world.folder.write(newest.encoded, to: "newest.json")
        #expect(try world.verify(since: "newest.json").isOK)
        let nothing = try await overNetwork(world, since: "newest.json")
        #expect(nothing.isOK && nothing.batches == 0)
        try world.putBackHub("then")
        #expect(try await overNetwork(world, since: "newest.json").kinds == [.tailCut])
        for low in UInt64(40)...44 { try act(low) }
        #expect(Int64(try world.journal().count) > now + 3)
        #expect(try world.verify(since: "newest.json").kinds == [.logRewritten])
        #expect(try await overNetwork(world, since: "newest.json").kinds == [.logRewritten])
    }

    // MARK: A kept replay

    @Test func keptReplay_goesOnWhereItWas_andArrivesAtTheSame() async throws {
        let (world, _, now) = try await grown()
        let whole = try world.verify()
        let first = try world.verify(kept: "kept")
        #expect(first.isOK && first.trusted?.position == 0)
        let again = try world.verify(kept: "kept")
        #expect(again.trusted?.position == now && again.trusted?.source == .kept)
        for report in [first, again] {
            #expect(report.batches == whole.batches && report.changes == whole.changes)
            #expect(report.recordsByCollection == whole.recordsByCollection)
            #expect(report.epochs == whole.epochs && report.head == whole.head)
            #expect(report.checked == whole.checked)
        }
        try world.set("a", VerifyWorld.stop(2), ["note": "and on"])
        try await world.sync("a", "b")
        let later = try world.verify(kept: "kept")
        #expect(later.isOK && later.trusted?.position == now)
        #expect(later.batches == whole.batches + 1)
        #expect(try world.verify(kept: "kept").trusted?.position == now + 1)
    }

    /// What is wrong is not kept, and is told each time.
    @Test func keptReplay_keepsNothingThatIsWrong() async throws {
        let (world, _, now) = try await grown()
        _ = try world.verify(kept: "kept")
        try world.set("a", VerifyWorld.stop(2), ["note": "and on"])
        try await world.sync("a")
        try world.copyHub(to: "good")
        try world.tamper {
            try $0.execute("UPDATE journal SET batch = x'00' WHERE position = \(now + 1)")
        }
        for _ in 0..<2 {
            let report = try world.verify(kept: "kept")
            #expect(report.kinds.contains(.batchDamaged))
            #expect(report.trusted?.position == now)
        }
        try world.putBackHub("good")
        #expect(try world.verify(kept: "kept").isOK)
        // A record that is served otherwise shows although no entry is new.
        try world.tamper {
            try $0.execute("UPDATE records SET fields = replace(fields, 'and on', 'or off')")
        }
        #expect(try world.verify(kept: "kept").kinds.contains(.recordAltered))
    }

    @Test func keptReplay_ofALogThatWasRewritten_isNamedAndAllIsLookedAtAgain() async throws {
        let world = try await VerifyWorld.lived()
        try world.copyHub(to: "early")
        try world.set("a", VerifyWorld.stop(1), ["note": "kept"])
        try await world.sync("a")
        _ = try world.verify(kept: "kept")
        try world.putBackHub("early")
        try world.set("b", VerifyWorld.stop(1), ["note": "another"])
        try await world.sync("b")
        let report = try world.verify(kept: "kept")
        #expect(report.kinds.contains(.logRewritten), "\(report.kinds)")
        #expect(report.batches == Int64(try world.journal().count))
    }

    @Test func keptReplay_overTheNetwork() async throws {
        let (world, _, now) = try await grown()
        let first = try await overNetwork(world, kept: "kept")
        #expect(first.isOK && first.trusted?.position == 0, "\(first.problems)")
        try world.set("a", VerifyWorld.stop(2), ["note": "and on"])
        try await world.sync("a", "b")
        let again = try await overNetwork(world, kept: "kept")
        let whole = try await overNetwork(world)
        #expect(again.isOK && again.trusted?.position == now, "\(again.problems)")
        #expect(again.changes == whole.changes)
        #expect(again.recordsByCollection == whole.recordsByCollection)
    }

    @Test func keptReplay_ofAnotherHub_isRefused() async throws {
        let (world, _, _) = try await grown()
        _ = try world.verify(kept: "kept")
        let file = try KeptReplay(world.folder.file("kept"))
        try file.file.write {
            try $0.run(
                "UPDATE pass SET value = ? WHERE name = 'space'",
                .blob([UInt8](repeating: 7, count: 16)))
        }
        #expect(throws: KeptReplayFault.self) { try world.verify(kept: "kept") }
        // An auditor's file is no replica and no hub.
        #expect(throws: StoreError.self) { try world.verify("kept") }
    }

    // MARK: What a reviewer found

    @Test func anotherKeyThanTheAuditors_isNamed_andNothingIsForgotten() async throws {
        let (world, _, now) = try await grown()
        _ = try await overNetwork(world, kept: "kept")
        var options = Verifier.Options()
        options.kept = world.folder.file("kept")
        options.hubKey = SigningKey().publicKey
        let report = try await Verifier(options).verify(
            address: "http://127.0.0.1:1", transport: world.transport,
            access: HubAccess(token: try #require(world.replicas["e"]!.token)),
            environment: world.clock.environment(seed: 5))
        #expect(report.kinds.contains(.hubKeyDiffers))
        #expect(try KeptReplay(world.folder.file("kept")).tree().size == now)
        #expect(
            try world.verify(since: "then.json", hubKey: SigningKey().publicKey).kinds
                .contains(.hubKeyDiffers))
    }

    @Test func aDatabaseOfSomebodyElse_isNotTakenOver() async throws {
        let (world, _, _) = try await grown()
        let path = world.folder.file("customers")
        let theirs = try StoreFile(path: path, purpose: .replay, tables: [["CREATE TABLE t(x)"]])
        try theirs.write {
            try $0.execute("INSERT INTO t VALUES(1)")
            try $0.execute("PRAGMA application_id = 0")
            try $0.execute("PRAGMA user_version = 0")
        }
        try theirs.close()
        #expect(throws: StoreError.self) { try world.verify(kept: "customers") }
        // Neither a replica nor a hub is made in it.
        #expect(throws: StoreError.self) {
            _ = try StoreFile(path: path, purpose: .hub, tables: HubTables.versions)
        }
    }

    @Test func keptReplay_seesWhatBecameOfWhatItRead() async throws {
        let (world, _, now) = try await grown()
        try world.copyHub(to: "good")
        let cases: [(String, VerifyProblem.Kind)] = [
            (
                "UPDATE peers SET peer = 99 WHERE peer = 2; UPDATE peers SET peer = 2 "
                    + "WHERE peer = 3; UPDATE peers SET peer = 3 WHERE peer = 99", .rowDiffers
            ),
            ("DELETE FROM journal WHERE position <= 5", .batchMissing),
            (
                "UPDATE journal SET leaf = replace(leaf, '\"received_at\":1', "
                    + "'\"received_at\":2') WHERE position = 4", .leafAltered
            ),
        ]
        for (index, (sql, kind)) in cases.enumerated() {
            _ = try world.verify(kept: "kept\(index)")
            try world.closeHub()
            try world.alter { try $0.execute(sql) }
            let report = try world.verify(kept: "kept\(index)")
            #expect(report.kinds.contains(kind), "\(sql): \(report.kinds)")
            try world.reopenQuietly()
        }
        #expect(now > 5)
    }

    /// Two heads of one size: what a kept head is for.
    @Test func anotherHeadOfTheSameSize_isSeen() async throws {
        let (world, _, now) = try await grown()
        let newest = try Checkpoint.newest(of: world.hubPath)
        try world.folder.write(newest.encoded, to: "newest.json")
        _ = try world.verify(kept: "kept")
        _ = try await overNetwork(world, kept: "far")
        try world.copyHub(to: "good")
        for what in ["root", "digest"] {
            let old = newest.head.head
            let other = Hash256.sha256(Array("other".utf8))
            let head = SignedHead(
                Head(
                    digest: what == "digest" ? other : old.digest, epoch: old.epoch, hub: old.hub,
                    root: what == "root" ? other : old.root, size: old.size, space: old.space,
                    time: old.time), key: world.hubKey)
            try world.tamper {
                try $0.run(
                    "UPDATE journal SET head = ?, head_id = ? WHERE position = ?",
                    .text(String(decoding: head.encoded, as: UTF8.self)),
                    .blob(head.hash.prefixID.bytes), .integer(now))
            }
            #expect(try !world.verify(kept: "kept").problems.isEmpty, "\(what)")
            if what == "root" {
                #expect(try !world.verify(since: "newest.json").problems.isEmpty)
            }
            // A hub whose head contradicts what it serves is refused before, or named.
            for (since, kept) in [(nil, "far"), ("newest.json", nil)] as [(String?, String?)] {
                guard what == "root" || kept != nil else { continue }
                do {
                    let report = try await overNetwork(world, since: since, kept: kept)
                    #expect(!report.problems.isEmpty, "\(what)")
                } catch let fault as DiffFault { #expect(fault.kind == .contradiction) }
            }
            try world.putBackHub("good")
            _ = try await overNetwork(world, kept: "far")
        }
    }

    /// A hub that was put back and healed is no rewritten log, whatever was kept of before.
    @Test func aHubThatWasPutBack_isNoFalseAlarm() async throws {
        let (world, _, _) = try await grown()
        try world.copyHub(to: "early")
        try world.set("a", VerifyWorld.stop(70), ["note": "lost at first"])
        try await world.sync("a", "b")
        let old = try Checkpoint.newest(of: world.hubPath)
        try world.folder.write(old.encoded, to: "old.json")
        _ = try world.verify(kept: "kept")
        _ = try await overNetwork(world, kept: "far")
        try world.putBackHub("early")
        try await world.sync("b", "a", "b", "c")
        #expect(try world.store.epochs().count == 2)
        let newer = try Checkpoint.newest(of: world.hubPath)
        try world.folder.write(newer.encoded, to: "newer.json")
        try world.set("a", VerifyWorld.stop(71), ["note": "after"])
        try await world.sync("a")
        #expect(try world.verify(against: ["old.json"]).isOK)
        for _ in 0..<2 {
            for report in [
                try world.verify(since: "old.json"), try world.verify(kept: "kept"),
                try await overNetwork(world, since: "old.json"),
                try await overNetwork(world, kept: "far"),
                try world.verify(against: ["a.sqlite", "old.json"], since: "newer.json"),
            ] { #expect(report.problems.isEmpty, "\(report.name): \(report.problems)") }
        }
    }

    @Test func aReplica_hasNoParts() async throws {
        let world = try await VerifyWorld.lived()
        #expect(throws: MomentFault.self) { try world.verify("a.sqlite", since: "x.json") }
        #expect(throws: MomentFault.self) { try world.verify("a.sqlite", kept: "kept") }
    }

    /// Cut after any commit: the rest is done by the next run.
    @Test func keptReplay_cutAtEachCommit_arrivesAtTheSame() async throws {
        let (world, _, now) = try await grown()
        let whole = try world.verify()
        let source = try AuditFile(world.hubPath)
        for cut in stride(from: Int64(1), to: now, by: 3) {
            let path = "kept-\(cut)"
            let kept = try KeptReplay(world.folder.file(path))
            try source.read { store in
                try kept.file.write { target in
                    let log = ProblemLog()
                    let hub = try #require(whole.hubKey)
                    let identity = HubIdentity(key: hub, space: try #require(whole.space))
                    let replay = try ReplayStore(target, hub: identity, source: store)
                    try PeerNumbers.copy(from: store, to: target, log)
                    let journal = try HubJournal(store, log)
                    let pass = JournalPass(
                        hub: identity, log: log, replay: replay,
                        from: try KeptReplay.start(target), locate: journal.locate)
                    try journal.walk(pass) { $0.position < cut }
                    try replay.records.finish()
                    try KeptReplay.save(pass, target)
                }
            }
            let report = try world.verify(kept: path)
            #expect(report.isOK && report.trusted?.position == cut, "\(cut): \(report.problems)")
            #expect(report.changes == whole.changes && report.suspect == whole.suspect)
            #expect(report.recordsByCollection == whole.recordsByCollection)
        }
    }
}

extension VerifyWorld {
    /// Changes the hub's file and leaves it so: what is wrong with it may keep a hub from opening.
    func alter(_ body: (StoreConnection) throws -> Void) throws {
        let file = try StoreFile(
            path: hubPath + "/hub.sqlite", purpose: .hub, tables: HubTables.versions)
        try file.write(body)
        try file.close()
    }

    /// Puts the good copy in place before the hub is opened again.
    func reopenQuietly() throws {
        try folder.copyStore("good/hub.sqlite", to: "hub/hub.sqlite")
        try reopen()
    }
}
