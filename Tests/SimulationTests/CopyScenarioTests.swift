import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

/// Copies of a device and files put back, told step by step. The numbers are those of
/// docs/testing.md.
@Suite(.onBothStores) struct CopyScenarioTests {
    @Test func scenario1_twinsInTurnThreeRounds_allOnTheHubOnce() async throws {
        let world = try await ScenarioWorld()
        try world.a.set(world.stop(100), ["f": "pending when copied"])
        let twin = try world.a.twin("twin", seed: 9)
        var notices: [HealingNotice] = []
        for round in 1...3 {
            for (index, device) in [world.a, twin].enumerated() {
                for stop in 1...10 {
                    let number = UInt64(round * 100 + index * 50 + stop)
                    try device.set(
                        world.stop(1_000 + number), ["f": .text("\(device.name) \(number)")])
                }
                world.time.advance(ScenarioWorld.minute)
                notices += try await device.sync(world.hub).notices
            }
        }
        let all = [world.a, twin, world.b, world.c]
        notices += try await world.settle(all)
        #expect(notices == [.copied(name: "a (2)")])
        #expect(try world.isEqual(all))
        #expect(try world.c.replica.counts()["stops"] == 61)
        #expect(try world.applied("pending when copied") == 1)
        #expect(try world.conflicts(world.c).isEmpty)
        #expect(try twin.replica.ownDevices() == [world.a.id, twin.id])
    }

    @Test(arguments: [false, true])
    func scenario2_cutAtEveryStepOfHealing_endsTheSame(isAnswerLost: Bool) async throws {
        for cut in 0..<12 {
            let world = try await ScenarioWorld()
            try world.a.set(world.stop(1), ["f": "both"])
            let twin = try world.a.twin("twin", seed: 9)
            try world.a.set(world.stop(2), ["f": "a"])
            try await world.a.sync(world.hub)
            try twin.set(world.stop(3), ["f": "twin"])
            // Cut again and again, at this step each time, and at later ones.
            var isCut = true
            var step = cut
            while isCut, step < cut + 40 {
                isCut = try await twin.sync(
                    world.hub, cutAt: step, isAnswerLost: isAnswerLost)
                step += 1
            }
            let all = [world.a, twin, world.b, world.c]
            try await world.settle(all)
            #expect(try world.isEqual(all), "cut \(cut)")
            #expect(try world.applied("both") == 1, "cut \(cut)")
            #expect(try world.applied("twin") == 1, "cut \(cut)")
            #expect(try world.hub.store.devices().count == 4, "cut \(cut)")
        }
    }

    @Test func answerToANewKey_comesOnceMoreAndLate_theFileGoesOnUnderItsPresentKey()
        async throws
    {
        let world = try await ScenarioWorld()
        let twin = try world.a.twin("twin", seed: 9).replica
        func ask() throws -> (JoinAnswer, PublicKey) {
            let request = try twin.beginNewKey()
            let answer = world.hub.service.answer(
                WireRequest(.post, "/v1/devices", body: request.encoded))
            return (try JoinAnswer(encoded: answer.content()), request.key)
        }
        let (first, firstKey) = try ask()
        _ = try twin.finishNewKey(first, for: firstKey)
        let (second, secondKey) = try ask()
        _ = try twin.finishNewKey(second, for: secondKey)
        // Another process had asked with the first key too, and gets its answer only now.
        _ = try twin.finishNewKey(first, for: firstKey)
        #expect(try twin.deviceID() == secondKey.deviceID)
        #expect(try twin.ownDevices().last == secondKey.deviceID)
    }

    @Test func answerToANewKey_comesTwiceBeforeTheKeyFileFollows_isTakenOnce() async throws {
        let world = try await ScenarioWorld()
        let twin = try world.a.twin("twin", seed: 9).replica
        let keyPath = KeyFile.path(forReplica: twin.path)
        let request = try twin.beginNewKey()
        let asked = try #require(try KeyFile.read(keyPath))
        let answer = try JoinAnswer(
            encoded: world.hub.service.answer(
                WireRequest(.post, "/v1/devices", body: request.encoded)
            ).content())
        _ = try twin.finishNewKey(answer, for: request.key)
        // Between the file and the key file another process comes with the same answer.
        try asked.write(to: keyPath)
        _ = try twin.finishNewKey(answer, for: request.key)
        #expect(try twin.ownDevices() == [world.a.id, request.key.deviceID])
    }

    @Test func scenario2_twoProcessesOnOneFile_takeOneNewKey() async throws {
        let world = try await ScenarioWorld()
        let twin = try world.a.twin("twin", seed: 9)
        try world.a.set(world.stop(2), ["f": "a"])
        try await world.a.sync(world.hub)
        try twin.set(world.stop(3), ["f": "twin"])
        let hub = world.hub
        let requests = Counter()
        let nested = Counter()
        // Another process syncs the same file whenever this one has a request under way.
        _ = try? await twin.sync(
            hub,
            meanwhile: {
                guard requests.next() > 1, nested.next() < 8 else { return }
                _ = try? await twin.sync(hub)
            })
        let all = [world.a, twin, world.b, world.c]
        try await world.settle(all)
        #expect(try world.isEqual(all))
        #expect(try world.hub.store.devices().count == 4)
        #expect(try world.applied("twin") == 1)
    }

    @Test func scenario3_twinsSaveInTheSameMillisecond_bothValuesAreKept() async throws {
        let world = try await ScenarioWorld()
        let twin = try world.a.twin("twin", seed: 9)
        try world.a.set(world.key, ["f": "from a"])
        try twin.set(world.key, ["f": "from the twin"])
        let all = [world.a, twin, world.b, world.c]
        try await world.settle(all)
        #expect(try world.isEqual(all))
        let conflicts = try world.openConflicts(world.c)
        #expect(conflicts.count == 1)
        let values = [
            try world.c.value(world.key, "f"), conflicts.first?.lost.value.value,
        ].compactMap(\.self)
        #expect(Set(values) == ["from a", "from the twin"])
    }

    /// The copy that must take a new key delivers its work in that same sync.
    @Test func sync_thatTakesANewKey_deliversToo() async throws {
        let world = try await ScenarioWorld()
        let twin = try world.a.twin("twin", seed: 9)
        try world.a.set(world.stop(1), ["f": "a"])
        try await world.a.sync(world.hub)
        try twin.set(world.stop(2), ["f": "twin"])
        let report = try await twin.sync(world.hub)
        #expect(report.notices == [.copied(name: "a (2)")] && report.pushed == 1)
        #expect(!report.digest.isDifferent && report.digest != .notCompared)
        #expect(try twin.replica.latestOwnRecord(in: "stops")?.key == world.stop(2))
        #expect(try twin.replica.trace(world.stop(1)).isEmpty)
    }

    /// The hub knows one save under two names, whichever comes first.
    @Test func scenario4_sharedChangeComesUnderTheOldKeyLater_isARepeat() async throws {
        let world = try await ScenarioWorld()
        try world.a.set(world.key, ["f": "shared"])
        let twin = try world.a.twin("twin", seed: 9)
        // The twin learns of the copy by another batch of a's number, and re-authors.
        let other = try world.a.twin("other", seed: 10)
        try other.replica.save([Edit(world.stop(7), .set(["f": "other"]))])
        try await other.sync(world.hub)
        try twin.set(world.stop(8), ["f": "twin"])
        try await twin.sync(world.hub)
        try await world.b.sync(world.hub)
        world.time.advance(ScenarioWorld.minute)
        try world.b.set(world.key, ["f": "b's edit of it"])
        try await world.b.sync(world.hub)
        let all = [world.a, twin, other, world.b, world.c]
        try await world.settle(all)
        #expect(try world.isEqual(all))
        #expect(try world.applied("shared") == 1)
        #expect(try world.values("f") == Array(repeating: "b's edit of it", count: 3))
        #expect(try world.conflicts(world.c).isEmpty)
    }

    @Test func scenario5_copyOfACopyRekeyedTwice_keepsItsAncestors() async throws {
        let world = try await ScenarioWorld()
        let first = world.a
        var all = [world.a, world.b, world.c]
        var latest = first
        for number in 2...4 {
            let twin = try latest.twin("twin\(number)", seed: UInt64(number) &+ 20)
            try latest.set(world.stop(UInt64(number * 10)), ["f": "before"])
            try await latest.sync(world.hub)
            try twin.set(world.stop(UInt64(number * 10 + 1)), ["f": .text("twin \(number)")])
            try await twin.sync(world.hub)
            all.append(twin)
            latest = twin
        }
        // One file that goes by two keys in its life: put back to before its new key.
        try latest.copy(to: "old.sqlite")
        try latest.set(world.stop(99), ["f": "lost by putting back"])
        try await latest.sync(world.hub)
        try latest.restoreCopy("old.sqlite")
        try latest.set(world.stop(98), ["f": "after putting back"])
        try await world.settle(all)
        #expect(try world.isEqual(all))
        #expect(try latest.replica.ownDevices().count == 5)
        #expect(try world.b.value(world.stop(98), "f") == "after putting back")
        #expect(try world.b.value(world.stop(99), "f") == "lost by putting back")
        let names = try world.hub.store.devices().map(\.device.name).filter { $0.hasPrefix("a") }
        #expect(names.sorted() == ["a", "a (2)", "a (3)", "a (4)", "a (5)"])
    }

    @Test func scenario6_oldKeyIsRevoked_workIsKeptUntilANewInvite() async throws {
        let world = try await ScenarioWorld()
        let twin = try world.a.twin("twin", seed: 9)
        try world.a.set(world.stop(2), ["f": "a"])
        try await world.a.sync(world.hub)
        _ = try world.hub.store.setRevoked(true, device: world.a.id)
        try twin.set(world.stop(3), ["f": "twin"])
        await #expect(throws: WireError.self) { try await twin.sync(world.hub) }
        #expect(try twin.value(world.stop(3), "f") == "twin")
        #expect(try twin.replica.status().pending == 1)
        // A new invite lets the key in again, and the copy goes on.
        try await twin.join(world.hub)
        let all = [twin, world.b, world.c]
        let notices = try await world.settle(all)
        #expect(notices == [.copied(name: "twin (2)")])
        #expect(try world.isEqual(all))
        #expect(try world.b.value(world.stop(3), "f") == "twin")
        // Revoking the first names and revokes what came out of it, unless told otherwise.
        #expect(try world.hub.store.setRevoked(true, device: world.a.id).count >= 1)
        await #expect(throws: WireError.self) { try await twin.sync(world.hub) }
    }

    @Test func scenario7_putBack_nothingNew_laterWorkComesBack() async throws {
        let world = try await ScenarioWorld()
        try world.a.copy(to: "old.sqlite")
        try world.a.set(world.key, ["f": "later"])
        try await world.settle()
        try world.a.restoreCopy("old.sqlite")
        // Whether a copy lives cannot be known: it goes on under a name of its own.
        let notices = try await world.settle([world.a, world.b, world.c])
        #expect(notices == [.copied(name: "a (2)")])
        #expect(try world.a.value(world.key, "f") == "later")
        #expect(try world.isEqualEverywhere())
    }

    @Test func scenario7_putBack_newWorkAndADeletion_bothStand() async throws {
        let world = try await ScenarioWorld()
        try world.a.set(world.stop(1), ["f": "one"])
        try world.a.set(world.stop(2), ["f": "two"])
        try await world.settle()
        try world.a.copy(to: "old.sqlite")
        world.time.advance(ScenarioWorld.day)
        try world.a.replica.save([Edit(world.stop(1), .delete)])
        try world.a.set(world.stop(2), ["f": "two, later"])
        try await world.a.sync(world.hub)
        try world.a.restoreCopy("old.sqlite")
        world.time.advance(ScenarioWorld.minute)
        try world.a.set(world.stop(3), ["f": "after putting back"])
        let notices = try await world.settle([world.a, world.b, world.c])
        #expect(notices == [.copied(name: "a (2)")])
        #expect(try world.isEqualEverywhere())
        #expect(try world.b.replica.record(world.stop(1))?.isDeleted == true)
        #expect(try world.b.value(world.stop(2), "f") == "two, later")
        #expect(try world.b.value(world.stop(3), "f") == "after putting back")
        #expect(try world.conflicts(world.c).isEmpty)
    }

    @Test func scenario7_putBack_conflictSettledSince_staysSettled() async throws {
        let world = try await ScenarioWorld()
        try world.a.set(world.key, ["f": "a"])
        world.time.advance(1_000)
        try world.b.set(world.key, ["f": "b"])
        try await world.settle()
        try world.a.copy(to: "old.sqlite")
        let conflict = try #require(try world.openConflicts(world.a).first)
        world.time.advance(1_000)
        try world.a.set(world.key, ["f": "both"], resolves: [conflict.id])
        try await world.settle()
        try world.a.restoreCopy("old.sqlite")
        try world.a.set(world.stop(5), ["f": "new"])
        try await world.settle([world.a, world.b, world.c])
        #expect(try world.isEqualEverywhere())
        #expect(try world.openConflicts(world.b).isEmpty)
        #expect(try world.values("f") == Array(repeating: "both", count: 3))
    }

    @Test func scenario13_hubRestoredAndATwin_bothHeal() async throws {
        let world = try await ScenarioWorld()
        try await world.settle()
        let backup = try world.hub.copyStore()
        let twin = try world.a.twin("twin", seed: 9)
        try world.a.set(world.stop(2), ["f": "a's work"])
        try await world.a.sync(world.hub)
        try world.hub.restoreStore(backup)
        // The twin's batch takes the number of the batch that the hub lost.
        try twin.set(world.stop(3), ["f": "twin"])
        try await twin.sync(world.hub)
        let all = [world.a, twin, world.b, world.c]
        let notices = try await world.settle(all)
        #expect(notices.contains(.copied(name: "a (2)")))
        #expect(try world.isEqual(all))
        #expect(try world.b.value(world.stop(2), "f") == "a's work")
        #expect(try world.b.value(world.stop(3), "f") == "twin")
        let applied = try world.applied("a's work")
        #expect(applied == 1)
        #expect(try world.conflicts(world.c).isEmpty)
    }
}
