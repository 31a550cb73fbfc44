import SyncStore

/// Whether every value is stored in the class that its column declares.
///
/// SQLite keeps any class in any column. A text that is stored as a blob shows the same to people,
/// and is another value to every comparison: it hid a record from whoever looked for it.
struct StorageClasses {
    /// Rows of one table that are named.
    private static let rowLimit: Int64 = 8

    let store: StoreConnection
    let log: ProblemLog

    func check(_ tables: [TableShape]) throws {
        for table in tables { try check(table) }
    }

    private func check(_ table: TableShape) throws {
        let columns = table.columns.filter { !$0.type.isEmpty }
        guard !columns.isEmpty else { return }
        let classes = columns.map { "typeof(\"\($0.name)\")" }
        let off = zip(columns, classes).map { column, found in
            "\(found) NOT IN ('\(column.type.lowercased())'\(column.mayBeNull ? ", 'null'" : ""))"
        }
        try store.each(
            "SELECT \(table.hasRowNumber ? "rowid" : "0"), \(classes.joined(separator: ", ")) "
                + "FROM \"\(table.name)\" WHERE \(off.joined(separator: " OR ")) LIMIT ?",
            .integer(Self.rowLimit)
        ) { row in
            for (place, column) in columns.enumerated() {
                let found = row.text(Int32(place) + 1)
                let expected = column.type.lowercased()
                if found == expected || column.mayBeNull && found == "null" { continue }
                log.add(
                    .classAltered, .row(table: table.name, row: row.integer(0)),
                    .init(.column, column.name), .init(.expected, expected),
                    .init(.found, found))
            }
        }
    }
}
