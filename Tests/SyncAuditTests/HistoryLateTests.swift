import SyncCore
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit

/// Events recorded far from when they were; imports by file.
@Suite struct HistoryLateTests {
    private static let day: Int64 = 86_400_000
    private static let times = EventTimes(fieldsByCollection: ["stops": "at"]) { value in
        value.integer.map { Int64($0) }
    }

    private let world: VerifyWorld

    init() async throws {
        world = try VerifyWorld()
        for name in ["a", "b"] { try await world.join(name) }
    }

    private func late(_ name: String = "hub") throws -> LateEntries {
        try LateEntries(AuditFile(world.folder.file(name)), limit: Self.day, times: Self.times)
    }

    /// Saves a stop whose event was so long ago.
    private func stop(_ low: UInt64, _ device: String = "a", ago: Int64) throws {
        let at = Double(world.clock.now - ago)
        try world.set(device, VerifyWorld.stop(low), ["at": .number(at)])
    }

    /// Saves rows and the note of their import, in one transaction as the program does.
    private func importRows(
        _ lows: ClosedRange<UInt64>, says newRows: Int? = nil, device: String = "a"
    ) throws {
        world.clock.advance(1_000)
        let now = world.clock.now
        let edits = lows.map { low in
            let at = Double(now - 100 * Self.day - Int64(low))
            return Edit(VerifyWorld.stop(low), .create(["at": .number(at)]))
        }
        let key = RecordKey("imports", .init(high: 8, low: lows.lowerBound))
        _ = try world.replicas[device]!.save(edits) { saved in
            let stamps = saved.compactMap(\.stamp)
            return [
                Edit(
                    key,
                    .set([
                        "file": "old.csv", "collection": "stops",
                        "rows": .number(Double(edits.count)),
                        "new_rows": .number(Double(newRows ?? edits.count)),
                        "sha256": .text(Hash256.zero.hex),
                        "first_stamp": .text(stamps.first?.hex ?? ""),
                        "last_stamp": .text(stamps.last?.hex ?? ""),
                    ]))
            ]
        }
    }

    @Test func late_farEitherWay_isListedWithReceipt() async throws {
        try stop(1, ago: 0)
        try stop(2, ago: Self.day - 60_000)
        try stop(3, ago: Self.day + 60_000)
        try stop(4, ago: -2 * Self.day)
        try await world.sync("a", "b")
        let found = try late()
        #expect(found.entries.map(\.key) == [VerifyWorld.stop(3), VerifyWorld.stop(4)])
        #expect(found.examined == 4 && found.unreadable == 0 && found.imports.isEmpty)
        #expect(found.entries[0].delay > Self.day && found.entries[1].delay < -Self.day)
        let origin = try #require(found.entries[0].origin)
        #expect(origin.claimed == found.entries[0].stamp.time)
        #expect(origin.receivedAt >= found.entries[0].stamp.time.milliseconds)
        // Another device's file knows the record, not its receipt.
        #expect(try late("b.sqlite").entries.map(\.key) == found.entries.map(\.key))
        #expect(try late("b.sqlite").entries[0].origin == nil)
        #expect(try late("a.sqlite").entries[0].origin?.position == origin.position)
    }

    @Test func late_eventTimeMovedBackLater_isListed() async throws {
        try stop(1, ago: 0)
        try await world.sync("a")
        #expect(try late().entries.isEmpty)
        try stop(1, ago: 30 * Self.day)
        try await world.sync("a")
        #expect(try late().entries.map(\.key) == [VerifyWorld.stop(1)])
    }

    @Test func late_import_isOneLine() async throws {
        try importRows(10...40)
        try stop(1, ago: 3 * Self.day)
        try await world.sync("a", "b")
        for name in ["hub", "a.sqlite", "b.sqlite"] {
            let found = try late(name)
            #expect(found.entries.map(\.key) == [VerifyWorld.stop(1)])
            let entry = try #require(found.imports.first)
            #expect(found.imports.count == 1)
            #expect(entry.file == "old.csv" && entry.newRows == 31 && entry.lateCount == 31)
            #expect(!entry.isOverfull)
            let times = try #require(entry.eventTimes)
            #expect(times.upperBound - times.lowerBound == 30)
        }
        #expect(try late().imports[0].receivedAt != nil)
    }

    /// The hub gave every stamp of the import another: the clock was years behind, or ahead.
    @Test(arguments: [-10, 10])
    func late_importByAWrongClock_isStillOneLine(years: Int64) async throws {
        try stop(1, ago: 0)
        try await world.sync("a")
        world.clock.set("a", years * VerifyWorld.year)
        try importRows(10...40)
        world.clock.set("a", 0)
        try await world.sync("a")
        let found = try late()
        #expect(found.imports.map(\.lateCount) == [31])
        #expect(found.entries.isEmpty)
        let entry = try #require(found.imports.first)
        let isRestamped = entry.effectiveFirst != entry.claimed.lowerBound
        #expect(isRestamped == (years > 0))
        // What is written afterwards by a right clock is no part of it.
        world.clock.advance(60_000)
        try stop(2, ago: 5 * Self.day)
        try await world.sync("a")
        #expect(try late().entries.map(\.key) == [VerifyWorld.stop(2)])
        #expect(try late().imports.map(\.isOverfull) == [false])
    }

    /// An import as a pretext for rows typed in by hand.
    @Test func late_moreRecordsThanTheImportSays_areListedOneByOne() async throws {
        try importRows(10...40, says: 5)
        try await world.sync("a")
        let found = try late()
        #expect(found.entries.count == 31)
        #expect(found.imports.map(\.isOverfull) == [true])
    }

    @Test func late_importByAnotherDevice_explainsNothing() async throws {
        try importRows(10...12, device: "b")
        try stop(1, "a", ago: 5 * Self.day)
        try await world.sync("a", "b")
        #expect(try late().entries.map(\.key) == [VerifyWorld.stop(1)])
        #expect(try late().imports.map(\.lateCount) == [3])
    }

    @Test func late_unreadableTime_isCounted() async throws {
        try world.set("a", VerifyWorld.stop(1), ["at": "yesterday"])
        try world.set("a", VerifyWorld.stop(2), ["at": nil])
        try world.set("a", VerifyWorld.stop(3), ["note": "no time"])
        try await world.sync("a")
        let found = try late()
        #expect(found.examined == 0 && found.unreadable == 1 && found.entries.isEmpty)
    }
}
