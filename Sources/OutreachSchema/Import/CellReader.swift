import SyncCore

/// Turns one cell into the value of a field.
struct CellReader {
    private let times: CellTime
    private let reader: ValueReader

    init(zone: ZoneRules, options: CellOptions) {
        times = CellTime(zone: zone, options: options)
        reader = ValueReader(times: TimeReader(zone: zone, now: nil))
    }

    /// Nil for a blank cell: the field is absent.
    func value(of cell: SheetCell, for field: FieldDescription) throws(EntryProblem) -> Value? {
        let text = CSVWriter.withoutGuard(cell.text(is1904: false))
        switch field.type {
        case .time:
            if case .text = cell, CellText.matchText(text).isEmpty { return nil }
            let plain: SheetCell = if case .text = cell { .text(text) } else { cell }
            return .text(RFC3339.text(utcSeconds: try times.utcSeconds(plain, field)))
        case .integer, .number: return try reader.value(of: CellText.number(text), for: field)
        case .text: return try reader.value(of: text, for: field)
        case .enumeration(let vocabulary):
            let plain = CellText.visible(text)
            let simplified = TraditionalFolding.simplified(plain)
            let isKnown = vocabulary.key(for: simplified) != nil
            return try reader.value(of: isKnown ? simplified : plain, for: field)
        case .bool, .grid, .pointCode:
            return try reader.value(of: CellText.visible(text), for: field)
        }
    }
}
