import AuditReport

/// Points where they lie, drawn from their own positions: no map is fetched.
struct DeskMap {
    struct Place {
        let latitude: Double
        let longitude: Double

        init?(latitude: Double?, longitude: Double?) {
            guard let latitude, let longitude, (-90...90).contains(latitude),
                (-180...180).contains(longitude)
            else { return nil }
            self.latitude = latitude
            self.longitude = longitude
        }
    }

    private static let width = 640.0
    private static let height = 360.0
    private static let margin = 14.0

    private let points: [(place: Place, isLeft: Bool, code: String)]

    init(_ points: [(Place?, Bool, String)]) {
        self.points = points.compactMap { point in
            point.0.map { ($0, point.1, point.2) }
        }
    }

    /// Empty where no point has a position. Codes are the only text, and are escaped.
    func svg(title: String) -> String {
        guard let first = points.first?.place else { return "" }
        var (south, north, west, east) = (
            first.latitude, first.latitude, first.longitude, first.longitude
        )
        for point in points {
            (south, north) = (min(south, point.place.latitude), max(north, point.place.latitude))
            (west, east) = (min(west, point.place.longitude), max(east, point.place.longitude))
        }
        let (high, wide) = (max(north - south, 1e-6), max(east - west, 1e-6))
        var text =
            "<svg viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\" role=\"img\" "
            + "aria-label=\"\(HTMLText.escaped(title))\"><title>\(HTMLText.escaped(title))</title>"
        for point in points.sorted(by: { !$0.isLeft && $1.isLeft }) {
            let x =
                Self.margin + (point.place.longitude - west) / wide * (Self.width - 2 * Self.margin)
            let y =
                Self.margin + (north - point.place.latitude) / high
                * (Self.height - 2 * Self.margin)
            let shape =
                point.isLeft
                ? "<path class=\"left\" d=\"M\(Int(x) - 6) \(Int(y) + 5)l6 -11l6 11z\">"
                : "<circle class=\"done\" cx=\"\(Int(x))\" cy=\"\(Int(y))\" r=\"5\">"
            let name = point.isLeft ? "path" : "circle"
            text += "\(shape)<title>\(HTMLText.escaped(point.code))</title></\(name)>"
        }
        return text + "</svg>"
    }
}
