import SyncCore
import SyncProtocol
import Synchronization

/// Hubs whose handovers this process has verified: every transaction asks, and two signatures a
/// handover are not to be checked each time.
final class SuccessionMemory: Sendable {
    static let shared = SuccessionMemory()
    /// Spaces of one process, and the keys that each had.
    private static let limit = 1_024

    private let known = Mutex<[String: HubIdentity]>([:])

    func find(_ text: String, _ key: PublicKey, _ space: SpaceID) -> HubIdentity? {
        known.withLock { known in
            known[text].flatMap { $0.key == key && $0.space == space ? $0 : nil }
        }
    }

    func keep(_ hub: HubIdentity, as text: String) {
        known.withLock { known in
            if known.count >= Self.limit { known.removeAll() }
            known[text] = hub
        }
    }
}
