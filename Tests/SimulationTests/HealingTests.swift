import Gzip
import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import Testing

@testable import SyncReplica

/// Silent differences are found, mended, counted, and what was there is kept.
@Suite(.onBothStores) struct HealingTests {
    /// What the table of repairs holds: states as text.
    private func healed(_ device: SimulatedDevice) throws -> [(before: String?, after: String?)] {
        var rows: [(String?, String?)] = []
        try device.replica.file.read { store in
            try store.each("SELECT before, after FROM healed ORDER BY sequence") { row in
                func text(_ column: Int32) throws -> String? {
                    guard !row.isNull(column) else { return nil }
                    let bytes = try Gzip.decompress(row.array(column), limit: 1 << 20)
                    return String(decoding: bytes, as: UTF8.self)
                }
                rows.append((try text(0), try text(1)))
            }
        }
        return rows
    }

    private func run(_ sql: String, on device: SimulatedDevice) throws {
        try device.replica.file.write { try $0.execute(sql) }
    }

    @Test func pull_recordAlteredInTransitAndSignedAnew_isHealedInTheSameSync() async throws {
        let world = try await ScenarioWorld()
        try world.b.set(world.key, ["f": "true", "g": "too"])
        try await world.b.sync(world.hub)
        let tampering = Tampering(key: world.hub.key)
        let report = try await world.a.sync(
            world.hub,
            tamper: { request, answer in
                tampering.page(request, answer) {
                    Tampering.alter(&$0, field: "f", to: "false")
                }
            })
        #expect(report.healed == 1)
        #expect(try world.a.value(world.key, "f") == "true")
        #expect(try world.a.states() == world.b.states())
        let rows = try healed(world.a)
        #expect(rows.count == 1)
        #expect(rows.first?.before?.contains(#""f":"false""#) == true)
        #expect(rows.first?.after?.contains(#""f":"true""#) == true)
        let digest = try world.hub.store.status().digest
        #expect(report.digest == .equal(digest))
        #expect(try await world.a.sync(world.hub).healed == 0)
    }

    @Test func pull_recordLeftOutOfThePage_isHealedInTheSameSync() async throws {
        let world = try await ScenarioWorld()
        try world.b.set(world.key, ["f": "here"])
        try await world.b.sync(world.hub)
        let tampering = Tampering(key: world.hub.key)
        let report = try await world.a.sync(
            world.hub,
            tamper: { request, answer in
                tampering.page(request, answer) { list in
                    list.removeAll { $0["record"]?["collection"]?.string == "stops" }
                    return true
                }
            })
        #expect(report.healed == 1)
        #expect(try world.a.value(world.key, "f") == "here")
        #expect(try healed(world.a).first?.before == nil)
    }

    @Test func rowAlteredBesideTheDigest_checkFindsItAndTheNextSyncMendsIt() async throws {
        let world = try await ScenarioWorld()
        try world.b.set(world.key, ["f": "true"])
        try await world.settle()
        #expect(try world.a.replica.check(heals: false).isOK)
        try run(
            "UPDATE records SET fields = replace(fields, 'true', 'false') "
                + "WHERE collection = 'stops'", on: world.a)
        // The kept digest is what it was: a sync cannot see it.
        #expect(try await world.a.sync(world.hub).healed == 0)
        let found = try world.a.replica.check(heals: false)
        #expect(!found.isDigestRight && !found.isHealed && found.digest != found.storedDigest)
        #expect(try world.a.replica.check(heals: true).isHealed)
        #expect(try world.a.replica.check(heals: false).isOK)
        let report = try await world.a.sync(world.hub)
        #expect(report.healed == 1 && !report.digest.isDifferent)
        #expect(try world.a.value(world.key, "f") == "true")
        #expect(try healed(world.a).first?.before?.contains("false") == true)
        #expect(try world.isEqualEverywhere())
    }

    @Test func extraAndMissingRecords_areTakenOutAndBroughtBack() async throws {
        let world = try await ScenarioWorld()
        try world.b.set(world.key, ["f": "missing on a"])
        try await world.settle()
        let extra = RecordKey("stops", ID128(high: 66, low: 6))
        let stamp = Stamp(time: StampTime(milliseconds: 1), device: try world.b.id)
        try world.a.replica.file.write { store in
            let records = RecordTable(store)
            let state = RecordState(
                extra, set: [.init("f", CanonicalValue("nobody wrote this"))], stamp: stamp)
            try records.put(state, position: 3)
            if let missing = try records.record(world.key) { try records.remove(missing) }
            try records.finish()
        }
        let report = try await world.a.sync(world.hub)
        #expect(report.healed == 2 && report.halt == nil)
        #expect(try world.a.replica.record(extra) == nil)
        #expect(try world.a.value(world.key, "f") == "missing on a")
        #expect(try healed(world.a).contains { $0.after == nil && $0.before != nil })
        #expect(try world.isEqualEverywhere())
    }

    @Test func rowsThatCannotBeRead_areKeptAsideAndTheRecordsComeBack() async throws {
        let world = try await ScenarioWorld()
        let other = RecordKey("stops", ID128(high: 1, low: 2))
        try world.b.set(world.key, ["f": "clock"])
        try world.b.set(other, ["f": "fields"])
        try await world.settle()
        try run(
            "UPDATE records SET clock = x'00' WHERE fields LIKE '%clock%'; "
                + "UPDATE records SET fields = '{' WHERE fields LIKE '%\"fields\"%'; "
                + "UPDATE digest SET children = x'00' WHERE node = 64", on: world.a)
        let found = try world.a.replica.check(heals: true)
        #expect(found.damaged == 2 && found.storedDigest == nil && found.isHealed)
        let report = try await world.a.sync(world.hub)
        #expect(report.healed == 2)
        #expect(try world.a.states() == world.b.states())
        #expect(try world.a.replica.check(heals: false).isOK)
        #expect(try world.a.replica.counts() == world.b.replica.counts())
    }

    @Test func rowsAddedAndTakenOutBesideTheCounts_countsAreRightAfterTheRepair() async throws {
        let world = try await ScenarioWorld()
        try world.b.set(world.key, ["f": "x"])
        try world.b.set(RecordKey("stops", ID128(high: 1, low: 2)), ["f": "y"])
        try await world.settle()
        try run(
            "DELETE FROM records WHERE fields LIKE '%\"y\"%'; "
                + "INSERT INTO records(collection, id, fields, clock, position) "
                + "SELECT 'hazards', id, fields, clock, position FROM records "
                + "WHERE collection = 'stops'", on: world.a)
        let found = try world.a.replica.check(heals: true)
        #expect(!found.areCountsRight && !found.isOK)
        #expect(try await world.a.sync(world.hub).healed == 2)
        #expect(try world.a.replica.check(heals: false).isOK)
        #expect(try world.a.replica.counts()["stops"] == 2)
        #expect(try world.a.replica.counts()["hazards"] ?? 0 == 0)
    }

    @Test func bucketAnswerThatDoesNotAddUp_nothingIsApplied() async throws {
        let world = try await ScenarioWorld()
        try world.b.set(world.key, ["f": "true"])
        try await world.settle()
        try run(
            "UPDATE records SET fields = replace(fields, 'true', 'mine') "
                + "WHERE collection = 'stops'", on: world.a)
        _ = try world.a.replica.check(heals: true)
        let before = try world.a.states()
        let tampering = Tampering(key: world.hub.key)
        let report = try await world.a.sync(
            world.hub,
            tamper: { request, answer in
                tampering.bucket(request, answer) {
                    Tampering.alter(&$0, field: "f", to: "a lie")
                }
            })
        #expect(report.isContradicted && report.healed == 0 && report.digest.isDifferent)
        #expect(try world.a.states() == before)
        // An honest answer mends it.
        #expect(try await world.a.sync(world.hub).healed == 1)
        #expect(try world.isEqualEverywhere())
    }

    @Test func headMovesDuringTheDescent_itBeginsAgainAtTheNewHead() async throws {
        let world = try await ScenarioWorld()
        try world.b.set(world.key, ["f": "true"])
        try await world.settle()
        try run(
            "UPDATE records SET fields = replace(fields, 'true', 'false') "
                + "WHERE collection = 'stops'", on: world.a)
        _ = try world.a.replica.check(heals: true)
        let (hub, b) = (world.hub, world.b)
        let requests = Counter()
        let report = try await world.a.sync(
            world.hub,
            meanwhile: {
                guard requests.next() == 3 else { return }
                try b.set(RecordKey("stops", ID128(high: 5, low: 5)), ["f": "meanwhile"])
                try await b.sync(hub)
            })
        #expect(report.healed == 1 && !report.digest.isDifferent)
        #expect(try world.a.states() == world.b.states())
    }

    @Test func differencesInMoreThan256Buckets_arePulledAfreshAndCounted() async throws {
        let world = try await ScenarioWorld()
        let points = (1...700).map { number in
            Edit(
                RecordKey("points", ID128(high: 8, low: UInt64(number))),
                .set(["name": .text("gate \(number)")]))
        }
        _ = try world.hub.store.save(points)
        try await world.settle()
        try run(
            "UPDATE records SET fields = replace(fields, 'gate', 'door') "
                + "WHERE collection = 'points'", on: world.a)
        let extra = RecordKey("points", ID128(high: 88, low: 1))
        try world.a.replica.file.write { store in
            let records = RecordTable(store)
            let stamp = Stamp(time: StampTime(milliseconds: 1), device: try world.b.id)
            let state = RecordState(
                extra, set: [.init("name", CanonicalValue("extra"))], stamp: stamp)
            try records.put(state, position: 1)
            try records.finish()
        }
        _ = try world.a.replica.check(heals: true)
        let report = try await world.a.sync(world.hub)
        #expect(report.healed == 701 && !report.digest.isDifferent)
        // One pull, the top and its nodes up to the limit, all anew, then the extra record.
        #expect(report.traffic.roundTrips < 80)
        #expect(try world.a.states() == world.b.states())
        #expect(try healed(world.a).count == 701)
    }

    @Test func change_savedBetweenComparisonAndRepair_isNotOverwritten() async throws {
        let world = try await ScenarioWorld()
        try world.b.set(world.key, ["f": "true", "g": "1"])
        try await world.settle()
        try run(
            "UPDATE records SET fields = replace(fields, 'true', 'false') "
                + "WHERE collection = 'stops'", on: world.a)
        _ = try world.a.replica.check(heals: true)
        let a = world.a
        let key = world.key
        let requests = Counter()
        _ = try await world.a.sync(
            world.hub,
            meanwhile: { if requests.next() == 4 { try a.set(key, ["g": "saved meanwhile"]) } })
        #expect(try world.a.value(world.key, "g") == "saved meanwhile")
        try await world.settle()
        #expect(try world.values("g") == Array(repeating: "saved meanwhile", count: 3))
        #expect(try world.isEqualEverywhere())
    }
}
