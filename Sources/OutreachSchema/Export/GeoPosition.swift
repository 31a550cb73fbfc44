public import SyncCore

/// A place on the earth, in degrees of WGS 84.
public struct GeoPosition: Sendable, Hashable {
    public let latitude: Double
    public let longitude: Double

    /// Nil for what is no place on the earth.
    public init?(latitude: Double?, longitude: Double?) {
        guard let latitude, let longitude, (-90...90).contains(latitude),
            (-180...180).contains(longitude)
        else { return nil }
        self.latitude = latitude
        self.longitude = longitude
    }

    /// The position that a record has of its own: a point's.
    public init?(_ values: [String: Value]) {
        guard case .number(let latitude)? = values["lat"],
            case .number(let longitude)? = values["lon"]
        else { return nil }
        self.init(latitude: latitude, longitude: longitude)
    }
}
