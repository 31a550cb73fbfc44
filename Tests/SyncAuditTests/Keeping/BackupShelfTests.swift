import Foundation
import SyncCore
import TestSupport
import Testing

@testable import HubKeeping

/// A folder of dated backups: what stays and what goes.
struct BackupShelfTests {
    private let folder = TestFolder()
    private let space = SpaceID(high: 0xABCD_EF01_2345_6789, low: 1)
    private static let day: Int64 = 86_400_000
    /// 2026-11-30T03:15:00Z, a Monday.
    private static let now: Int64 = 1_796_008_500_000

    private func shelf() throws -> BackupShelf { try BackupShelf(folder.file("shelf"), of: space) }

    private func fill(_ times: [Int64], _ shelf: BackupShelf) {
        for time in times {
            _ = FileManager.default.createFile(
                atPath: shelf.path(at: time), contents: Data([1]))
        }
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.file("shelf")).sorted()
    }

    @Test func name_tellsSpaceAndTime() throws {
        let name = try shelf().path(at: Self.now).split(separator: "/").last
        #expect(name == "hub-abcdef01-20261130T031500Z.fsbackup")
    }

    @Test func aYearOfNights_keepsDaysWeeksAndMonths() throws {
        let shelf = try shelf()
        let plan = try #require(BackupShelf.Plan("7d,4w,12m"))
        // As it happens: each night one more, then thinned out.
        for night in stride(from: Int64(400), through: 0, by: -1) {
            fill([Self.now - night * Self.day], shelf)
            _ = shelf.thinOut(by: plan, after: shelf.path(at: Self.now - night * Self.day))
        }
        let left = try names().map { String($0.dropFirst(13).prefix(8)) }
        #expect(
            left == [
                "20251231", "20260131", "20260228", "20260331", "20260430", "20260531",
                "20260630", "20260731", "20260831", "20260930", "20261031", "20261115",
                "20261122", "20261124", "20261125", "20261126", "20261127", "20261128",
                "20261129", "20261130",
            ])
    }

    @Test func severalANight_theNewestStays_andNothingOfOthersGoes() throws {
        let shelf = try shelf()
        fill([0, 60_000, 120_000, 3 * Self.day].map { Self.now - $0 }, shelf)
        let others = [
            "hub-00000000-20200101T000000Z.fsbackup", "hub-abcdef01-20201301T000000Z.fsbackup",
            "hub-abcdef01-20200101T000000Z.fsbackup.part", "notes.txt",
        ]
        for name in others {
            _ = FileManager.default.createFile(atPath: folder.file("shelf/\(name)"), contents: nil)
        }
        let removed = shelf.thinOut(
            by: try #require(BackupShelf.Plan("1d")), after: shelf.path(at: Self.now))
        #expect(removed.count == 3)
        #expect(try names() == (others + ["hub-abcdef01-20261130T031500Z.fsbackup"]).sorted())
    }

    /// A clock that was ahead, a copy with a later name, an empty file: what was just made stays.
    @Test func namesOfTheFuture_takeNobodysPlace() throws {
        let shelf = try shelf()
        fill([Self.now + 400 * Self.day, Self.now + 2 * Self.day, Self.now], shelf)
        FileManager.default.createFile(
            atPath: shelf.path(at: Self.now + 60_000), contents: Data())
        fill([Self.now - 3 * Self.day], shelf)
        let removed = shelf.thinOut(
            by: try #require(BackupShelf.Plan("1d")), after: shelf.path(at: Self.now))
        #expect(removed == [shelf.path(at: Self.now - 3 * Self.day)])
        #expect(FileManager.default.fileExists(atPath: shelf.path(at: Self.now)))
    }

    @Test(arguments: ["", "7", "d", "0d", "7d,7d", "7x", "7d,", "-1d", "7d 4w", "1001m"])
    func badPlan_isNone(_ text: String) { #expect(BackupShelf.Plan(text) == nil) }
}
