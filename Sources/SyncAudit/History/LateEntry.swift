public import SyncCore

/// Where a collection keeps the time at which something happened, and how it is written: the
/// auditor's library knows no collection, so whoever asks tells it.
public struct EventTimes: Sendable {
    let fieldsByCollection: [String: String]
    /// Milliseconds since 1970 of a value; nil for what is no time.
    let read: @Sendable (Value) -> Int64?

    public init(
        fieldsByCollection: [String: String], read: @escaping @Sendable (Value) -> Int64?
    ) {
        self.fieldsByCollection = fieldsByCollection
        self.read = read
    }
}

/// A record whose event lies far from the moment at which it was recorded.
public struct LateEntry: Sendable {
    public let key: RecordKey
    /// The field that says when the event was.
    public let field: String
    /// Milliseconds since 1970.
    public let eventTime: Int64
    /// The effective stamp of the value, and who wrote it.
    public let stamp: Stamp
    public let isDeleted: Bool
    /// What the journal says of the change; nil where it is not in the file.
    public internal(set) var origin: Origin?

    public struct Origin: Sendable {
        public let position: Int64
        /// Milliseconds since 1970.
        public let receivedAt: Int64
        /// As the device signed it.
        public let claimed: StampTime
    }

    /// How long after the event it was recorded, in milliseconds; negative for an event that lay
    /// in the future.
    public var delay: Int64 { stamp.time.milliseconds - eventTime }
}

/// An import, as the device that did it described it.
///
/// Source: Protocol/README.md §12, `imports`.
public struct ImportEntry: Sendable {
    public let id: RecordID
    /// The file's name without its folder.
    public let file: String
    public let collection: String
    public let rows: Int64
    public let newRows: Int64
    /// SHA-256 of the file's bytes, 64 hex digits.
    public let sha256: String
    public let device: DeviceID
    /// Claimed stamp times of its first and last change.
    public let claimed: ClosedRange<StampTime>
    /// What the hub ordered the first and the last by.
    public internal(set) var effectiveFirst: StampTime
    public internal(set) var effectiveLast: StampTime
    public internal(set) var receivedAt: Int64?
    /// How many of its records are far from their events.
    public internal(set) var lateCount = 0
    /// The first and last of their event times, in milliseconds since 1970.
    public internal(set) var eventTimes: ClosedRange<Int64>?

    /// More records lie in its span than it says it brought: they are listed one by one instead,
    /// since it could be a pretext.
    public internal(set) var isOverfull = false

    /// Nil for a record that does not hold what an import writes.
    init?(_ state: RecordState) {
        func text(_ name: String) -> String? { state[name]?.value.value.text }
        func count(_ name: String) -> Int64? { state[name]?.value.value.integer.map { Int64($0) } }
        guard let file = text("file"), let collection = text("collection"),
            let rows = count("rows"), let newRows = count("new_rows"),
            let sha256 = text("sha256"), let device = state["last_stamp"]?.stamp.device,
            let first = text("first_stamp").flatMap({ StampTime(hex: $0) }),
            let last = text("last_stamp").flatMap({ StampTime(hex: $0) }), first <= last
        else { return nil }
        id = state.key.id
        self.file = file
        self.collection = collection
        self.rows = rows
        self.newRows = newRows
        self.sha256 = sha256
        self.device = device
        claimed = first...last
        effectiveFirst = first
        effectiveLast = last
    }

    func covers(_ entry: LateEntry) -> Bool {
        entry.key.collection == collection && entry.stamp.device == device
            && effectiveFirst <= entry.stamp.time && entry.stamp.time <= effectiveLast
    }
}
