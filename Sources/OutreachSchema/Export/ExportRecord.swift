public import SyncCore

/// One live record on its way into a table or onto a map.
public struct ExportRecord: Sendable {
    public let id: RecordID
    /// Values by field; the protocol's own registers are left out.
    public let values: [String: Value]
    /// The time of its newest value, in hex; empty if it has none.
    public let stamp: String

    public init(_ state: RecordState) {
        id = state.key.id
        let shown = state.fields.filter { !$0.name.hasPrefix("_") }
        values = Dictionary(uniqueKeysWithValues: shown.map { ($0.name, $0.register.value.value) })
        stamp = state.clock?.time.hex ?? ""
    }

    /// With hyphens: a spreadsheet does not take it for a number.
    var hyphenatedID: String {
        let hex = Array(id.hex)
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }
            .joined(separator: "-")
    }
}

extension CollectionDescription {
    /// The titles of an export's columns: the id, each field, the stamp.
    public func exportTitles(in language: LabelLanguage) -> [String] {
        [Self.idTitle[language]] + fields.map { $0.label[language] } + [Self.stampTitle[language]]
    }

    /// A record as a row of CSV, under `exportTitles`. Importing it changes nothing.
    public func csvRow(
        _ record: ExportRecord, with presenter: ValuePresenter
    ) -> [CSVWriter.Cell] {
        [.literal(record.hyphenatedID)] + exportRow(record.values, with: presenter)
            + [.literal(record.stamp)]
    }

    /// A record as a row of a workbook, under `exportTitles`: dates as dates, texts guarded against
    /// being run as formulas.
    public func sheetRow(_ record: ExportRecord, with presenter: ValuePresenter) -> [SheetCell] {
        let cells = fields.map { field in
            presenter.sheetCell(of: record.values[field.name] ?? .null, for: field)
        }
        return [.text(record.hyphenatedID)] + cells + [.text(record.stamp)]
    }

    /// Those of a record's fields that a table has no columns for.
    public func unknownFields(of record: ExportRecord) -> Set<String> {
        Set(record.values.keys).subtracting(fields.map(\.name))
    }
}

extension ValuePresenter {
    fileprivate func sheetCell(of value: Value, for field: FieldDescription) -> SheetCell {
        if let serial = serialDate(of: value, for: field) { return .date(serial, hasTime: true) }
        switch value {
        case .null: return .blank
        case .number(let number): return .number(number)
        case .bool, .text: return .text(CSVWriter.guarded(text(of: value, for: field)))
        }
    }
}
