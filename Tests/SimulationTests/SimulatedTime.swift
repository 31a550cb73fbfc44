import SyncCore
import Synchronization
import TestSupport

/// The true time of a simulated world, and the wall clocks that are off it.
final class SimulatedTime: Sendable {
    /// 2026-01-01T00:00:00Z.
    private let now = Mutex<Int64>(1_767_225_600_000)

    var milliseconds: Int64 { now.withLock { $0 } }

    func advance(_ milliseconds: Int64) { now.withLock { $0 += milliseconds } }

    /// An environment whose clock is off by a settable amount, with randomness from a seed.
    func environment(seed: UInt64, clock: ClockOffset) -> Environment {
        let random = Mutex(SeededGenerator(seed: seed))
        return Environment(
            nowMilliseconds: { self.milliseconds + clock.milliseconds },
            randomBytes: { count in
                random.withLock { generator in
                    (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
                }
            })
    }
}

/// How far a machine's wall clock is off, in milliseconds.
final class ClockOffset: Sendable {
    private let offset: Mutex<Int64>

    init(_ milliseconds: Int64 = 0) {
        offset = Mutex(milliseconds)
    }

    var milliseconds: Int64 { offset.withLock { $0 } }

    func set(_ milliseconds: Int64) { offset.withLock { $0 = milliseconds } }
}
