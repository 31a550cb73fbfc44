/// The device's hybrid logical clock: gives each change a stamp time of its own, larger than all
/// it has seen, and heals from a wall clock that was wrong.
///
/// The caller keeps `last` in the transaction of the save. Source: Protocol/README.md §3.
public struct HybridClock: Sendable, Equatable {
    /// The largest stamp time issued or seen.
    public private(set) var last: StampTime

    public init(last: StampTime = .zero) {
        self.last = last
    }

    /// Issues the next stamp time at the given wall clock (milliseconds since 1970).
    ///
    /// - Throws: `ClockExhausted` past the last stamp time, in the year 10889.
    public mutating func issue(wallMilliseconds: Int64) throws(ClockExhausted) -> StampTime {
        guard last.rawValue < .max else { throw ClockExhausted() }
        last = max(StampTime(milliseconds: wallMilliseconds), last.tick)
        return last
    }

    /// Takes note of a stamp time that came from elsewhere.
    public mutating func see(_ time: StampTime) {
        last = max(last, time)
    }

    /// Sets the clock anew after a receipt, so that claims of a wrong wall clock, once ruled,
    /// are not carried on.
    ///
    /// - Parameters:
    ///   - seen: the largest stamp time in pulled records and receipts.
    ///   - wallMilliseconds: the wall clock now.
    ///   - pending: stamp times of changes still pending: without them one stamp could be
    ///     claimed twice.
    public mutating func reset(
        seen: StampTime, wallMilliseconds: Int64, pending: some Sequence<StampTime>
    ) {
        let wall = StampTime(milliseconds: wallMilliseconds)
        last = pending.reduce(max(seen, wall)) { max($0, $1) }
    }
}

/// The clock has no later stamp time to give: something made it see the last one.
public struct ClockExhausted: Error, Sendable, Equatable {
    public init() {}
}
