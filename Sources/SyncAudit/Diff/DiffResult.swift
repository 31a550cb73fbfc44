/// What a comparison found.
public struct DiffResult: Sendable {
    /// Differences of one collection with one cause.
    public struct Count: Sendable, Hashable, Comparable {
        public let collection: String
        public let cause: DifferenceCause

        public static func < (lhs: Count, rhs: Count) -> Bool {
            lhs.collection != rhs.collection
                ? lhs.collection < rhs.collection : lhs.cause < rhs.cause
        }
    }

    /// What the comparison could not look at.
    public enum NotChecked: String, Sendable, CaseIterable {
        /// A hub's answers were believed without a key that was known before.
        case hubKeyNotPinned = "hub_key_not_pinned"
        /// Of a hub's records only those were fetched whose part of its digest differs: that it
        /// serves what its digest speaks of was believed.
        case valuesNotFetched = "values_not_fetched"
        /// A bundle holds a part of the records only.
        case bundleIsPartial = "bundle_is_partial"
        /// A bundle holds batches of devices whose keys the other side does not have.
        case batchesNotVerified = "batches_not_verified"
        /// The sides belong to different spaces.
        case differentSpaces = "different_spaces"
        /// The sides follow different epochs: positions cannot be compared.
        case differentEpochs = "different_epochs"
        /// Some of a side's own batches or receipts cannot be read: a cause may be unknown.
        case evidenceUnreadable = "evidence_unreadable"
    }

    public internal(set) var a: SideFacts
    public internal(set) var b: SideFacts
    public private(set) var onlyA = 0
    public private(set) var onlyB = 0
    /// Records that both sides have, and that differ.
    public private(set) var different = 0
    public private(set) var counts: [Count: Int] = [:]
    /// Sorted by collection and id; as many as the scope keeps.
    public private(set) var records: [RecordDifference] = []
    public internal(set) var notChecked: Set<NotChecked> = []
    private let limit: Int

    public var total: Int { onlyA + onlyB + different }
    public var isIdentical: Bool { total == 0 }
    /// Differences that are counted and not among `records`.
    public var omitted: Int { total - records.count }

    init(_ a: SideFacts, _ b: SideFacts, limit: Int) {
        self.a = a
        self.b = b
        self.limit = max(limit, 1)
    }

    mutating func add(_ difference: RecordDifference) {
        switch difference.side {
        case .a: onlyA += 1
        case .b: onlyB += 1
        case .both: different += 1
        }
        let count = Count(collection: difference.key.collection, cause: difference.cause)
        counts[count, default: 0] += 1
        records.append(difference)
        if records.count >= 2 * limit { trim() }
    }

    /// Sorts what is kept. Call once, last.
    mutating func finish() { trim() }

    private mutating func trim() {
        records.sort { $0.key < $1.key }
        if records.count > limit { records.removeLast(records.count - limit) }
    }
}
