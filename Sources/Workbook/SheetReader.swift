/// Reads the cells of one sheet.
final class SheetReader {
    private let strings: [String]
    private let styles: CellStyles
    private var rows: [(line: Int, cells: [WorkbookCell])] = []
    private var merges: [CellRange] = []
    private var line = 0
    private var column = 0
    private var attributes: XMLReader.Attributes = [:]
    private var value = ""
    private var inlineText = ""
    /// More columns than a sheet may have are damage (ECMA-376: XFD).
    private static let columnLimit = 16_384

    init(strings: [String], styles: CellStyles) {
        self.strings = strings
        self.styles = styles
    }

    func read(_ archive: ZipArchive, _ path: String) throws -> Bool {
        try archive.readXML(
            path, begin: { self.begin($0, $1) }, end: { self.end($0, $1) })
    }

    private func begin(_ name: String, _ attributes: XMLReader.Attributes) {
        switch name {
        case "row":
            line = attributes["r"].flatMap { Int($0) } ?? line + 1
            column = 0
            rows.append((line, []))
        case "c":
            self.attributes = attributes
            (value, inlineText) = ("", "")
            if let place = attributes["r"].flatMap({ CellPlace($0) }) { column = place.column }
        case "mergeCell":
            if let range = attributes["ref"].flatMap({ CellRange($0) }) { merges.append(range) }
        default: break
        }
    }

    private func end(_ name: String, _ text: String) {
        switch name {
        case "v": value = text
        case "t": inlineText += text
        case "c":
            place(cell)
            column += 1
        default: break
        }
    }

    private func place(_ cell: WorkbookCell) {
        guard !cell.isBlank, column < Self.columnLimit, !rows.isEmpty else { return }
        let missing = column - rows[rows.count - 1].cells.count
        if missing > 0 {
            rows[rows.count - 1].cells += Array(repeating: .blank, count: missing)
        }
        if missing >= 0 { rows[rows.count - 1].cells.append(cell) }
    }

    private var cell: WorkbookCell {
        switch attributes["t"] ?? "n" {
        case "s":
            guard let index = Int(value), strings.indices.contains(index) else { return .blank }
            return .text(strings[index])
        case "inlineStr": return .text(inlineText)
        case "str", "e": return .text(value)
        case "b": return .bool(value == "1")
        case "d": return .text(value)
        default:
            guard let number = Double(value) else { return .blank }
            switch styles.kind(ofStyle: attributes["s"].flatMap { Int($0) } ?? 0) {
            case .plain: return .number(number)
            case .date: return .date(number, hasTime: false)
            case .dateTime: return .date(number, hasTime: true)
            }
        }
    }

    /// The rows, with what stands in a merged cell in each row that it spans. Across, a merged cell
    /// stays one: a title does not become many.
    var filledRows: [(line: Int, cells: [WorkbookCell])] {
        var filled = rows
        let places = Dictionary(
            rows.indices.map { (rows[$0].line, $0) }, uniquingKeysWith: { first, _ in first })
        for merge in merges where merge.lines.count > 1 {
            guard let top = places[merge.lines.lowerBound],
                rows[top].cells.indices.contains(merge.column)
            else { continue }
            for line in merge.lines.dropFirst() {
                guard let index = places[line] else { continue }
                let missing = merge.column + 1 - filled[index].cells.count
                if missing > 0 {
                    filled[index].cells += Array(repeating: .blank, count: missing)
                }
                filled[index].cells[merge.column] = rows[top].cells[merge.column]
            }
        }
        return filled.filter { row in row.cells.contains { !$0.isBlank } }
    }
}

/// `B3`: column 1, line 3.
struct CellPlace {
    let column: Int
    let line: Int

    init?(_ text: some StringProtocol) {
        let letters = text.prefix { $0.isLetter }
        guard (1...3).contains(letters.count), let line = Int(text.dropFirst(letters.count)),
            line > 0
        else { return nil }
        self.line = line
        column = letters.uppercased().utf8.reduce(0) { $0 * 26 + Int($1) - 64 } - 1
    }
}

/// `A2:A5`: what is merged in its first column.
struct CellRange {
    let column: Int
    let lines: ClosedRange<Int>

    init?(_ text: String) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let first = CellPlace(parts[0]), let last = CellPlace(parts[1]),
            first.line <= last.line
        else { return nil }
        column = first.column
        lines = first.line...last.line
    }
}
