import OutreachSchema
import Testing

@Suite struct PointRangesTests {
    private static let all = (1...20).map { "NDJ-0" + ($0 < 10 ? "0\($0)" : "\($0)") } + ["SM-1"]

    private func folded(_ numbers: [Int], _ others: [String] = []) -> [String] {
        PointRanges.folded(numbers.map { Self.all[$0 - 1] } + others, among: Self.all)
    }

    @Test func neighbours_areFolded() {
        #expect(
            folded([1, 2, 3, 5, 6, 8, 9, 10, 11]) == [
                "NDJ-001…003", "NDJ-005", "NDJ-006", "NDJ-008…011",
            ])
        #expect(folded([]).isEmpty)
        #expect(folded([20], ["SM-1"]) == ["NDJ-020", "SM-1"])
        #expect(folded([18, 19, 20], ["SM-1", "X"]) == ["NDJ-018…020", "SM-1", "X"])
    }

    /// What a range stands for is exactly what was folded.
    @Test func ranges_unfoldToWhatWasFolded() {
        var state: UInt64 = 7
        for _ in 0..<200 {
            let chosen = (1...20).filter { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return state >> 63 == 1
            }
            let unfolded = folded(chosen).flatMap { range -> [String] in
                let parts = range.split(separator: "…")
                guard parts.count == 2, let first = Int(parts[0].suffix(3)),
                    let last = Int(parts[1])
                else { return [range] }
                return (first...last).map { Self.all[$0 - 1] }
            }
            #expect(unfolded == chosen.map { Self.all[$0 - 1] })
        }
    }
}
