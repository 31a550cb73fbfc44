import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import SyncReplica

/// A hub whose disk was put back, told step by step. The numbers are those of docs/testing.md.
@Suite(.onBothStores) struct RestoreScenarioTests {
    /// A world whose hub has a copy of its file aside, made when all were equal.
    private func prepared() async throws -> (world: ScenarioWorld, backup: String) {
        let world = try await ScenarioWorld()
        try await world.settle()
        return (world, try world.hub.copyStore())
    }

    @Test func scenario8_snapshotAndOthersPushedOn_oneEpochAndAllEqual() async throws {
        let (world, backup) = try await prepared()
        try world.a.set(world.stop(1), ["f": "lost"])
        try await world.settle()
        try world.hub.restoreStore(backup)
        try world.b.set(world.stop(2), ["f": "pushed on"])
        let notices = try await world.settle([world.b, world.a, world.c])
        #expect(notices.count == 3)
        #expect(try world.isEqualEverywhere())
        #expect(try world.hub.store.epochs().map(\.cause) == [nil, "head_unknown"])
        #expect(try world.applied("lost") == 1)
        #expect(try world.conflicts(world.c).isEmpty)
    }

    @Test(arguments: 0..<10)
    func scenario9_rolledBackTwiceAndCutInTheMiddle_nothingIsLost(cut: Int) async throws {
        let world = try await ScenarioWorld()
        try await world.settle()
        let oldest = try world.hub.copyStore(to: "oldest.sqlite")
        try world.a.set(world.stop(1), ["f": "first"])
        try await world.settle()
        let later = try world.hub.copyStore(to: "later.sqlite")
        try world.a.set(world.stop(2), ["f": "second"])
        try world.b.set(world.stop(3), ["f": "b's"])
        try await world.settle()
        try world.hub.restoreStore(later)
        try world.hub.restoreStore(oldest)
        _ = try await world.a.sync(world.hub, cutAt: cut)
        _ = try await world.b.sync(world.hub, cutAt: cut, isAnswerLost: true)
        // And once more, in the middle of what is being offered.
        try world.hub.restoreStore(later)
        try await world.settle([world.a, world.b, world.c])
        #expect(try world.isEqualEverywhere())
        #expect(try world.c.value(world.stop(1), "f") == "first")
        #expect(try world.c.value(world.stop(2), "f") == "second")
        #expect(try world.c.value(world.stop(3), "f") == "b's")
        #expect(try world.conflicts(world.c).isEmpty)
    }

    @Test(arguments: 1...5)
    func receiptOfALostHistory_foundByTwoProcessesAtOnce_bothGoOn(request: Int) async throws {
        let (world, backup) = try await prepared()
        try world.a.set(world.stop(1), ["f": "receipted, never pulled"])
        #expect(try await world.a.sync(world.hub, cutAt: 2))
        // The hub grows on in the epoch that the device knows.
        try world.hub.restoreStore(backup)
        for number in 2...3 {
            try world.b.set(world.stop(UInt64(number)), ["f": "grown on"])
            try await world.b.sync(world.hub)
        }
        let requests = Counter()
        let (a, hub) = (world.a, world.hub)
        let report = try await a.sync(
            hub, meanwhile: { if requests.next() == request { _ = try await a.sync(hub) } })
        #expect(report.halt == nil)
        try await world.settle()
        #expect(try world.isEqualEverywhere())
        #expect(try world.c.value(world.stop(1), "f") == "receipted, never pulled")
        #expect(try world.applied("receipted, never pulled") == 1)
        #expect(try world.conflicts(world.c).isEmpty)
    }

    @Test func keyThatWasLeft_theHubLosesItsBatches_theyAreHandedBack() async throws {
        let (world, backup) = try await prepared()
        try world.a.set(world.stop(1), ["f": "under the old key"])
        try await world.a.sync(world.hub)
        let twin = try world.a.twin("twin", seed: 9)
        try twin.set(world.stop(2), ["f": "by the copy"])
        try await twin.sync(world.hub)
        try world.a.set(world.stop(3), ["f": "under the new key"])
        let copied = try await world.a.sync(world.hub).notices
        #expect(copied == [.copied(name: "a (2)")])
        // The copy is lost, and so is the hub's disk, to before all of it.
        try world.hub.restoreStore(backup)
        let rest = [world.a, world.b, world.c]
        try await world.settle(rest)
        #expect(try world.isEqual(rest))
        #expect(try world.b.value(world.stop(1), "f") == "under the old key")
        #expect(try world.b.value(world.stop(2), "f") == "by the copy")
        #expect(try world.b.value(world.stop(3), "f") == "under the new key")
    }

    @Test func putBackPastTheEpochThatItOpened_opensOneAgain() async throws {
        let (world, backup) = try await prepared()
        try world.a.set(world.stop(1), ["f": "lost"])
        try await world.settle()
        try world.hub.restoreStore(backup)
        try world.b.set(world.stop(2), ["f": "pushed on"])
        try await world.settle([world.b, world.a, world.c])
        let first = try world.hub.store.facts().epoch
        // Back under the name that had gone on; nobody holds a head of it that the hub lacks.
        try world.hub.restoreStore(backup)
        try await world.settle([world.c, world.b, world.a])
        #expect(try world.hub.store.epochs().map(\.cause) == [nil, "head_unknown"])
        #expect(try world.hub.store.facts().epoch != first)
        #expect(try world.isEqualEverywhere())
        #expect(try world.applied("lost") == 1)
        #expect(try world.applied("pushed on") == 1)
    }

    @Test func settlementWithoutAValue_ofARecordThatTheHubLost_isOfferedAgain() async throws {
        let (world, backup) = try await prepared()
        try world.b.set(world.key, ["f": "b's"])
        world.time.advance(1_000)
        try world.c.set(world.key, ["f": "c's"])
        try await world.settle()
        let conflict = try #require(try world.openConflicts(world.a).first)
        try world.a.set(world.key, [:], resolves: [conflict.id])
        try await world.settle()
        try world.hub.restoreStore(backup)
        try await world.settle([world.a, world.b, world.c])
        #expect(try world.isEqualEverywhere())
        let conflicts = try world.conflicts(world.b)
        #expect(conflicts.first { $0.id == conflict.id }?.isResolved == true)
        #expect(try world.values("f") == Array(repeating: "c's", count: 3))
    }

    @Test func scenario10_adoptedThenOfferedByTheAuthor_laterEditStands() async throws {
        let (world, backup) = try await prepared()
        try world.a.set(world.key, ["f": "a1"])
        try await world.a.sync(world.hub)
        try await world.b.sync(world.hub)
        world.time.advance(1_000)
        try world.a.set(world.key, ["f": "a2"])
        try await world.a.sync(world.hub)
        try world.hub.restoreStore(backup)
        try await world.b.sync(world.hub)
        try await world.c.sync(world.hub)
        #expect(try world.c.value(world.key, "f") == "a1")
        try await world.settle([world.a, world.b, world.c])
        #expect(try world.values("f") == Array(repeating: "a2", count: 3))
        #expect(try world.isEqualEverywhere())
        #expect(try world.conflicts(world.c).isEmpty)
    }

    @Test func scenario11_authorIsLost_workAndConflictRowsComeBack() async throws {
        let (world, backup) = try await prepared()
        try world.a.set(world.key, ["f": "a's"])
        try world.a.set(world.stop(2), ["f": "only a"])
        world.time.advance(1_000)
        try world.b.set(world.key, ["f": "b's"])
        try await world.settle()
        let conflict = try #require(try world.conflicts(world.c).first)
        try world.hub.restoreStore(backup)
        // a never comes again.
        let notices = try await world.settle([world.c, world.b])
        #expect(notices.count == 2)
        #expect(try world.isEqual([world.b, world.c]))
        #expect(try world.c.value(world.stop(2), "f") == "only a")
        #expect(try world.b.value(world.stop(2), "f") == "only a")
        #expect(try world.conflicts(world.b) == [conflict])
    }

    @Test(arguments: [false, true])
    func scenario12_conflictSettledBefore_staysSettled(resolverIsFirst: Bool) async throws {
        let (world, backup) = try await prepared()
        try world.a.set(world.key, ["f": "a's"])
        world.time.advance(1_000)
        try world.b.set(world.key, ["f": "b's"])
        try await world.settle()
        let conflict = try #require(try world.openConflicts(world.a).first)
        try world.a.set(world.key, ["f": "settled"], resolves: [conflict.id])
        try await world.settle()
        try world.hub.restoreStore(backup)
        let order = resolverIsFirst ? [world.a, world.b, world.c] : [world.c, world.b, world.a]
        try await world.settle(order)
        #expect(try world.isEqualEverywhere())
        let conflicts = try world.conflicts(world.c)
        #expect(conflicts.first { $0.id == conflict.id }?.isResolved == true)
        #expect(try world.values("f") == Array(repeating: "settled", count: 3))
        // Adopted before its writer comes, the settling value does not say what it had seen: one
        // more is listed, and nothing is lost. Decision 19 names this kind.
        #expect(conflicts.count { !$0.isResolved } == (resolverIsFirst ? 0 : 1))
    }

    @Test func scenario14_suspectBatchAdoptedBeforeItsAuthorComes_appliedOnce() async throws {
        let (world, backup) = try await prepared()
        world.a.clock.set(ScenarioWorld.day)
        try world.a.set(world.key, ["f": "from a clock ahead"])
        try await world.settle()
        let stamp = try world.b.replica.record(world.key)?.state["f"]?.stamp
        world.time.advance(ScenarioWorld.minute)
        try world.hub.restoreStore(backup)
        try await world.settle([world.b, world.c, world.a])
        #expect(try world.isEqualEverywhere())
        #expect(try world.c.replica.record(world.key)?.state["f"]?.stamp == stamp)
        #expect(try world.conflicts(world.c).isEmpty)
        world.a.clock.set(0)
        try world.b.set(world.key, ["f": "a later edit"])
        try await world.settle()
        #expect(try world.values("f") == Array(repeating: "a later edit", count: 3))
        #expect(try world.conflicts(world.c).isEmpty)
    }

    @Test func scenario15_joinedAfterTheBackup_needsNoNewInvite() async throws {
        let (world, backup) = try await prepared()
        let late = try SimulatedDevice(
            "late", world.time, seed: 44, folder: world.hub.folder)
        try await late.join(world.hub)
        try late.set(world.stop(1), ["f": "of the late one"])
        try await late.sync(world.hub)
        try world.hub.restoreStore(backup)
        let all = [late, world.a, world.b, world.c]
        try await world.settle(all)
        #expect(try world.isEqual(all))
        #expect(try world.b.value(world.stop(1), "f") == "of the late one")
        #expect(try world.hub.store.devices().contains { $0.device.name == "late" })
    }

    @Test(arguments: [false, true])
    func scenario16_answersLost_endsTheSame(isAnswerLost: Bool) async throws {
        for cut in 0..<12 {
            let (world, backup) = try await prepared()
            try world.a.set(world.stop(1), ["f": "a's"])
            try world.b.set(world.stop(2), ["f": "b's"])
            try await world.settle()
            try world.hub.restoreStore(backup)
            for step in cut..<(cut + 40) {
                let isCut = try await world.a.sync(
                    world.hub, cutAt: step, isAnswerLost: isAnswerLost)
                if !isCut { break }
            }
            try await world.settle([world.c, world.a, world.b])
            #expect(try world.isEqualEverywhere(), "cut \(cut)")
            #expect(try world.applied("a's") == 1, "cut \(cut)")
            #expect(try world.c.value(world.stop(2), "f") == "b's", "cut \(cut)")
            #expect(try world.conflicts(world.c).isEmpty, "cut \(cut)")
        }
    }

    @Test func scenario17_aSecondHonestRestore_isNoSecondHub() async throws {
        let (world, backup) = try await prepared()
        try world.a.set(world.stop(1), ["f": "one"])
        try await world.settle()
        try world.hub.restoreStore(backup)
        try await world.settle([world.a, world.b, world.c])
        world.time.advance(90 * ScenarioWorld.day)
        try world.b.set(world.stop(2), ["f": "two"])
        try await world.settle()
        let second = try world.hub.copyStore(to: "second.sqlite")
        try world.c.set(world.stop(3), ["f": "three"])
        try await world.settle()
        for file in [second, backup] {
            world.time.advance(90 * ScenarioWorld.day)
            try world.hub.restoreStore(file)
            try await world.settle([world.a, world.b, world.c])
            #expect(try world.isEqualEverywhere())
            #expect(try world.c.replica.counts()["stops"] == 3)
        }
    }

    @Test func scenario17_twoHubsOnOneKey_takeNothingUntilOneIsShut() async throws {
        let (world, backup) = try await prepared()
        try world.a.set(world.stop(1), ["f": "one"])
        try await world.a.sync(world.hub)
        let first = try world.hub.copyStore(to: "first.sqlite")
        try world.hub.restoreStore(backup)
        try await world.a.sync(world.hub)
        let second = try world.hub.copyStore(to: "second.sqlite")
        // The first hub still runs, and b talks to it.
        world.time.advance(ScenarioWorld.minute)
        try world.hub.restoreStore(first)
        try world.b.set(world.stop(2), ["f": "on the first"])
        try await world.b.sync(world.hub)
        world.time.advance(ScenarioWorld.minute)
        try world.hub.restoreStore(second)
        let error = await #expect(throws: WireError.self) {
            try await world.b.sync(world.hub)
        }
        #expect(error?.code == .hubSplit)
        try world.a.set(world.stop(3), ["f": "waits"])
        await #expect(throws: WireError.self) { try await world.a.sync(world.hub) }
        _ = try world.hub.store.openEpoch()
        try await world.settle([world.b, world.a, world.c])
        #expect(try world.isEqualEverywhere())
        #expect(try world.c.replica.counts()["stops"] == 3)
    }

    @Test func scenario21_bundlesAcrossARestore_nothingTwice() async throws {
        let world = try await BundleWorld()
        try world.away.openInvite(world.hub)
        try world.roundTrip("join")
        let backup = try world.hub.copyStore()
        try world.away.set(world.key(1), ["f": "x"])
        try world.roundTrip("1")
        try await world.carrier.sync(world.hub)
        try world.away.set(world.key(2), ["f": "y"])
        let underway = try world.export(world.away, to: "underway.fsb")
        try world.hub.restoreStore(backup)
        // The one with a network hands back what it has seen; then the bundle arrives.
        try await world.carrier.sync(world.hub)
        try world.take(try world.bring(underway).answer, at: world.away)
        for round in 2...7 { try world.roundTrip("\(round)") }
        try await world.carrier.sync(world.hub)
        #expect(try world.isEqual(world.away) && world.isEqual(world.carrier))
        #expect(try !world.away.replica.isHealing())
        #expect(try world.carrier.value(world.key(1), "f") == "x")
        #expect(try world.carrier.value(world.key(2), "f") == "y")
        #expect(try world.carrier.replica.conflicts().isEmpty)
    }

    @Test func scenario22_hubClockTenYearsAheadForAnHour_laterEditsStand() async throws {
        let (world, _) = try await prepared()
        world.hub.clock.set(10 * ScenarioWorld.year)
        try world.a.set(world.key, ["f": "under the wrong clock"])
        try await world.settle()
        world.time.advance(60 * ScenarioWorld.minute)
        world.hub.clock.set(0)
        let ahead = try #require(try world.hub.store.resetClock())
        #expect(ahead > 9 * ScenarioWorld.year)
        #expect(try world.hub.store.epochs().last?.cause == "clock")
        try await world.settle()
        world.time.advance(ScenarioWorld.minute)
        try world.b.set(world.key, ["f": "a later edit"])
        try await world.settle()
        #expect(try world.values("f") == Array(repeating: "a later edit", count: 3))
        #expect(try world.isEqualEverywhere())
        #expect(try world.conflicts(world.c).isEmpty)
        // Told the true time again, a device is not taken for one with a wrong clock.
        #expect(abs(try world.a.replica.clockDifference() ?? 0) < ScenarioWorld.day)
    }

    @Test func scenario23_operatorsActsAfterTheBackup_areClaimedNotTaken() async throws {
        let (world, backup) = try await prepared()
        let point = RecordKey("points", ID128(high: 3, low: 3))
        _ = try world.hub.store.save([Edit(point, .set(["name": "north gate"]))])
        _ = try world.hub.store.setRevoked(true, device: world.c.id)
        try await world.b.sync(world.hub)
        try world.hub.restoreStore(backup)
        try await world.settle([world.b, world.a])
        // What only the operator may write is listed for the operator, and not applied.
        let claims = try world.hub.journal().flatMap { entry in
            entry.leaf.verdict.quarantined.map { entry.batch.key($0.change) }
        }
        #expect(claims.contains(point))
        #expect(claims.contains(RecordKey(HubCollection.devices, try world.c.id)))
        #expect(try world.a.replica.record(point) == nil)
        #expect(try world.isEqual([world.a, world.b]))
    }

    @Test func scenario24_manyDevicesOfALostHistory_openOneEpoch() async throws {
        let world = try await ScenarioWorld()
        var all = [world.a, world.b, world.c]
        for index in 1...137 {
            let device = try SimulatedDevice(
                "d\(index)", world.time, seed: UInt64(index) &+ 100, folder: world.hub.folder)
            try await device.join(world.hub)
            all.append(device)
        }
        let backup = try world.hub.copyStore()
        // Each has seen another last head of the lost history.
        for device in all {
            try device.set(
                RecordKey("stops", ID128(high: 50, low: UInt64(all.count))), ["f": "x"])
            try await device.sync(world.hub)
        }
        try world.hub.restoreStore(backup)
        for device in all { try await device.sync(world.hub) }
        #expect(try world.hub.store.epochs().count == 2)
    }

    @Test func scenario25_lostAuthorsSmallerValue_overwrittenUnaware_isListed() async throws {
        let (world, backup) = try await prepared()
        try world.a.set(world.key, ["f": "a's"])
        try await world.a.sync(world.hub)
        try await world.b.sync(world.hub)
        try world.hub.restoreStore(backup)
        world.time.advance(ScenarioWorld.minute)
        try world.c.set(world.key, ["f": "c's"])
        try await world.settle([world.c, world.b])
        #expect(try world.isEqual([world.b, world.c]))
        #expect(try world.c.value(world.key, "f") == "c's")
        #expect(try world.openConflicts(world.c).map(\.lost.value.value) == ["a's"])
    }
}
