import Foundation
import Testing

/// Random lives of devices and a hub on a bad network, replayable from a seed.
///
/// `SIMULATION_SEEDS=1000` runs more of them, `SIMULATION_SEED=17` runs one again.
@Suite struct SimulationTests {
    private static let defaultCount: UInt64 = 300
    private static let steps = 40

    static let seeds: [UInt64] = {
        let environment = ProcessInfo.processInfo.environment
        if let one = environment["SIMULATION_SEED"].flatMap({ UInt64($0) }) { return [one] }
        let count = environment["SIMULATION_SEEDS"].flatMap { UInt64($0) } ?? defaultCount
        print("simulation: seeds 1…\(count); replay one with SIMULATION_SEED=N")
        return Array(1...max(count, 1))
    }()

    @Test(arguments: seeds)
    func world_anyLife_endsEqualWithNothingLost(_ seed: UInt64) async throws {
        let world = try SimulatedWorld(seed: seed)
        try await world.run(steps: Self.steps)
        try world.checkLaws()
    }
}
