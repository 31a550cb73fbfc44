import Synchronization

/// Token buckets by key: each holds so many, and fills up again at a steady rate.
///
/// Memory is bounded: a full bucket is as good as none, and of those that are not full the oldest
/// go when there are too many.
final class TokenBuckets<Key: Hashable & Sendable>: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: ContinuousClock.Instant
    }

    private let capacity: Double
    private let perSecond: Double
    private let limit: Int
    private let buckets = Mutex<[Key: Bucket]>([:])

    /// - Parameters:
    ///   - capacity: tokens of a full bucket.
    ///   - limit: keys that are remembered.
    init(capacity: Double, perSecond: Double, limit: Int = 10_000) {
        self.capacity = capacity
        self.perSecond = perSecond
        self.limit = limit
    }

    /// Takes tokens out.
    ///
    /// - Returns: nil if there were enough; else the seconds until there are. Then none is taken.
    func take(_ cost: Double, from key: Key, at now: ContinuousClock.Instant = .now) -> Double? {
        buckets.withLock { buckets in
            let tokens = Self.filled(buckets[key], capacity, perSecond, now)
            guard tokens >= cost else { return (cost - tokens) / perSecond }
            if buckets.count >= limit, buckets[key] == nil { forget(&buckets, now) }
            buckets[key] = Bucket(tokens: tokens - cost, at: now)
            return nil
        }
    }

    /// The seconds until a bucket holds so many tokens; nil if it does.
    func wait(for cost: Double, in key: Key, at now: ContinuousClock.Instant = .now) -> Double? {
        buckets.withLock { buckets in
            let tokens = Self.filled(buckets[key], capacity, perSecond, now)
            return tokens >= cost ? nil : (cost - tokens) / perSecond
        }
    }

    private static func filled(
        _ bucket: Bucket?, _ capacity: Double, _ perSecond: Double, _ now: ContinuousClock.Instant
    ) -> Double {
        guard let bucket else { return capacity }
        return min(capacity, bucket.tokens + max(0, (now - bucket.at) / .seconds(1)) * perSecond)
    }

    private func forget(_ buckets: inout [Key: Bucket], _ now: ContinuousClock.Instant) {
        buckets = buckets.filter {
            Self.filled($0.value, capacity, perSecond, now) < capacity
        }
        guard buckets.count >= limit else { return }
        let oldest = buckets.sorted { $0.value.at < $1.value.at }.prefix(limit / 10)
        for (key, _) in oldest { buckets[key] = nil }
    }
}
