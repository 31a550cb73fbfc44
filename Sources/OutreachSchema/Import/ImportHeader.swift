/// Which column of a file holds which field.
public struct ImportHeader: Sendable, Hashable {
    /// The cells of the header, as they stand in the file.
    public let cells: [String]
    /// For each column its field; nil for one that is not imported.
    public let fields: [FieldDescription?]
    /// Titles of columns that name no field. They are left out of the records: what a column
    /// means must be known to check it. Columns without a title are not counted.
    public let ignoredColumns: [String]
    /// The column of the records' ids, as an export has it.
    let idColumn: Int?
    /// The column of the records' stamps, as an export has it.
    let stampColumn: Int?

    static let idTitle = BilingualText(en: "ID", zh: "记录编号")
    static let stampTitle = BilingualText(en: "Stamp", zh: "版本")

    /// - Throws: `columns_missing`, `column_repeated` or `map_unknown`.
    init(
        _ cells: [String], for collection: CollectionDescription,
        fieldsByTitle: [String: String] = [:]
    ) throws(ImportError) {
        let keys = cells.map(CellText.title)
        let mapped = try Self.mapped(fieldsByTitle, keys, cells, collection)
        let fields = keys.map { key in
            mapped[key] ?? collection.fields.first { $0.isNamed(by: key) }
        }
        func column(_ title: BilingualText) -> Int? {
            let titles = [title.en, title.zh].map(CellText.title)
            return keys.indices.first { fields[$0] == nil && titles.contains(keys[$0]) }
        }
        let known = (id: column(Self.idTitle), stamp: column(Self.stampTitle))
        self.cells = cells
        self.fields = fields
        idColumn = known.id
        stampColumn = known.stamp
        ignoredColumns = cells.indices
            .filter { index in
                fields[index] == nil && index != known.id && index != known.stamp
                    && !keys[index].isEmpty
            }
            .map { TextFolding.trimmed(cells[$0]) }
        try check(collection)
    }

    /// An export that was edited may have lost columns; what it has tells which records are meant.
    private func check(_ collection: CollectionDescription) throws(ImportError) {
        let present = fields.compactMap { $0?.name }
        let missing = collection.fields.filter { $0.isRequired && !present.contains($0.name) }
        guard missing.isEmpty || idColumn != nil && !present.isEmpty else {
            throw .missingColumns(missing, found: cells, in: collection)
        }
        for field in collection.fields where present.count(where: { $0 == field.name }) > 1 {
            throw .repeatedColumn(field)
        }
    }

    private static func mapped(
        _ fieldsByTitle: [String: String], _ keys: [String], _ cells: [String],
        _ collection: CollectionDescription
    ) throws(ImportError) -> [String: FieldDescription] {
        var mapped: [String: FieldDescription] = [:]
        for (title, name) in fieldsByTitle {
            let key = CellText.title(title)
            let fieldKey = CellText.title(name)
            guard let field = collection.fields.first(where: { $0.isNamed(by: fieldKey) }),
                keys.contains(key)
            else { throw .mapUnknown(title, name, found: cells, in: collection) }
            mapped[key] = field
        }
        return mapped
    }

    /// How many columns are understood: of several rows, the header is the one with most.
    static func understood(_ cells: [String], for collection: CollectionDescription) -> Int {
        cells.count { cell in
            let key = CellText.title(cell)
            return !key.isEmpty && collection.fields.contains { $0.isNamed(by: key) }
        }
    }
}
