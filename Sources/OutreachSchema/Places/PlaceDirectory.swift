/// The points and grids that a device knows: what a person's word for a place may mean.
///
/// Problem: a code with one wrong letter is a stop at a place that does not exist, and a long code
/// is not typed by cold fingers.
/// Idea: a word has one reading or none. In this order: the whole code; its number (`14` is
/// NDJ-014, never NDJ-114); letters and number without separators and zeros; an ending of the
/// code; a piece of the name; the first letters of its ideographs. The first rule that finds something decides; if it finds several,
/// the person chooses.
public struct PlaceDirectory: Sendable {
    public let points: [KnownPoint]
    /// The grids of the points, sorted.
    public let grids: [String]

    /// What a word may mean.
    public enum Match<Place: Sendable & Equatable>: Sendable, Equatable {
        case one(Place)
        case several([Place])
        /// Nothing is known by that word; these are nearest.
        case unknown(nearest: [Place])
    }

    /// Places that are offered where a word is not understood.
    static let nearestLimit = 3
    /// Fewer characters end too many codes.
    private static let leastEnding = 2

    public static let empty = PlaceDirectory([])

    public init(_ points: [KnownPoint]) {
        self.points = points.sorted { $0.code < $1.code }
        grids = Set(points.compactMap(\.grid)).filter { !$0.isEmpty }.sorted()
    }

    /// Whether there is no list at all: then every code is taken.
    public var isEmpty: Bool { points.isEmpty }

    public func point(code: String) -> KnownPoint? { points.first { $0.code == code } }

    /// The point that a person means.
    public func point(_ text: String) -> Match<KnownPoint> {
        let code = TextFolding.code(text)
        if let point = point(code: code) { return .one(point) }
        let active = points.filter(\.isActive)
        let byCode = Self.matches(code, active) { $0.code }
        if !byCode.isEmpty { return Self.match(byCode) }
        let named = active.filter { TextFolding.code($0.name).contains(code) && !code.isEmpty }
        let whole = named.filter { TextFolding.code($0.name) == code }
        if !named.isEmpty && !Self.isNumber(code) {
            return Self.match(whole.isEmpty ? named : whole)
        }
        let letters = code.lowercased()
        let initialled =
            PinyinInitials.areInitials(letters)
            ? active.filter { PinyinInitials.of($0.name).contains(letters) } : []
        if !initialled.isEmpty { return Self.match(initialled) }
        return .unknown(nearest: Self.nearest(to: code, active) { [$0.code, $0.name] })
    }

    /// The grid that a person means.
    public func grid(_ text: String) -> Match<String> {
        let code = TextFolding.code(text)
        if grids.contains(code) { return .one(code) }
        let found = Self.matches(code, grids) { $0 }
        guard found.isEmpty else { return Self.match(found) }
        return .unknown(nearest: Self.nearest(to: code, grids) { [$0] })
    }

    private static func match<Place>(_ found: [Place]) -> Match<Place> {
        found.count == 1 ? .one(found[0]) : .several(found)
    }

    private static func isNumber(_ code: String) -> Bool {
        !code.isEmpty && code.allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// By number, by letters and number, by ending.
    private static func matches<Place>(
        _ code: String, _ places: [Place], _ codeOf: (Place) -> String
    ) -> [Place] {
        let shape = CodeShape(code)
        if isNumber(code) { return places.filter { CodeShape(codeOf($0)).number == shape.number } }
        let same = shape.number == nil ? [] : places.filter { CodeShape(codeOf($0)) == shape }
        guard same.isEmpty, code.count >= leastEnding else { return same }
        return places.filter { codeOf($0).hasSuffix(code) }
    }

    /// The nearest by slips of the finger, in codes with what looks alike made alike.
    private static func nearest<Place>(
        to code: String, _ places: [Place], _ names: (Place) -> [String]
    ) -> [Place] {
        let typed = CodeShape.lookalike(code)
        guard !typed.isEmpty else { return [] }
        let limit = max(1, (typed.count + 1) / 3)
        let ranked = places.compactMap { place -> (place: Place, slips: Int)? in
            let slips = names(place).map {
                WordDistance.slips(from: typed, to: CodeShape.lookalike(TextFolding.code($0)))
            }.min()
            return slips.flatMap { $0 <= limit && $0 < typed.count ? (place, $0) : nil }
        }
        let least = ranked.map(\.slips).min() ?? 0
        return ranked.filter { $0.slips <= least }.prefix(nearestLimit).map(\.place)
    }
}
