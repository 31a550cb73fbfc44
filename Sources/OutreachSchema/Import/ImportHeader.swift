/// Which column of a file holds which field.
public struct ImportHeader: Sendable, Hashable {
    /// The cells of the header, as they stand in the file.
    public let cells: [String]
    /// For each column its field; nil for one that is not imported.
    public let fields: [FieldDescription?]
    /// Titles of columns that name no field. They are left out of the records: what a column
    /// means must be known to check it. Columns without a title are not counted.
    public let ignoredColumns: [String]

    /// - Throws: `columns_missing` or `column_repeated`.
    init(_ cells: [String], for collection: CollectionDescription) throws(ImportError) {
        self.cells = cells
        fields = cells.map { cell in
            let key = TextFolding.matchKey(cell)
            return collection.fields.first { $0.isNamed(by: key) }
        }
        ignoredColumns = zip(cells, fields)
            .filter { $0.1 == nil && !TextFolding.trimmed($0.0).isEmpty }
            .map { TextFolding.trimmed($0.0) }
        let present = fields.compactMap { $0?.name }
        let missing = collection.fields.filter { $0.isRequired && !present.contains($0.name) }
        guard missing.isEmpty else {
            throw .missingColumns(missing, found: cells, in: collection)
        }
        for field in collection.fields where present.count(where: { $0 == field.name }) > 1 {
            throw .repeatedColumn(field)
        }
    }
}
