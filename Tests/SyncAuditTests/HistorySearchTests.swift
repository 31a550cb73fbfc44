import SyncCore
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit

/// How batches and records are found.
@Suite struct HistorySearchTests {
    @Test func search_randomBytes_agreesWithTheSimpleWay() {
        let seed = UInt64.random(in: 0...(.max))
        print("byte search: seed \(seed)")
        var random = SeededGenerator(seed: seed)
        var found = 0
        for _ in 0..<3_000 {
            // Few letters, so that almost-matches are common.
            func letters(_ count: ClosedRange<Int>) -> [UInt8] {
                (0..<Int.random(in: count, using: &random)).map { _ in
                    UInt8.random(in: 0x61...0x63, using: &random)
                }
            }
            let (hay, needle) = (letters(0...40), letters(1...5))
            let expected = (0...hay.count).contains { hay[$0...].starts(with: needle) }
            let search = ByteSearch(String(decoding: needle, as: UTF8.self))
            #expect(search.isFound(in: hay) == expected, "\(needle) in \(hay)")
            found += expected ? 1 : 0
        }
        #expect((300...2_900).contains(found))
    }

    @Test(arguments: [
        "", "abc", "xyzw", "abcg", "a/b/abcd", "stops/", "0123456789abcdef0123456789abcdef0",
        "абвг", "ｄｄｄｄ",
    ])
    func finder_notTheBeginningOfAnID_isRefused(_ text: String) {
        #expect(RecordFinder(text) == nil)
    }

    @Test func finder_prefix_findsAllThatBeginWithIt() async throws {
        let world = try VerifyWorld()
        try await world.join("a")
        let other = RecordKey("hazards", VerifyWorld.stop(1).id)
        try world.set("a", VerifyWorld.stop(1), ["n": 1])
        try world.set("a", VerifyWorld.stop(2), ["n": 1])
        try world.set("a", other, ["n": 1])
        try await world.sync("a")
        for name in ["hub", "a.sqlite"] {
            let file = try AuditFile(world.folder.file(name))
            func keys(_ text: String) throws -> [RecordKey] {
                try #require(RecordFinder(text)).keys(in: file)
            }
            let prefix = String(other.id.hex.prefix(16))
            #expect(
                try keys(prefix.uppercased())
                    == [other, VerifyWorld.stop(1), VerifyWorld.stop(2)])
            #expect(try keys("stops/\(prefix)") == [VerifyWorld.stop(1), VerifyWorld.stop(2)])
            #expect(try keys("hazards/" + other.id.hex) == [other])
            #expect(try keys("ffffffff") == [])
            #expect(try keys("points/\(prefix)") == [])
        }
    }
}
