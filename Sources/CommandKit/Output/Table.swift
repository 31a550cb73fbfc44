/// Rows under headers, aligned by what a terminal shows, so that Chinese columns stand straight.
public struct Table: Sendable {
    public let columns: [TableColumn]
    /// The cells, sanitised, as many in each row as there are columns.
    public private(set) var rows: [[String]] = []

    /// Columns of a terminal between two columns of the table.
    private static let gap = 2
    /// The least width to which a column shrinks: a word of two ideographs and the ellipsis.
    private static let leastWidth = 6

    public init(_ columns: [TableColumn]) {
        self.columns = columns
    }

    /// Adds a row. Cells are data: what would harm the terminal is made visible.
    public mutating func append(_ cells: [String]) {
        precondition(
            cells.count == columns.count, "\(cells.count) cells for \(columns.count) columns")
        rows.append(cells.map { $0.sanitised() })
    }

    /// The header and the rows, without spaces at their ends.
    ///
    /// - Parameter terminalColumns: the width to fit; nil cuts nothing.
    public func lines(fitting terminalColumns: Int?) -> [String] {
        let widths = widths(fitting: terminalColumns)
        return ([columns.map(\.header)] + rows).map { line($0, widths: widths) }
    }

    private func line(_ cells: [String], widths: [Int]) -> String {
        var line = ""
        var owedSpaces = 0
        for (index, cell) in cells.enumerated() {
            let shown = cell.truncated(toColumns: widths[index])
            let space = widths[index] - shown.displayWidth
            let isLeft = columns[index].alignment == .left
            if !shown.isEmpty {
                line += String(repeating: " ", count: owedSpaces + (isLeft ? 0 : space)) + shown
                owedSpaces = isLeft ? space : 0
            } else {
                owedSpaces += space
            }
            owedSpaces += Self.gap
        }
        return line
    }

    private func widths(fitting terminalColumns: Int?) -> [Int] {
        var widths = columns.indices.map { index in
            rows.reduce(columns[index].header.displayWidth) {
                max($0, $1[index].displayWidth)
            }
        }
        guard let terminalColumns else { return widths }
        for (index, column) in columns.enumerated() {
            widths[index] = min(widths[index], column.maximumWidth ?? .max)
        }
        shrink(&widths, to: terminalColumns - Self.gap * max(0, columns.count - 1))
        return widths
    }

    /// Takes from the widest column that may shrink, until all fit or none may shrink further.
    private func shrink(_ widths: inout [Int], to room: Int) {
        var excess = widths.reduce(0, +) - room
        while excess > 0 {
            let candidates = widths.indices.filter {
                columns[$0].isShrinkable && widths[$0] > Self.leastWidth
            }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
            let next = candidates.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
            let step = max(1, widths[widest] - max(next, Self.leastWidth))
            widths[widest] -= min(step, excess)
            excess -= min(step, excess)
        }
    }
}
