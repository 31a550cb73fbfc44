public import OutreachSchema

/// Which points were visited in each shift.
public struct CoverageMap: Sendable, Equatable {
    public struct Row: Sendable, Equatable {
        public let code: String
        public let name: String
        public let required: Int
        /// Stops in each of `nights`.
        public let visits: [Int]
        /// Over the whole period, at most `required` a shift.
        public let made: Int
        /// Over the whole period.
        public let missed: Int
    }

    /// The nights of the picture, without gaps: the latest ones, or those with far more visits.
    public let nights: [Shift]
    /// The first and last night of the whole period; nil if there are no stops.
    public let first: Shift?
    public let last: Shift?
    /// All nights of the period, those that the picture leaves out included.
    public let nightCount: Int
    /// Those that hold a visit: only in them can one have been missed.
    public let visitedCount: Int
    /// Of `nights`, those that hold none.
    public let idleNights: Set<Shift>
    /// Active points by code, as many as the picture holds.
    public let rows: [Row]
    public let pointCount: Int
    /// Those with the most missed visits, over the whole period.
    public let mostMissed: [Row]
    public let required: Int
    public let made: Int

    // Every live stop is in exactly one of these.
    /// At an active point, in a night of the period.
    public let stopsCounted: Int
    /// At a point that is unknown, deleted or switched off.
    public let stopsElsewhere: Int
    /// Without a point or a readable time.
    public let stopsUnplaced: Int
    /// Dated after the newest thing that the files know of.
    public let stopsInFuture: Int

    /// Most nights and points of a picture, and most points of the list.
    public static let nightLimit = 60
    public static let pointLimit = 200
    public static let missedLimit = 15
    /// Nights that a phone shows.
    static let stripLimit = 16

    /// The map with the last nights only; the sums stay those of all.
    func latest(_ count: Int) -> CoverageMap {
        let first = max(0, nights.count - count)
        return CoverageMap(
            nights: Array(nights[first...]), first: self.first, last: last,
            nightCount: nightCount, visitedCount: visitedCount, idleNights: idleNights,
            rows: rows.map {
                Row(
                    code: $0.code, name: $0.name, required: $0.required,
                    visits: Array($0.visits[first...]), made: $0.made, missed: $0.missed)
            }, pointCount: pointCount, mostMissed: mostMissed, required: required, made: made,
            stopsCounted: stopsCounted, stopsElsewhere: stopsElsewhere,
            stopsUnplaced: stopsUnplaced, stopsInFuture: stopsInFuture)
    }

    public var stops: Int { stopsCounted + stopsElsewhere + stopsUnplaced + stopsInFuture }
}
