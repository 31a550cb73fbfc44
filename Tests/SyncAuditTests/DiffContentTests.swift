import Foundation
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit

/// What a comparison shows, and how it reads files.
@Suite struct DiffContentTests {
    private func joined() async throws -> DiffWorld {
        let world = try await DiffWorld()
        try world.set(world.a, ["note": "caf\u{E9} 南大街", "people_helped": 3])
        try await world.sync(world.a, world.b, world.a)
        return world
    }

    @Test func diff_composedAgainstDecomposed_isADifferenceOfForm() async throws {
        let world = try await joined()
        try world.set(world.b, ["note": "cafe\u{301} 南大街"])
        let field = try await world.diff().records.first?.fields.first
        #expect(field?.name == "note" && field?.isOtherUnicodeForm == true)
    }

    @Test func diff_sameValueSavedAgain_differsInTheStampOnly() async throws {
        let world = try await joined()
        try world.altered(
            "b.sqlite", as: "bad.sqlite",
            "UPDATE records SET clock = CAST(substr(clock, 1, 7) || x'FF' || substr(clock, 9) "
                + "AS BLOB) WHERE collection = 'stops'")
        let record = try await world.diff("a.sqlite", "bad.sqlite").records.first
        #expect(record?.cause == .alteredB)
        #expect(record?.fields.allSatisfy { $0.kind == .stamp } == true)
        #expect(record?.fields.count == 2)
    }

    @Test(arguments: [
        ("fields = '{\"b\":1,\"a\":2}'", FoundRecord.Fault.fields),
        ("fields = 'not json'", .fields), ("fields = '{}'", .fields),
        ("clock = x'0102'", .clock), ("clock = clock || x'05'", .clock),
        ("id = x'01'", .name), ("collection = 'Bad Name'", .name),
    ])
    func diff_damagedRow_isShownAndStopsNothing(
        _ damage: String, _ fault: FoundRecord.Fault
    ) async throws {
        let world = try await joined()
        try world.set(world.b, ["note": "other"], of: RecordKey("stops", .init(high: 9, low: 9)))
        try world.altered(
            "b.sqlite", as: "bad.sqlite",
            "UPDATE records SET \(damage) WHERE collection = 'stops' AND id = "
                + "x'00000000000000070000000000000001'")
        let result = try await world.diff("a.sqlite", "bad.sqlite")
        #expect(result.records.contains { $0.b?.fault == fault && $0.cause == .alteredB })
        #expect(result.records.contains { $0.cause == .pendingB })
        #expect(result.total == (fault == .name ? 3 : 2))
    }

    @Test func diff_moreDifferencesThanTheLimit_keepsTheFirstAndCountsTheRest() async throws {
        let world = try await joined()
        for low in 1...25 as ClosedRange<UInt64> {
            try world.set(world.a, ["note": "n"], of: RecordKey("stops", .init(high: 8, low: low)))
        }
        let result = try await world.diff(scope: DiffScope(recordLimit: 10))
        #expect(result.onlyA == 25 && result.records.count == 10 && result.omitted == 15)
        #expect(result.records.map(\.key) == result.records.map(\.key).sorted())
        #expect(result.records.first?.key.idBytes.last == 1)
        #expect(result.counts.map(\.value) == [25])
    }

    @Test func diff_scope_leavesOthersOut() async throws {
        let world = try await joined()
        try world.set(world.a, ["topic": "t"], of: RecordKey("education", .init(high: 1, low: 1)))
        let before = StampTime(milliseconds: world.time.milliseconds + 500)
        try world.set(world.a, ["note": "n"], of: RecordKey("stops", .init(high: 8, low: 1)))
        let stops = try await world.diff(scope: DiffScope(collections: ["stops"]))
        #expect(stops.counts.keys.map(\.collection) == ["stops"])
        let since = try await world.diff(scope: DiffScope(since: before))
        #expect(since.counts.keys.map(\.collection) == ["stops"])
        let none = try await world.diff(scope: DiffScope { _ in false })
        #expect(none.isIdentical)
    }

    @Test func diff_filesInUse_writesNothingBesideThem() async throws {
        let world = try await joined()
        let folder = world.folder.path
        let before = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(before.contains("a.sqlite-wal"))
        #expect(try await world.diff().isIdentical)
        let after = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(after == before)
    }

    @Test func diff_copyWithItsLogInAReadOnlyFolder_isRead() async throws {
        let world = try await joined()
        try world.set(world.a, ["note": "in the log"])
        let inner = world.folder.file("frozen")
        try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
        try world.folder.copyStore("a.sqlite", to: "frozen/a.sqlite")
        try? FileManager.default.removeItem(atPath: inner + "/a.sqlite-shm")
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: inner)
        defer {
            try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: inner)
        }
        #expect(try await world.diff("a.sqlite", "frozen/a.sqlite").isIdentical)
        #expect(try FileManager.default.contentsOfDirectory(atPath: inner).count == 2)
    }

    @Test func diff_devicesNumberedDifferently_isIdentical() async throws {
        let world = try await joined()
        let numbers = try ["a.sqlite", "b.sqlite"].map { name in
            var numbers: [Int64: [UInt8]] = [:]
            try AuditFile(world.folder.file(name)).read { store in
                try store.each("SELECT peer, device FROM peers") {
                    numbers[$0.integer(0)] = $0.array(1)
                }
            }
            return numbers
        }
        #expect(numbers[0] != numbers[1])
        #expect(try await world.diff().isIdentical)
    }

    @Test func marks_chineseAndWords_areFoundByCharacterAndByWord() {
        #expect(
            TextMarks.marks(from: "在南大街巡逻 two people", to: "在北大街巡逻 three people")
                == [
                    .same("在"), .removed("南"), .added("北"), .same("大街巡逻 "),
                    .removed("two"), .added("three"), .same(" people"),
                ])
        #expect(TextMarks.marks(from: "", to: "") == [])
        #expect(TextMarks.marks(from: "a", to: "a") == [.same("a")])
        #expect(
            TextMarks.marks(from: "caf\u{E9}", to: "cafe\u{301}").count == 2)
    }

    @Test func marks_longTexts_areBounded() {
        let old = (0..<2_000).map { "a\($0)" }.joined(separator: " ")
        let new = (0..<2_000).map { "b\($0)" }.joined(separator: " ")
        let marks = TextMarks.marks(from: old, to: new)
        #expect(marks.count == 2)
    }
}
