/// What the hub decided about a batch. Source: Protocol/README.md §5.1.
public struct Verdict: Sendable, Equatable {
    public struct Restamp: Sendable, Equatable {
        /// Index of the change in its batch, from 0.
        public let change: Int
        public let stamp: StampTime

        public init(change: Int, stamp: StampTime) {
            self.change = change
            self.stamp = stamp
        }
    }

    public struct Quarantine: Sendable, Equatable {
        public let change: Int
        /// `role` in rules number 1.
        public let reason: String

        public init(change: Int, reason: String) {
            self.change = change
            self.reason = reason
        }
    }

    /// A change that the journal held already under another of its author's keys.
    public struct Repeat: Sendable, Equatable {
        public let change: Int
        /// The effective stamp of the change that it repeats.
        public let stamp: Stamp

        public init(change: Int, stamp: Stamp) {
            self.change = change
            self.stamp = stamp
        }
    }

    /// Ids of the conflicts that the batch made, in the order made.
    public var conflicts: [RecordID]
    /// Changes whose effective stamp time is not the claimed one, in order.
    public var effective: [Restamp]
    public var quarantined: [Quarantine]
    /// Changes that were not applied, since they were before.
    public var repeats: [Repeat]
    /// The hub's time of receipt in milliseconds since 1970.
    public let receivedAt: Int64
    /// Number of the rules that were applied: see `HubRules`.
    public let rules: Int

    public init(
        receivedAt: Int64, rules: Int = HubRules.plain, conflicts: [RecordID] = [],
        effective: [Restamp] = [], quarantined: [Quarantine] = [], repeats: [Repeat] = []
    ) {
        self.receivedAt = receivedAt
        self.rules = rules
        self.conflicts = conflicts
        self.effective = effective
        self.quarantined = quarantined
        self.repeats = repeats
    }

    /// Whether everything was taken just as the device claimed it.
    public var isClean: Bool {
        conflicts.isEmpty && effective.isEmpty && quarantined.isEmpty && repeats.isEmpty
    }
}
