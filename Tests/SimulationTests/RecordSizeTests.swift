import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import Testing

/// A record that grows, save by save, past what a page can carry.
@Suite struct RecordSizeTests {
    private func grow(_ device: SimulatedDevice, _ key: RecordKey, from first: Int) throws {
        var values: [String: Value] = [:]
        for index in first..<first + 12 {
            values["f\(index)"] = .text(String(repeating: "x", count: 16_000))
        }
        try device.set(key, values)
    }

    /// Each save, and each record as its device shows it, is small enough: two devices that do not
    /// see each other's fields make it too large.
    @Test func recordOfManyWriters_staysSmallEnoughForAPage() async throws {
        let world = try await ScenarioWorld()
        for first in [0, 100, 200] {
            try grow(world.a, world.key, from: first)
            try grow(world.b, world.key, from: first + 1_000)
        }
        let other = RecordKey("stops", ID128(high: 7, low: 7))
        try world.b.set(other, ["f": "saved too"])
        let before = try await world.a.sync(world.hub)
        #expect(before.pushed == 3)
        let report = try await world.b.sync(world.hub)
        #expect(report.setAside > 0)
        #expect(report.halt == nil)
        #expect(try world.b.replica.pendingCount() == 0)
        try await world.settle()
        #expect(try world.isEqualEverywhere())
        #expect(try world.values("f0").allSatisfy { $0 != nil })
        #expect(try world.c.value(other, "f") == "saved too")
        #expect(try world.c.replica.record(world.key)?.state.fits(Limits.recordBytes) == true)
    }

    /// The quick estimate never says no where the exact count says yes.
    @Test(arguments: [0, 1, 100, 5_000])
    func fits_isWhatTheCanonicalFormSays(length: Int) {
        let stamp = Stamp(time: StampTime(milliseconds: 5), device: ID128(high: 1, low: 2))
        for text in ["x", "\u{1}", "灯", "\"", "é"] {
            let key = RecordKey("stops", ID128(high: 1, low: 1))
            let value = Value.text(String(repeating: text, count: length))
            let state = RecordState(key, set: [.init("f", CanonicalValue(value))], stamp: stamp)
            let size = state.canonicalBytes.count
            #expect(state.fits(size))
            #expect(!state.fits(size - 1))
        }
    }
}
