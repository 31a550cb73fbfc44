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

    /// Ids of the conflicts that the batch made, in the order made.
    public var conflicts: [RecordID]
    /// Changes whose effective stamp time is not the claimed one, in order.
    public var effective: [Restamp]
    public var quarantined: [Quarantine]
    /// The hub's time of receipt in milliseconds since 1970.
    public let receivedAt: Int64
    /// Number of the rules that were applied.
    public let rules: Int

    public init(
        receivedAt: Int64, rules: Int = HubRules.number, conflicts: [RecordID] = [],
        effective: [Restamp] = [], quarantined: [Quarantine] = []
    ) {
        self.receivedAt = receivedAt
        self.rules = rules
        self.conflicts = conflicts
        self.effective = effective
        self.quarantined = quarantined
    }

    /// Whether everything was taken just as the device claimed it.
    public var isClean: Bool { conflicts.isEmpty && effective.isEmpty && quarantined.isEmpty }
}
