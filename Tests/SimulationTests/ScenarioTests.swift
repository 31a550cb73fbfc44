import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

/// The scenarios that shaped the rules, with the real engine.
@Suite(.onBothStores) struct ScenarioTests {
    @Test func scenario1_clockTenYearsAheadPutRight_laterSaveShowsAndWins() async throws {
        let world = try await ScenarioWorld()
        world.a.clock.set(10 * ScenarioWorld.year)
        try world.a.set(world.key, ["f": "x"])
        world.a.clock.set(0)
        try world.a.set(world.key, ["f": "y"])
        #expect(try world.a.value(world.key, "f") == "y")
        let report = try await world.a.sync(world.hub)
        #expect(report.suspect == 2)
        try await world.settle()
        #expect(try world.values("f") == ["y", "y", "y"])
        // The clock has healed: the next claim is believed again.
        world.time.advance(ScenarioWorld.minute)
        try world.a.set(world.key, ["f": "z"])
        #expect(try await world.a.sync(world.hub).suspect == 0)
    }

    @Test(arguments: [false, true])
    func scenario2_futureClockOffline_winsOnlyIfItHadSeen(_ hadSeen: Bool) async throws {
        let world = try await ScenarioWorld()
        try world.b.set(world.key, ["f": "start"])
        try await world.settle()
        world.a.clock.set(10 * ScenarioWorld.year)
        if !hadSeen { try world.a.set(world.key, ["f": "from a"]) }
        world.time.advance(10 * ScenarioWorld.day)
        try world.b.set(world.key, ["f": "from b"])
        try await world.b.sync(world.hub)
        if hadSeen {
            try await world.a.sync(world.hub)
            try world.a.set(world.key, ["f": "from a"])
        }
        world.time.advance(11 * ScenarioWorld.day)
        try await world.settle()
        let winner: Value = hadSeen ? "from a" : "from b"
        #expect(try world.values("f") == [winner, winner, winner])
        let lost = try world.conflicts(world.c).map(\.lost.value.value)
        #expect(lost == (hadSeen ? [] : ["from a"]))
    }

    @Test func scenario3_suspectChangeLosesOnAStillRecord_writerIsTold() async throws {
        let world = try await ScenarioWorld()
        world.b.clock.set(4 * ScenarioWorld.minute)
        world.a.clock.set(60 * ScenarioWorld.minute)
        try world.a.set(world.key, ["f": "from a"])
        try world.b.set(world.key, ["f": "from b"])
        try await world.b.sync(world.hub)
        let report = try await world.a.sync(world.hub)
        #expect(report.suspect == 1)
        #expect(try world.a.value(world.key, "f") == "from b")
        #expect(try world.conflicts(world.a).map(\.lost.value.value) == ["from a"])
    }

    @Test func scenario4_restoredFromLastWeek_getsItsOwnLaterRecordsBack() async throws {
        let world = try await ScenarioWorld()
        try world.a.set(world.key, ["f": "old"])
        try await world.a.sync(world.hub)
        try world.a.replica.close()
        try world.a.copy(to: "last-week.sqlite")
        try world.a.restoreCopy("last-week.sqlite")
        world.time.advance(7 * ScenarioWorld.day)
        let later = RecordKey("stops", ID128(high: 1, low: 2))
        try world.a.set(later, ["f": "this week"])
        try await world.a.sync(world.hub)
        try world.a.restoreCopy("last-week.sqlite")
        #expect(try world.a.value(later, "f") == nil)
        let report = try await world.a.sync(world.hub)
        #expect(report.halt == nil)
        #expect(try world.a.value(later, "f") == "this week")
        // It goes on, under a name of its own: a copy may live.
        try world.a.set(later, ["f": "delivered"])
        try await world.settle()
        #expect(try world.b.value(later, "f") == "delivered")
        #expect(try world.isEqualEverywhere())
    }

    @Test func scenario5_sameSpreadsheetOnTwoDevices_noConflictsNoDoubles() async throws {
        let world = try await ScenarioWorld()
        let rows = (1...5).map { row in
            Edit(
                RecordKey("stops", ID128(high: 9, low: UInt64(row))),
                .create(["point": .text("P\(row)"), "team_size": 3]))
        }
        try world.a.replica.save(rows)
        world.time.advance(ScenarioWorld.minute)
        try world.b.replica.save(rows)
        try await world.settle()
        #expect(try world.conflicts(world.c).isEmpty)
        #expect(try world.c.replica.counts()["stops"] == 5)
        #expect(try world.isEqualEverywhere())
    }

    @Test(arguments: [false, true])
    func scenario6_editMeetsDeleteUnseen_editIsListed(_ editArrivesFirst: Bool) async throws {
        let world = try await ScenarioWorld()
        try world.a.set(world.key, ["f": "1", "g": "1"])
        try await world.settle()
        try world.b.set(world.key, ["g": "edited"])
        world.time.advance(1_000)
        try world.c.replica.save([Edit(world.key, .delete)])
        for device in editArrivesFirst ? [world.b, world.c] : [world.c, world.b] {
            try await device.sync(world.hub)
        }
        try await world.settle()
        let conflicts = try world.conflicts(world.a)
        #expect(conflicts.map(\.lost.value.value) == ["edited"])
        #expect(conflicts.map(\.keptField) == ["_deleted"])
        #expect(try world.a.replica.record(world.key)?.isDeleted == true)
        let listed = try #require(try world.a.replica.conflicts().first)
        _ = try world.a.replica.resolve(listed, .lost)
        try await world.settle()
        #expect(try world.values("g") == ["edited", "edited", "edited"])
        #expect(try world.c.replica.record(world.key)?.isDeleted == false)
        #expect(try world.conflicts(world.c).allSatisfy(\.isResolved))
    }

    @Test func scenario10_answersLost_repeatingGivesTheSameAnswer() async throws {
        let world = try await ScenarioWorld()
        try world.a.set(world.key, ["f": "x"])
        let start = try world.a.replica.beginSession()
        let number = try #require(try world.a.replica.sealNext(upTo: start.mark))
        let push = WireRequest(
            .post, "/v1/batches", token: world.a.replica.token,
            body: try world.a.replica.batch(number).envelope)
        let first = world.hub.service.answer(push)
        #expect(world.hub.service.answer(push).body == first.body)
        let invite = try world.hub.invite("d")
        let request = try world.a.replica.beginJoin(invite)
        let join = WireRequest(.post, "/v1/devices", body: request.encoded)
        let answer = world.hub.service.answer(join)
        #expect(answer.status == 200)
        #expect(world.hub.service.answer(join).body == answer.body)
        let report = try await world.a.sync(world.hub)
        #expect(report.pushed == 1)
        #expect(try world.a.replica.status().pending == 0)
    }

    @Test func scenario11_twoSavesOverAnUnseenValue_theUnseenOneIsListed() async throws {
        let world = try await ScenarioWorld()
        try world.b.set(world.key, ["f": "v1"])
        try await world.b.sync(world.hub)
        world.time.advance(1_000)
        try world.a.set(world.key, ["f": "x"])
        try world.a.set(world.key, ["f": "y"])
        try await world.settle()
        #expect(try world.values("f") == ["y", "y", "y"])
        #expect(try world.conflicts(world.c).map(\.lost.value.value) == ["v1"])
    }

    @Test func scenario12_oldPageMeetsNewReceipt_pageDoesNotCommit() async throws {
        let world = try await ScenarioWorld()
        try world.b.set(world.key, ["f": "from b"])
        try await world.b.sync(world.hub)
        let request = try world.a.replica.pullRequest()
        let token = try #require(world.a.replica.token)
        let page = world.hub.service.answer(request.wire(token: token))
        // Meanwhile another process on the same file saves, pushes and stores its receipt.
        let own = RecordKey("stops", ID128(high: 1, low: 5))
        try world.a.set(own, ["f": "mine"])
        try await world.a.sync(world.hub)
        let message = try PageMessage(encoded: page.body)
        // The page is old, not the hub: no alarm.
        var session = SyncSession()
        _ = session.handle(.began(unreceipted: []))
        let answer = try world.a.replica.judge(message.page, request: request)
        #expect(session.handle(.answered(answer)) == .commitPage)
        #expect(try world.a.replica.apply(message, request: request) == .outdated)
        try await world.settle()
        #expect(try world.isEqualEverywhere())
    }

    @Test func receipt_suspectChange_registersTakeTheEffectiveStampAtOnce() async throws {
        let world = try await ScenarioWorld()
        world.a.clock.set(60 * ScenarioWorld.minute)
        let saved = try world.a.set(world.key, ["f": "x"])
        let start = try world.a.replica.beginSession()
        let number = try #require(try world.a.replica.sealNext(upTo: start.mark))
        let batch = try world.a.replica.batch(number)
        let answer = world.hub.service.answer(
            WireRequest(
                .post, "/v1/batches", token: world.a.replica.token, body: batch.envelope))
        let receipt = try Receipt(encoded: answer.body)
        let effective = try #require(receipt.leaf.verdict.effective.first?.stamp)
        #expect(effective != saved.stamp)
        try world.a.replica.store(receipt)
        let shown = try world.a.replica.record(world.key)?.state["f"]?.stamp.time
        #expect(shown == effective)
        // Storing it again, as after a crash, changes nothing.
        try world.a.replica.store(receipt)
        #expect(try world.a.replica.status().pending == 0)
    }

    @Test func receipt_whileLaterClaimsArePending_noStampIsClaimedTwice() async throws {
        let world = try await ScenarioWorld()
        world.a.clock.set(10 * ScenarioWorld.year)
        try world.a.set(world.key, ["f": "first"])
        let start = try world.a.replica.beginSession()
        let pending = try #require(try world.a.set(world.key, ["f": "second"]).stamp)
        let number = try #require(try world.a.replica.sealNext(upTo: start.mark))
        let answer = world.hub.service.answer(
            WireRequest(
                .post, "/v1/batches", token: world.a.replica.token,
                body: try world.a.replica.batch(number).envelope))
        try world.a.replica.store(try Receipt(encoded: answer.body))
        world.a.clock.set(0)
        let next = try #require(try world.a.set(world.key, ["f": "third"]).stamp)
        #expect(next > pending)
        try await world.settle()
        #expect(try world.values("f") == ["third", "third", "third"])
        #expect(try world.isEqualEverywhere())
    }

    @Test func page_holdsTheRulingOnASealedBatch_outcomeIsShownOnceReceipted() async throws {
        // A push whose answer was lost; the next pull brings the ruling before the receipt.
        let world = try await ScenarioWorld()
        try world.a.set(world.key, ["f": "from a"])
        world.time.advance(1_000)
        try world.b.set(world.key, ["f": "from b"])
        try await world.b.sync(world.hub)
        let start = try world.a.replica.beginSession()
        let number = try #require(try world.a.replica.sealNext(upTo: start.mark))
        _ = world.hub.service.answer(
            WireRequest(
                .post, "/v1/batches", token: world.a.replica.token,
                body: try world.a.replica.batch(number).envelope))
        try await world.a.sync(world.hub)
        #expect(try world.a.value(world.key, "f") == "from b")
        try await world.settle()
        #expect(try world.isEqualEverywhere())
    }
}
