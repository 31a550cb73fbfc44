import Testing

@testable import CommandKit

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("fot", "foot"), ("FOOT", "foot"), ("ofot", "foot"), ("bycicle", "bicycle"),
        ("vehicel", "vehicle"), ("bic", "bicycle"),
    ])
    func closest_slip_findsTheName(typed: String, meant: String) {
        #expect(Suggestion.closest(to: typed, among: ["foot", "vehicle", "bicycle"]) == meant)
    }

    @Test(arguments: ["", "x", "tram", "completely"])
    func closest_farText_findsNothing(typed: String) {
        #expect(Suggestion.closest(to: typed, among: ["foot", "vehicle", "bicycle"]) == nil)
    }

    @Test func closest_chinese_countsIdeographs() {
        #expect(Suggestion.closest(to: "汔车", among: ["步行", "汽车"]) == "汽车")
        #expect(Suggestion.closest(to: "骑行", among: ["汽车"]) == nil)
        #expect(Suggestion.closest(to: "车", among: ["行"]) == nil)
    }

    @Test func closest_ambiguousBeginning_findsNothing() {
        #expect(Suggestion.closest(to: "re", among: ["restore", "resolve"]) == nil)
    }

    @Test func slips_swap_countsOne() {
        #expect(Suggestion.slips(from: Array("stpo"), to: Array("stop")) == 1)
        #expect(Suggestion.slips(from: [], to: Array("abc")) == 3)
        #expect(Suggestion.slips(from: Array("kitten"), to: Array("sitting")) == 3)
    }
}
