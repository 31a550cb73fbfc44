public import Synchronization

/// Limits of a hub that may be set otherwise while it serves.
public final class ServingLimits: Sendable {
    /// Streams of `GET /v1/live` that may be open at once, of each space. Those that are open
    /// stay open when it is lowered.
    public let watchers: Atomic<Int>

    public init(watchers: Int = 4_000) {
        self.watchers = Atomic(watchers)
    }
}
