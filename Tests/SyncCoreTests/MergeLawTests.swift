import SyncCore
import TestSupport
import Testing

/// The laws of a join semilattice, on generated states (Shapiro et al., 2011).
@Suite struct MergeLawTests {
    private let key = RecordKey("stops", ID128(high: 0, low: 1))

    private func state(_ random: inout SeededGenerator) -> RecordState {
        var state = RecordState(key)
        for field in ["a", "b", "c", "d"] where random.oneIn(2) {
            // Few times, devices and values: equal stamps with different values must occur.
            let stamp = Stamp(
                time: StampTime(milliseconds: Int64.random(in: 0...2, using: &random)),
                device: DeviceID(high: 0, low: UInt64.random(in: 0...1, using: &random)))
            let value = ["é", "e\u{301}", "1", ""].randomElement(using: &random)!
            state.put(field, Register(CanonicalValue(.text(value)), stamp))
        }
        return state
    }

    private func merged(_ a: RecordState, _ b: RecordState) -> RecordState {
        var result = a
        result.merge(b)
        return result
    }

    @Test(arguments: 1...500)
    func merge_anyThreeStates_isCommutativeAssociativeIdempotent(_ seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let (a, b, c) = (state(&random), state(&random), state(&random))
        #expect(merged(a, b) == merged(b, a))
        #expect(merged(merged(a, b), c) == merged(a, merged(b, c)))
        #expect(merged(a, a) == a)
        #expect(merged(merged(a, b), b) == merged(a, b))
    }

    @Test func merge_vectors_haveTheVectorsWinner() throws {
        for entry in try Vectors.file("merge").items("cases") {
            let registers = try entry.items("registers").map(register)
            let winner = try register(try #require(entry["winner"]))
            var forwards = RecordState(key)
            var backwards = RecordState(key)
            for register in registers { forwards.merge("f", register) }
            for register in registers.reversed() { backwards.merge("f", register) }
            #expect(forwards["f"] == winner, "\(entry.text("name"))")
            #expect(backwards["f"] == winner, "\(entry.text("name"))")
        }
    }

    private func register(_ entry: JSONValue) throws -> Register {
        let value = try #require(entry["value"]?.scalar)
        return Register(CanonicalValue(value), try #require(Stamp(entry.text("stamp"))))
    }

    @Test func digest_addAndRemoveInAnyOrder_endsTheSame() {
        var random = SeededGenerator(seed: 9)
        let states = (0..<50).map { index in
            var state = RecordState(RecordKey("x", ID128(high: 0, low: UInt64(index))))
            let stamp = Stamp(time: .zero, device: DeviceID(high: 0, low: 1))
            state.put("f", Register(CanonicalValue(.number(Double(index))), stamp))
            return state
        }
        var a = DigestSums()
        for state in states { a.add(state.hash, for: state.key) }
        var b = DigestSums()
        for state in states.shuffled(using: &random) {
            b.add(state.hash, for: state.key)
            b.add(.sha256([1]), for: state.key)
            b.remove(.sha256([1]), for: state.key)
        }
        #expect(a == b)
        #expect(a.root != DigestSums().root)
    }
}
