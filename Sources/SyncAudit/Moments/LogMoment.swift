/// A moment of one log, as a person names it.
public enum LogMoment: Sendable {
    /// After so many entries of the journal; 0: before the first.
    case position(Int64)
    /// At the size of a head that somebody kept.
    case checkpoint(name: String, Checkpoint)
    /// After the last entry that the hub received before this time: milliseconds since 1970.
    case receivedBefore(Int64)
    /// At the journal's end.
    case end
}

/// Why two moments of a log cannot be compared.
public struct MomentFault: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// A replica does not hold others' batches: only a hub's log can be replayed.
        case notALog
        /// The journal ends before the moment.
        case beyondTheEnd(size: Int64)
        /// The journal's tree at that size is not the one of the checkpoint, or it is of another
        /// hub.
        case notOfThisLog(checkpoint: String)
        /// The auditor knows the hub by another key.
        case hubKeyDiffers
        /// The log cannot be replayed so far: `verify` tells why.
        case notReplayable(after: Int64)
    }

    public let kind: Kind
    /// The log, as the person named it.
    public let name: String

    public init(_ kind: Kind, name: String) {
        self.kind = kind
        self.name = name
    }
}
