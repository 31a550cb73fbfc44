/// The text of a progress bar: label, bar, counts, share.
struct ProgressLine {
    let label: String
    let done: Int
    let total: Int?

    /// Where the bar stops growing, and where it is dropped.
    private static let barWidths = 8...40
    /// What of the label is kept before the counts are dropped: three ideographs and the ellipsis.
    private static let leastLabelWidth = 7

    /// Never wider than `columns`.
    func text(columns: Int) -> String {
        let counts = self.counts
        let room = columns - counts.displayWidth - 1
        guard room >= Self.leastLabelWidth else { return counts.truncated(toColumns: columns) }
        let label = self.label.truncated(toColumns: room)
        let barRoom = room - label.displayWidth - 3
        guard let total, barRoom >= Self.barWidths.lowerBound else { return "\(label) \(counts)" }
        let bar = bar(width: min(barRoom, Self.barWidths.upperBound), total: total)
        return "\(label) [\(bar)] \(counts)"
    }

    private var counts: String {
        guard let total else { return "\(done)" }
        return "\(done)/\(total) \(Int(share(of: total) * 100))%"
    }

    /// Plain signs: block characters are two columns wide in some Chinese terminals.
    private func bar(width: Int, total: Int) -> String {
        let filled = Int(share(of: total) * Double(width))
        return String(repeating: "=", count: filled)
            + String(repeating: "-", count: width - filled)
    }

    private func share(of total: Int) -> Double {
        guard total > 0 else { return 1 }
        return min(1, max(0, Double(done) / Double(total)))
    }
}
