/// A point of the operator's list, as far as entering needs it.
public struct KnownPoint: Sendable, Hashable {
    public let code: String
    public let name: String
    public let grid: String?
    /// Points that are switched off are found by their whole code only.
    public let isActive: Bool

    public init(code: String, name: String, grid: String?, isActive: Bool = true) {
        self.code = code
        self.name = name
        self.grid = grid
        self.isActive = isActive
    }

    /// `NDJ-014 南大街14号`.
    public var title: String { name.isEmpty ? code : "\(code) \(name)" }
}
