/// Labels and values, one pair a line, the values in one column.
public struct Form {
    private var rows: [(label: String, value: String)] = []

    private static let indentation = "  "
    private static let gap = 2

    public init() {}

    public mutating func append(_ label: String, _ value: String) {
        rows.append((label.sanitised(), value.sanitised()))
    }

    /// Long values go on in the value's column.
    public func lines(fitting columns: Int?) -> [String] {
        let width = (rows.map { $0.label.displayWidth }.max() ?? 0) + Self.gap
        return rows.flatMap { row in
            let label = Self.indentation + row.label.padded(toColumns: width)
            guard let columns else { return [label + row.value] }
            return (label + row.value).wrapped(
                toColumns: columns, indentation: width + Self.indentation.count)
        }
    }
}

extension Console {
    public func print(_ form: Form) {
        let lines = form.lines(fitting: dataColumns)
        guard !lines.isEmpty else { return }
        write(lines.joined(separator: "\n") + "\n")
    }
}
