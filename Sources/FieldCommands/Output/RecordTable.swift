import CommandKit
import OutreachSchema
import SyncCore

/// Records of one collection as a table: the most important columns that fit.
struct RecordTable {
    let records: [ShownRecord]
    let open: OpenReplica
    /// Today's year is left out of times.
    private let yearPrefix: String

    /// What a column of words keeps at least.
    private static let leastTextWidth = 10
    private static let gap = 2

    init(_ records: [ShownRecord], _ open: OpenReplica) throws {
        self.records = records
        self.open = open
        let now = try open.correctedNow().milliseconds
        yearPrefix = String(open.localTime(milliseconds: now).prefix(5))
    }

    private struct Column {
        let header: TableColumn
        let cells: [String]

        /// The columns of a terminal that it needs at least.
        var leastWidth: Int {
            let full = ([header.header] + cells).map(\.displayWidth).max() ?? 0
            return header.isShrinkable ? min(full, RecordTable.leastTextWidth) : full
        }
    }

    /// Below this width the numbers name the rows, and the ids give way to what is in them.
    private static let columnsForIDs = 60

    /// - Parameters:
    ///   - terminalColumns: the width to fit; nil shows every column.
    ///   - isNumbered: whether the next command will know the rows by their numbers.
    /// - Returns: the table, and the headers of the columns that did not fit.
    func table(
        fitting terminalColumns: Int?, isNumbered: Bool
    ) -> (table: Table, leftOut: [String]) {
        var all = isNumbered ? [numbers] : []
        let isNarrow = (terminalColumns ?? .max) < Self.columnsForIDs
        if !isNumbered || !isNarrow { all.append(ids) }
        let columns = fitting(all + fieldColumns, terminalColumns)
        var table = Table(columns.map(\.header))
        for row in records.indices { table.append(columns.map { $0.cells[row] }) }
        let shown = Set(columns.map(\.header.header))
        let headers = (all + fieldColumns + [ids]).map(\.header.header)
        var leftOut: [String] = []
        for header in headers where !shown.contains(header) && !leftOut.contains(header) {
            leftOut.append(header)
        }
        return (table, terminalColumns == nil ? [] : leftOut)
    }

    private var ids: Column {
        let digits = ShortID.digits(telling: records.map(\.state.key.id))
        return Column(
            header: .fixed(Messages.fieldRecords.idHeader.text()),
            cells: records.map { String($0.state.key.id.hex.prefix(digits)) })
    }

    /// The first rows of a long list have none.
    private var numbers: Column {
        let unnumbered = max(0, records.count - ListMemory.rowLimit)
        return Column(
            header: .number(Messages.fieldRecords.rowHeader.text()),
            cells: records.indices.map { $0 < unnumbered ? "" : "\($0 - unnumbered + 1)" })
    }

    /// Columns in which no record has anything are left out.
    private var fieldColumns: [Column] {
        let names = records.first?.collection?.listColumns ?? []
        return names.compactMap { name in
            guard let field = records.first?.collection?.field(named: name) else { return nil }
            let cells = records.map { cell(of: $0.values[name] ?? .null, field) }
            guard cells.contains(where: { !$0.isEmpty }) else { return nil }
            return Column(header: header(of: field), cells: cells)
        }
    }

    private func cell(of value: Value, _ field: FieldDescription) -> String {
        let text = open.presenter.text(of: value, for: field)
        guard field.type == .time, text.hasPrefix(yearPrefix) else { return text }
        return String(text.dropFirst(yearPrefix.count))
    }

    private func header(of field: FieldDescription) -> TableColumn {
        let label = field.label[.current]
        switch field.type {
        case .integer, .number: return .number(label)
        case .time, .grid, .pointCode, .bool: return .fixed(label)
        case .text, .enumeration: return .text(label)
        }
    }

    /// The first columns, as many as fit; never fewer than two.
    private func fitting(_ columns: [Column], _ terminalColumns: Int?) -> [Column] {
        guard let terminalColumns else { return columns }
        var kept: [Column] = []
        var width = 0
        for column in columns {
            width += column.leastWidth + (kept.isEmpty ? 0 : Self.gap)
            guard kept.count < 2 || width <= terminalColumns else { break }
            kept.append(column)
        }
        return kept
    }
}
