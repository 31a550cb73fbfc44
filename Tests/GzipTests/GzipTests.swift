import Gzip
import TestSupport
import Testing

@Suite struct GzipTests {
    @Test(arguments: [0, 1, 100, 65_536, 1_000_000])
    func roundTrip_anySize_givesTheSameBytes(_ size: Int) throws {
        var random = SeededGenerator(seed: UInt64(size))
        let bytes = (0..<size).map { _ in UInt8.random(in: 0...15, using: &random) }
        #expect(try Gzip.decompress(Gzip.compress(bytes), limit: max(size, 1)) == bytes)
    }

    @Test func decompress_bomb_stopsAtTheLimit() {
        let bomb = Gzip.compress([UInt8](repeating: 0, count: 50 << 20))
        #expect(throws: Gzip.Fault.tooLarge) { try Gzip.decompress(bomb, limit: 1 << 20) }
        #expect(throws: Gzip.Fault.tooLarge) {
            try Gzip.decompress(bomb, limit: 100 << 20, ratio: 100)
        }
    }

    @Test func decompress_everyCut_isDamagedAndNeverCrashes() {
        let whole = Gzip.compress(Array("a night's outreach, written with no signal".utf8))
        for length in 0..<whole.count {
            #expect(throws: Gzip.Fault.self, "\(length) bytes") {
                try Gzip.decompress(Array(whole.prefix(length)), limit: 1_000)
            }
        }
        #expect(throws: Gzip.Fault.damaged) {
            try Gzip.decompress(whole + [0], limit: 1_000)
        }
    }
}
