public import SyncCore

/// How a hub's new head stands to the largest one that a device holds.
///
/// Source: Protocol/README.md §8.3.
public enum HeadCheck: Sendable, Equatable {
    /// The same journal, or a later state of it, proved.
    case extends
    /// The hub goes on from an older state, or in another epoch: it was restored.
    case hubRestored
    /// The same epoch, but not the journal that the device saw: the log was rewritten.
    case rewritten

    public init(held: Head?, new: Head, consistency: [Hash256]) {
        guard let held else {
            self = .extends
            return
        }
        guard held.epoch == new.epoch, new.size >= held.size else {
            self = .hubRestored
            return
        }
        let isConsistent = MerkleHash.verifyConsistency(
            first: Int(held.size), firstRoot: held.root, second: Int(new.size),
            secondRoot: new.root, proof: consistency)
        self = isConsistent ? .extends : .rewritten
    }
}
