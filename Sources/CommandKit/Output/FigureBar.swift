/// A number as a bar of plain signs: block characters are two columns wide in some terminals.
public enum FigureBar {
    /// Longer ones tell nothing more.
    public static let longest = 40

    /// The bar alone; a number above zero has at least one sign.
    public static func bar(_ count: Int, of most: Int, width: Int) -> String {
        guard count > 0, most > 0, width > 0 else { return "" }
        let share = min(1, Double(count) / Double(most))
        return String(repeating: "=", count: max(1, Int(share * Double(width))))
    }

    /// A bar in its frame: how much of a whole is done.
    public static func text(_ count: Int, of whole: Int, width: Int) -> String {
        let room = max(0, width - 2)
        let filled = bar(count, of: whole, width: room)
        return "  [" + filled + String(repeating: "-", count: room - filled.count) + "]"
    }
}
