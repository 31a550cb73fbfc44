public import SyncCore

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

/// What two moments of one log differ in.
public struct LogDiff: Sendable {
    /// A moment, found in the log.
    public struct Place: Sendable {
        /// Entries of the journal up to it.
        public let position: Int64
        /// When the hub received the last of them, in milliseconds since 1970; nil before the
        /// first.
        public let receivedAt: Int64?
    }

    /// Where a value came from.
    public struct Origin: Sendable, Equatable {
        public let position: Int64
        /// Milliseconds since 1970.
        public let receivedAt: Int64
    }

    /// One record that differs.
    public struct Entry: Sendable {
        public let record: RecordDifference
        /// What became of it from the earlier moment to the later one.
        public let kind: HistoryEvent.Kind
        /// By field: the entry that brought the later value.
        public let origins: [String: Origin]
    }

    /// As they were named: `a` may be the later one.
    public internal(set) var a: Place
    public internal(set) var b: Place
    /// Batches and changes between the two.
    public internal(set) var batches: Int64 = 0
    public internal(set) var changes: Int64 = 0
    public internal(set) var created = 0
    public internal(set) var edited = 0
    public internal(set) var deleted = 0
    public internal(set) var restored = 0
    /// Sorted by collection and id; as many as the scope keeps.
    public internal(set) var entries: [Entry] = []
    /// What the space calls its devices at the later moment.
    public internal(set) var devices: [DeviceID: String] = [:]
    /// What is wrong with the log up to the later moment.
    public internal(set) var problems: [VerifyProblem] = []

    public var total: Int { created + edited + deleted + restored }
    public var isIdentical: Bool { total == 0 }
    public var omitted: Int { total - entries.count }
}
