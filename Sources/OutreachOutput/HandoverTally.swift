public import OutreachSchema
public import SyncCore

/// Collects what a hand-over says of hazards, in any order of records.
public struct HandoverTally: Sendable {
    /// First and last shift of the period; nil: from the beginning, to the end.
    public let from: Shift?
    public let through: Shift?
    private let zone: ZoneRules
    /// The first of those found in the period, in the order found: more are not told.
    private(set) var found: [[String: Value]] = []
    private(set) var foundCount = 0
    /// Found before the period and neither resolved nor dismissed.
    public private(set) var olderOpen = 0

    /// A message tells fewer.
    private static let limit = 64

    public init(from: Shift?, through: Shift?, zone: ZoneRules) {
        self.from = from
        self.through = through
        self.zone = zone
    }

    /// Takes a live hazard.
    public mutating func add(hazard values: [String: Value]) {
        guard let shift = CollectionDescription.hazards.shift(of: values, in: zone) else { return }
        let isOpen = ["open", "assigned", nil].contains(values["status"]?.text)
        if isOpen, let from, shift < from { olderOpen += 1 }
        guard shift.isWithin(from, through) else { return }
        foundCount += 1
        let time = Self.time(values)
        let place = found.firstIndex { time < Self.time($0) } ?? found.count
        guard place < Self.limit else { return }
        found.insert(values, at: place)
        if found.count > Self.limit { found.removeLast() }
    }

    private static func time(_ hazard: [String: Value]) -> String {
        hazard["found_at"]?.text ?? ""
    }
}
