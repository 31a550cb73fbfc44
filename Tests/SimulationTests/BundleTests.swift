import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

/// A device that never has a network, with the real engine on both sides.
@Suite(.onBothStores) struct BundleTests {
    @Test func offlineDevice_bundlesBothWays_equalsTheNetworkedCase() async throws {
        let bundled = try await BundleWorld()
        let networked = try await BundleWorld()
        for world in [bundled, networked] {
            try world.carrier.set(world.key(9), ["f": "from the carrier", "n": 1])
            try await world.carrier.sync(world.hub)
            try world.away.set(world.key, ["f": "first"])
            try world.away.set(world.key(2), ["f": "second", "n": 2])
        }
        try bundled.away.openInvite(bundled.hub)
        let there = try bundled.export(bundled.away, to: "there.fsb")
        let first = try bundled.bring(there)
        #expect(first.report.enrolled.count == 1 && first.report.changes == 2)
        let again = try bundled.bring(there)
        #expect(again.report.batches == 0 && again.report.repeated == 1)
        #expect(again.report.position == first.report.position)
        let taken = try bundled.take(again.answer, at: bundled.away)
        try await networked.away.join(networked.hub)
        let synced = try await networked.away.sync(networked.hub)

        #expect(taken.receipted == synced.pushed && taken.digest == synced.digest)
        #expect(taken.hasJoined && taken.position == synced.position && taken.halt == nil)
        let receipts = try bundled.away.receipts()
        #expect(try receipts == networked.away.receipts())
        #expect(receipts.count == 1)
        #expect(try bundled.away.states() == networked.away.states())
        #expect(try bundled.away.replica.status().pending == 0)
        #expect(try bundled.isEqual(bundled.away))
        let third = try bundled.take(again.answer, at: bundled.away)
        #expect(third.pages == 0 && third.batches == 0 && third.repeated > 0)
        #expect(third.halt == nil && third.outdated == 0)
    }

    @Test func carrier_holdsAndAppliesNothing_letsGoOfWhatIsSettled() async throws {
        let world = try await BundleWorld()
        try world.away.openInvite(world.hub)
        try world.away.set(world.key, ["f": "x"])
        let there = try world.export(world.away, to: "there.fsb")
        let before = try world.carrier.states()
        let held = try world.take(there, at: world.carrier)
        #expect(held.carried == 3)
        #expect(try held.others == [world.away.id: 3])
        #expect(try world.carrier.states() == before)
        #expect(try world.take(there, at: world.carrier).carried == 0)

        let answer = try world.bring(world.export(world.carrier, to: "both.fsb"))
        #expect(answer.report.refusedCount == 0 && answer.report.batches == 1)
        let back = try world.take(answer.answer, at: world.carrier)
        // Enrolment, receipt and page in place of join, batch and pull.
        #expect(back.held == 3)
        #expect(back.pages == 1)
        let onward = try world.export(world.carrier, to: "onward.fsb")
        #expect(try world.items(onward).filter { $0.kind == .push }.isEmpty)
        let taken = try world.take(onward, at: world.away)
        #expect(taken.hasJoined && taken.batches == 1 && taken.carried == 1)
        #expect(try world.isEqual(world.away))
        // The device's next question shows what it has.
        let next = try world.export(world.away, to: "next.fsb")
        #expect(try world.items(next).filter { $0.kind == .pull }.count == 2)
        #expect(try world.take(next, at: world.carrier).held == 1)
    }

    @Test func bundles_newerBeforeOlder_sameJournalAndReceipts() async throws {
        let world = try await BundleWorld()
        try world.away.openInvite(world.hub)
        try world.away.set(world.key, ["f": "1"])
        let one = try world.export(world.away, to: "1.fsb")
        try world.away.set(world.key, ["f": "2"])
        let two = try world.export(world.away, to: "2.fsb")
        #expect(try world.bring(two, answer: "2.answer").report.batches == 2)
        let late = try world.bring(one, answer: "1.answer")
        #expect(late.report.batches == 0 && late.report.repeated == 1)
        #expect(late.report.refusedCount == 0)
        // The older answer first: it tells of one receipt, and of all records.
        try world.take(late.answer, at: world.away)
        let taken = try world.take(world.folder.file("2.answer"), at: world.away)
        #expect(taken.halt == nil && taken.batches == 1)
        #expect(try world.away.receipts().count == 2)
        #expect(try world.away.value(world.key, "f") == "2")
        #expect(try world.roundTrip("3").digest == .equal(world.hub.store.status().digest))
    }

    @Test func bundles_firstBatchInTheLaterFile_triedAgain() async throws {
        let world = try await BundleWorld()
        try world.away.openInvite(world.hub)
        try world.away.set(world.key, ["f": "1"])
        _ = try world.export(world.away, to: "1.fsb")
        try world.away.set(world.key, ["f": "2"])
        let two = try world.export(world.away, to: "2.fsb")
        var pushes = 0
        let second = try world.rewritten(two, as: "second.fsb") { item in
            pushes += item.kind == .push ? 1 : 0
            return item.kind == .push && pushes == 1 ? [] : [item]
        }
        let alone = try world.bring(second)
        #expect(alone.report.refused.map(\.error.code) == [.numberAhead])
        let refused = try world.take(alone.answer, at: world.away)
        #expect(refused.hubRefusals.map(\.error.code) == [.numberAhead])
        let report = try world.bring(second, world.folder.file("1.fsb")).report
        #expect(report.batches == 2 && report.refusedCount == 0)
        try world.take(world.folder.file("answer.fsb"), at: world.away)
        #expect(try world.roundTrip("3").digest == .equal(world.hub.store.status().digest))
    }

    @Test func device_savesWhileItsBundleTravels_keepsItAndComparesLater() async throws {
        let world = try await BundleWorld()
        try world.away.openInvite(world.hub)
        try world.away.set(world.key, ["f": "sealed"])
        let there = try world.export(world.away, to: "there.fsb")
        try world.away.set(world.key, ["f": "meanwhile"])
        let taken = try world.take(world.bring(there).answer, at: world.away)
        #expect(taken.digest == .notCompared && taken.batches == 1)
        #expect(try world.away.value(world.key, "f") == "meanwhile")
        #expect(try world.roundTrip("2").digest == .equal(world.hub.store.status().digest))
        #expect(try world.away.value(world.key, "f") == "meanwhile")
    }

    @Test func device_syncsBeforeTheAnswerComes_answerIsOutdatedWithoutHarm() async throws {
        let world = try await BundleWorld()
        try world.away.openInvite(world.hub)
        try world.away.set(world.key, ["f": "x"])
        let there = try world.export(world.away, to: "there.fsb")
        let answer = try world.bring(there).answer
        try await world.away.join(world.hub)
        try await world.away.sync(world.hub)
        let taken = try world.take(answer, at: world.away)
        #expect(taken.outdated == 1 && taken.pages == 0 && taken.halt == nil)
        #expect(taken.repeated == 2)
        #expect(try await world.away.sync(world.hub).halt == nil)
    }

    @Test func invite_expiredOnTheWay_newInviteMendsIt() async throws {
        let world = try await BundleWorld()
        try world.away.openInvite(world.hub)
        try world.away.set(world.key, ["f": "x"])
        let there = try world.export(world.away, to: "there.fsb")
        world.time.advance(2 * ScenarioWorld.day)
        let (report, answer) = try world.bring(there)
        #expect(
            report.refused.map(\.error.code) == [.inviteExpired, .deviceUnknown, .deviceUnknown])
        let taken = try world.take(answer, at: world.away)
        #expect(taken.hubRefusals.first?.error.code == .inviteExpired && !taken.hasJoined)
        #expect(try world.away.replica.status().pending == 1)

        let other = try SimulatedHub(
            world.time, seed: 99, folder: TestFolder(), pageBytes: 9_000)
        #expect(throws: ReplicaFault.joinedElsewhere) { try world.away.openInvite(other) }
        try world.away.openInvite(world.hub)
        let second = try world.roundTrip("2")
        #expect(second.hasJoined && second.batches == 1)
        #expect(try world.isEqual(world.away))
    }
}
