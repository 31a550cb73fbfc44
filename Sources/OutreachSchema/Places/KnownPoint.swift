/// A point of the operator's list, as far as entering needs it.
public struct KnownPoint: Sendable, Hashable {
    public let code: String
    public let name: String
    public let grid: String?
    /// Points that are switched off are found by their whole code only.
    public let isActive: Bool
    /// Degrees; nil where the list does not say.
    public let place: Place?

    public struct Place: Sendable, Hashable {
        public let lat: Double
        public let lon: Double

        public init(lat: Double, lon: Double) {
            self.lat = lat
            self.lon = lon
        }

        /// In degrees of latitude, near enough for a neighbourhood.
        public func distance(to other: Place) -> Double {
            // At 32° north a degree of longitude is 0.85 of one of latitude.
            let (north, east) = (lat - other.lat, (lon - other.lon) * 0.85)
            return (north * north + east * east).squareRoot()
        }
    }

    public init(
        code: String, name: String, grid: String?, isActive: Bool = true, place: Place? = nil
    ) {
        self.code = code
        self.name = name
        self.grid = grid
        self.isActive = isActive
        self.place = place
    }

    /// `NDJ-014 南大街14号`.
    public var title: String { name.isEmpty ? code : "\(code) \(name)" }
}
