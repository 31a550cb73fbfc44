public import Synchronization

/// Limits of a hub that may be set otherwise while it serves.
public final class ServingLimits: Sendable {
    /// Streams of `GET /v1/live` that may be open at once, of each space. Those that are open
    /// stay open when it is lowered.
    public let watchers: Atomic<Int>

    /// What a device may deliver in a day; of every space that is served.
    package let quota = DeliveryQuota()

    public init(watchers: Int = 4_000) {
        self.watchers = Atomic(watchers)
    }

    /// Sets what a device may deliver in a day.
    public func setQuota(changes: Int, bytes: Int) {
        quota.changes.store(changes, ordering: .relaxed)
        quota.bytes.store(bytes, ordering: .relaxed)
    }
}
