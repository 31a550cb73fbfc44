public import SyncCore

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
