/// The side on which a column's texts stand.
public enum TextAlignment: Sendable, Hashable {
    /// For words.
    case left
    /// For numbers.
    case right
}
