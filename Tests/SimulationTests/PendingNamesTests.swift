import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import SyncReplica

/// What waits names the records that it made, until somebody touches them; what it says never
/// changes by that.
@Suite(.onBothStores) struct PendingNamesTests {
    private func pending(_ device: SimulatedDevice) throws -> [Change] {
        try device.replica.file.read { store in
            var changes: [Change] = []
            try PendingTable(store).each { changes.append($0) }
            return changes
        }
    }

    /// Rows of `pending`, and how many of them name records.
    private func rows(_ device: SimulatedDevice) throws -> (all: Int64, naming: Int64) {
        try device.replica.file.read { store in
            (
                try store.integer("SELECT count(*) FROM pending"),
                try store.integer(
                    "SELECT count(*) FROM pending WHERE first_row IS NOT NULL "
                        + "AND length(changes) = 0")
            )
        }
    }

    private func made(_ range: ClosedRange<UInt64>) -> [Edit] {
        range.map { Edit(RecordKey("stops", ID128(high: 7, low: $0)), .create(["f": "made"])) }
    }

    @Test func save_newRecords_areNamedAndReadAsTheirChanges() async throws {
        let world = try await ScenarioWorld()
        let saved = try world.a.replica.save(made(1...2_500))
        // A row names no more than one batch holds.
        #expect(try rows(world.a) == (3, 3))
        let changes = try pending(world.a)
        #expect(changes.map(\.key) == saved.map(\.state.key))
        #expect(changes.map(\.stamp) == saved.compactMap(\.stamp))
        #expect(changes.allSatisfy { $0.set == [.init("f", CanonicalValue("made"))] })
        let report = try await world.a.sync(world.hub)
        #expect(report.pushed == 2_500)
        #expect(try rows(world.a).all == 0)
        try await world.settle()
        #expect(try world.isEqualEverywhere())
    }

    @Test func save_touchesWhatIsNamed_theChangeIsHeldAsItWas() async throws {
        let world = try await ScenarioWorld()
        try world.a.replica.save(made(1...3))
        let first = try pending(world.a)
        try world.a.set(first[1].key, ["f": "edited", "g": 1])
        #expect(try Array(pending(world.a).prefix(3)) == first)
        #expect(try rows(world.a) == (2, 0))
        try await world.a.sync(world.hub)
        try await world.settle()
        #expect(try world.b.value(first[1].key, "f") == "edited")
        #expect(try world.b.value(first[2].key, "f") == "made")
    }

    @Test func save_makesAndEditsInOne_bothChangesWait() async throws {
        let world = try await ScenarioWorld()
        let key = made(1...1)[0].key
        try world.a.replica.save(made(1...2) + [Edit(key, .set(["f": "at once"]))] + made(3...4))
        let changes = try pending(world.a)
        #expect(changes.map(\.key.id.low) == [1, 2, 1, 3, 4])
        let values: [Value?] = ["made", "made", "at once", "made", "made"]
        #expect(changes.map { $0.set[0].value.value } == values)
        try await world.a.sync(world.hub)
        try await world.settle()
        #expect(try world.c.value(key, "f") == "at once")
    }

    /// A page costs what is on it, however much waits: what it does not name is not read.
    @Test func pull_ofOthersRecords_doesNotReadWhatIsNamed() async throws {
        let world = try await ScenarioWorld()
        let other = RecordKey("stops", ID128(high: 8, low: 1))
        try world.b.set(other, ["f": "b's"])
        try await world.b.sync(world.hub)
        try world.a.replica.save(made(1...3))
        try world.a.replica.file.write { store in
            try store.run("UPDATE records SET clock = x'00' WHERE row = 2")
        }
        // What is damaged is noticed when it is sealed, after the pull.
        await #expect(throws: StoreError.self) { try await world.a.sync(world.hub) }
        #expect(try world.a.value(other, "f") == "b's")
    }

    @Test func pull_touchesWhatIsNamed_theChangeIsHeldAsItWas() async throws {
        let world = try await ScenarioWorld()
        try world.b.set(made(1...1)[0].key, ["f": "made", "g": "by another"])
        try await world.b.sync(world.hub)
        // The same record, made here too and not sent yet; and once more after it was sealed.
        world.time.advance(1_000)
        try world.a.replica.save(made(1...3))
        let changes = try pending(world.a)
        _ = try world.a.replica.sealNext(upTo: .max)
        #expect(try rows(world.a) == (1, 1))
        let request = try world.a.replica.pullRequest()
        let token = try #require(world.a.replica.token)
        let page = try PageMessage(
            encoded: world.hub.service.answer(request.wire(token: token)).body)
        _ = try world.a.replica.apply(page, request: request)
        #expect(try pending(world.a) == changes)
        #expect(try rows(world.a) == (1, 0))
        try await world.settle()
        #expect(try world.isEqualEverywhere())
    }

    @Test func save_manyRandomEdits_whatWaitsOnlyGrows() async throws {
        let world = try await ScenarioWorld()
        var random = SeededGenerator(seed: 31)
        var known: [Change] = []
        for round in 0..<120 {
            world.time.advance(10)
            var edits: [Edit] = []
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let low = UInt64.random(in: 0...60, using: &random)
                let key = RecordKey("stops", ID128(high: 9, low: low))
                switch Int.random(in: 0..<6, using: &random) {
                case 0: edits.append(Edit(key, .set(["f": .text("set \(round)")])))
                case 1 where try world.a.replica.record(key) != nil:
                    edits.append(Edit(key, .delete))
                default: edits.append(Edit(key, .create(["f": .text("made \(round)"), "n": 1])))
                }
            }
            try world.a.replica.save(edits)
            let now = try pending(world.a)
            #expect(Array(now.prefix(known.count)) == known)
            known = now
            if round % 30 == 29 {
                let report = try await world.a.sync(world.hub)
                #expect(report.pushed == known.count)
                known = []
            }
        }
        try await world.settle()
        #expect(try world.isEqualEverywhere())
    }

    @Test(arguments: [false, true])
    func namedRecord_isDamaged_theCheckHoldsTheOthers(isSealed: Bool) async throws {
        let world = try await ScenarioWorld()
        try world.a.replica.save(made(1...2))
        try world.a.replica.save(made(3...5))
        let before = try pending(world.a)
        if isSealed { _ = try world.a.replica.sealNext(upTo: .max) }
        try world.a.replica.file.write { store in
            try store.run(
                "UPDATE records SET clock = x'00' WHERE row = "
                    + "(SELECT max(first_row) + 1 FROM pending)")
        }
        if !isSealed {
            await #expect(throws: StoreError.self) { try await world.a.sync(world.hub) }
        }
        #expect(try world.a.replica.check(heals: true).isHealed)
        // What is sealed is in the batch too; else the one that was damaged is lost, and no other.
        let expected = isSealed ? before : before.filter { $0.key.id.low != 4 }
        #expect(try pending(world.a) == expected)
        let report = try await world.a.sync(world.hub)
        #expect(report.halt == nil && report.pushed == expected.count)
        try await world.settle()
        #expect(try world.isEqualEverywhere())
    }

    /// What is sealed is sent from the batch: a sync needs no check before it.
    @Test func namedRecord_isDamagedAfterItWasSealed_isSentAndMendedLater() async throws {
        let world = try await ScenarioWorld()
        try world.a.replica.save(made(1...3))
        _ = try world.a.replica.sealNext(upTo: .max)
        try world.a.replica.file.write { store in
            try store.run("UPDATE records SET clock = x'00' WHERE row = 2")
        }
        let report = try await world.a.sync(world.hub)
        #expect(report.halt == nil && report.pushed == 3)
        #expect(try world.a.replica.check(heals: true).isHealed)
        try await world.settle()
        #expect(try world.isEqualEverywhere())
    }

    @Test func namedRecord_isGoneFromTheFile_isToldAndNothingIsSealed() async throws {
        let world = try await ScenarioWorld()
        try world.a.replica.save(made(1...3))
        try world.a.replica.file.write { store in
            try store.run("DELETE FROM records WHERE row = (SELECT first_row + 1 FROM pending)")
        }
        #expect(throws: StoreError.self) { try world.a.replica.sealNext(upTo: .max) }
        #expect(try world.a.replica.beginSession().unreceipted.isEmpty)
    }
}
