import SyncCore
import TestSupport
import Testing

@Suite struct StampVectorTests {
    @Test func stamps_text_readsAndWritesBothWays() throws {
        let file = try Vectors.file("stamps")
        for entry in file.items("parse") {
            let stamp = try #require(Stamp(entry.text("text")))
            #expect(stamp.time.milliseconds == entry.number("milliseconds"))
            #expect(Int64(stamp.time.counter) == entry.number("counter"))
            #expect(stamp.device.hex == entry.text("device"))
            #expect(stamp.text == entry.text("text"))
        }
        for entry in file.items("refused") {
            #expect(Stamp(entry.text("text")) == nil, "\(entry.text("name"))")
        }
    }

    @Test func stamps_order_isThatOfTheirText() throws {
        let texts = try Vectors.file("stamps").items("order").compactMap(\.string)
        let stamps = texts.compactMap { Stamp($0) }
        #expect(stamps.count == texts.count)
        #expect(stamps.shuffled().sorted() == stamps)
        #expect(texts.sorted() == texts)
    }

    @Test func tick_counterFull_goesToTheNextMillisecond() throws {
        for entry in try Vectors.file("stamps").items("tick") {
            let from = try #require(StampTime(hex: entry.text("from")))
            #expect(from.tick.hex == entry.text("to"))
        }
    }

    @Test func clock_everySequence_endsWhereTheVectorSays() throws {
        for sequence in try Vectors.file("clock").items("cases") {
            var clock = HybridClock()
            var seen = StampTime.zero
            for step in sequence.items("steps") {
                try run(step, &clock, &seen, sequence.text("name"))
            }
        }
    }

    private func run(
        _ step: JSONValue, _ clock: inout HybridClock, _ seen: inout StampTime, _ name: String
    ) throws {
        func time(_ key: String) -> StampTime { StampTime(hex: step.text(key)) ?? .zero }
        switch step.text("do") {
        case "start":
            clock = HybridClock(last: time("last"))
            seen = time("seen")
        case "issue":
            let issued = try? clock.issue(wallMilliseconds: step.number("wall"))
            #expect(issued?.hex == step["issued"]?.string, "\(name)")
        case "see":
            seen = max(seen, time("stamp"))
            clock.see(time("stamp"))
        case "receipt":
            let effective = step.items("effective").compactMap { StampTime(hex: $0.string ?? "") }
            let pending = step.items("pending").compactMap { StampTime(hex: $0.string ?? "") }
            seen = effective.reduce(seen) { max($0, $1) }
            clock.reset(seen: seen, wallMilliseconds: step.number("wall"), pending: pending)
        default: Issue.record("unknown step \(step.text("do"))")
        }
        if step["issued"] != .null { #expect(clock.last == time("last"), "\(name)") }
    }
}
