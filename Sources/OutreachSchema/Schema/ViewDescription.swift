/// What a store needs to make `CREATE VIEW stops AS SELECT …` for people who ask in SQL.
public struct ViewDescription: Sendable, Hashable {
    public let name: String
    /// The collection whose records are the rows.
    public let collection: String
    /// In order; ids, deletion and stamps are the store's to add.
    public let columns: [Column]

    public struct Column: Sendable, Hashable {
        public let name: String
        /// The key in the record's JSON.
        public let field: String
    }
}
