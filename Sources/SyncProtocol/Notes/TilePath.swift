// Where a tile of the log lies. Source: c2sp.org/tlog-tiles; Protocol/README.md §15.

/// The path of a tile: hashes of a level, or entries.
public struct TilePath: Sendable, Equatable {
    /// Hashes or entries in a full tile.
    public static let width: Int64 = 256
    /// Levels of the tree that one tile's level stands for.
    public static let height = 8

    /// Nil: entries.
    public let level: Int?
    public let index: Int64
    /// 1 … 256; less than 256 for a partial tile.
    public let count: Int64

    /// - Parameters:
    ///   - level: nil: entries.
    ///   - count: 1 … 256.
    public init(level: Int?, index: Int64, count: Int64) {
        (self.level, self.index, self.count) = (level, index, count)
    }

    /// - Returns: nil for what is not just the path of a tile.
    public init?(_ path: String) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 4, parts[0].isEmpty, parts[1] == "tile" else { return nil }
        if parts[2] == "entries" {
            level = nil
        } else {
            guard let number = Int(parts[2]), String(number) == parts[2], number >= 0, number < 8
            else { return nil }
            level = number
        }
        parts.removeFirst(3)
        var count = Self.width
        if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p") {
            guard let part = Int64(parts.removeLast()), part >= 1, part < Self.width else {
                return nil
            }
            count = part
            parts[parts.count - 1].removeLast(2)
        }
        guard parts.count <= 5 else { return nil }
        var index: Int64 = 0
        for part in parts {
            let digits = part.hasPrefix("x") ? part.dropFirst() : part[...]
            guard digits.count == 3, let number = Int64(digits) else { return nil }
            index = index * 1_000 + number
        }
        (self.index, self.count) = (index, count)
        // One path for one tile: what is written otherwise is none.
        guard text == path else { return nil }
    }

    public var text: String {
        var rest = index
        var parts = [Self.digits(rest % 1_000)]
        while rest >= 1_000 {
            rest /= 1_000
            parts.insert("x" + Self.digits(rest % 1_000), at: 0)
        }
        let name = parts.joined(separator: "/")
        let place = level.map { String($0) } ?? "entries"
        return "/tile/\(place)/\(name)" + (count < Self.width ? ".p/\(count)" : "")
    }

    private static func digits(_ number: Int64) -> String {
        let text = String(number)
        return String(repeating: "0", count: 3 - text.count) + text
    }
}
