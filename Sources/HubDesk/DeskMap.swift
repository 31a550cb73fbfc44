import AuditReport
import OutreachSchema

/// Points where they lie, drawn from their own positions: no map is fetched.
struct DeskMap {
    struct Point {
        let place: GeoPosition
        let isLeft: Bool
        let code: String
        let grid: String

        /// Nil without a place.
        init?(place: GeoPosition?, isLeft: Bool, code: String, grid: String) {
            guard let place else { return nil }
            self.place = place
            self.isLeft = isLeft
            self.code = code
            self.grid = grid
        }
    }

    private static let width = 640.0
    private static let height = 360.0
    private static let margin = 24.0

    private let points: [Point]

    init(_ points: [Point?]) { self.points = points.compactMap { $0 } }

    /// Empty where no point has a position. Codes and names of grids are the only text, and are
    /// escaped. A grid's name stands in the middle of its points, with how many were reached.
    func svg(title: String) -> String {
        guard !points.isEmpty else { return "" }
        let title = HTMLText.escaped(title)
        var text =
            "<svg viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\" role=\"img\" "
            + "aria-label=\"\(title)\"><title>\(title)</title>"
        let project = projection
        for point in points.sorted(by: { !$0.isLeft && $1.isLeft }) {
            let (x, y) = project(point.place)
            let shape =
                point.isLeft
                ? "<path class=\"left\" d=\"M\(x - 6) \(y + 5)l6 -11l6 11z\">"
                : "<circle class=\"done\" cx=\"\(x)\" cy=\"\(y)\" r=\"5\">"
            let name = point.isLeft ? "path" : "circle"
            text += "\(shape)<title>\(HTMLText.escaped(point.code))</title></\(name)>"
        }
        return text + labels(project) + "</svg>"
    }

    /// Where names would lie over each other, those of grids with most to do stand; the table beside
    /// the map has them all.
    private func labels(_ project: (GeoPosition) -> (x: Int, y: Int)) -> String {
        let grids = Dictionary(grouping: points, by: \.grid).map { name, points in
            (name: name, points: points, left: points.count { $0.isLeft })
        }.sorted { ($1.left, $0.name) < ($0.left, $1.name) }
        var taken: [(x: ClosedRange<Int>, y: ClosedRange<Int>)] = []
        var text = ""
        for grid in grids {
            let label = "\(grid.name) \(grid.points.count - grid.left)/\(grid.points.count)"
            let places = grid.points.map { project($0.place) }
            let half = label.count * Self.letterWidth / 2
            let x = places.reduce(0) { $0 + $1.x } / places.count
            let y = places.reduce(0) { $0 + $1.y } / places.count
            let (across, down) = (x - half...x + half, y - Self.letterHeight...y)
            guard !taken.contains(where: { $0.x.overlaps(across) && $0.y.overlaps(down) }) else {
                continue
            }
            taken.append((across, down))
            text += "<text x=\"\(x)\" y=\"\(y)\">\(HTMLText.escaped(label))</text>"
        }
        return text
    }

    /// Of a label, at most, in the picture's units.
    private static let letterWidth = 9
    private static let letterHeight = 15

    /// From a place to the picture: as wide and as high as there is room.
    private var projection: (GeoPosition) -> (x: Int, y: Int) {
        let latitudes = points.map(\.place.latitude)
        let longitudes = points.map(\.place.longitude)
        let (south, north) = (latitudes.min() ?? 0, latitudes.max() ?? 0)
        let (west, east) = (longitudes.min() ?? 0, longitudes.max() ?? 0)
        let (high, wide) = (max(north - south, 1e-6), max(east - west, 1e-6))
        return { place in
            let x =
                Self.margin + (place.longitude - west) / wide * (Self.width - 2 * Self.margin)
            let y =
                Self.margin + (north - place.latitude) / high * (Self.height - 2 * Self.margin)
            return (Int(x), Int(y))
        }
    }
}
