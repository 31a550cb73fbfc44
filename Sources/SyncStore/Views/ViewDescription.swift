/// A SQL view over one collection, for people who open the file with other tools.
public struct ViewDescription: Sendable, Equatable {
    public struct Column: Sendable, Equatable {
        /// Column's name in the view.
        public let name: String
        /// Field of the record.
        public let field: String

        public init(name: String, field: String) {
            self.name = name
            self.field = field
        }
    }

    public let name: String
    public let collection: String
    public let columns: [Column]

    public init(name: String, collection: String, columns: [Column]) {
        self.name = name
        self.collection = collection
        self.columns = columns
    }

    /// `id`, the fields, and nothing that was deleted.
    package var text: String {
        let fields = columns.map { column in
            "json_extract(fields, '$.\(column.field)') AS \"\(column.name)\""
        }
        return """
            CREATE VIEW "\(name)" AS
            SELECT \((["lower(hex(id)) AS id"] + fields).joined(separator: ", "))
            FROM records
            WHERE collection = '\(collection)'
              AND json_extract(fields, '$._deleted') IS NOT 1
            """
    }
}

extension StoreConnection {
    /// Whether each view is there just as described.
    package func hasViews(_ views: [ViewDescription]) throws -> Bool {
        try views.allSatisfy { try presentView($0.name) == $0.text }
    }

    /// Makes the views that are missing or differ. Names come from a schema in the program.
    package func refreshViews(_ views: [ViewDescription]) throws {
        for view in views where try presentView(view.name) != view.text {
            try execute("DROP VIEW IF EXISTS \"\(view.name)\"")
            try execute(view.text)
        }
    }

    private func presentView(_ name: String) throws -> String? {
        var sql: String?
        try each("SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?", .text(name)) {
            sql = $0.text(0)
        }
        return sql
    }
}
