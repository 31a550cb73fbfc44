/// What a person has said is right, though it looks wrong.
public struct EntryLeniency: OptionSet, Sendable, Hashable {
    public let rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// Unlikely times, and words near a known one: `--as-is`.
    public static let asIs = EntryLeniency(rawValue: 1)
    /// Codes of points and grids that no list has: `--new-place`.
    public static let newPlaces = EntryLeniency(rawValue: 2)
}
