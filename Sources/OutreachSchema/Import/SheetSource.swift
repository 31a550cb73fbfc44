/// The rows of a file, one after the other.
enum SheetSource {
    case csv(CSVReader)
    case rows(ArraySlice<SheetRow>)

    mutating func next() -> SheetRow? {
        switch self {
        case .csv(var reader):
            let record = reader.next()
            self = .csv(reader)
            return record.map {
                SheetRow(line: $0.line, cells: $0.cells.map { .text($0) }, isBroken: $0.isBroken)
            }
        case .rows(var rows):
            let row = rows.popFirst()
            self = .rows(rows)
            return row
        }
    }
}

/// Finds the header: people put a title, a date and an empty line above it.
struct HeaderFinder {
    /// Rows above a header.
    private static let rowLimit = 20

    let collection: CollectionDescription
    let options: CellOptions

    /// The header, and the source after it.
    ///
    /// - Throws: what is wrong with the row that is understood best.
    func find(_ source: SheetSource) throws(ImportError) -> (ImportHeader, SheetSource) {
        var source = source
        var best: (cells: [String], understood: Int)?
        var seen = 0
        while seen < Self.rowLimit, let row = source.next() {
            guard !row.isBlank else { continue }
            seen += 1
            let cells = row.cells.map { $0.text(is1904: options.is1904) }
            do throws(ImportError) {
                let header = try ImportHeader(
                    cells, for: collection, fieldsByTitle: options.fieldsByTitle)
                return (header, source)
            } catch {
                if error.code == .repeatedColumn { throw error }
                let understood = ImportHeader.understood(cells, for: collection)
                if understood > best?.understood ?? -1 { best = (cells, understood) }
            }
        }
        guard let best else { throw .empty }
        _ = try ImportHeader(
            best.cells, for: collection, fieldsByTitle: options.fieldsByTitle)
        throw .empty
    }
}
