import GRDB

/// The database inside one transaction. Must not outlive the closure that it is handed to.
package struct StoreConnection {
    private let database: Database
    private let path: String

    init(_ database: Database, path: String) {
        self.database = database
        self.path = path
    }

    /// A prepared statement, kept by the connection: preparing it again costs a look-up.
    package func prepare(_ sql: String) throws -> StoreStatement {
        let statement = try database.cachedStatement(sql: sql)
        return StoreStatement(statement.sqliteStatement, owner: statement, path: path)
    }

    /// Runs statements that return nothing and are not worth keeping.
    package func execute(_ sql: String) throws {
        try database.execute(sql: sql)
    }

    /// The first column of the first row as an integer; 0 if there is none.
    package func integer(_ sql: String, _ arguments: StoreValue...) throws -> Int64 {
        let statement = try prepare(sql)
        try statement.bind(arguments)
        defer { statement.reset() }
        return try statement.step() ? statement.integer(0) : 0
    }

    /// Runs a statement with arguments once.
    package func run(_ sql: String, _ arguments: StoreValue...) throws {
        let statement = try prepare(sql)
        try statement.bind(arguments)
        try statement.run()
    }

    /// Calls `row` for each row.
    package func each(
        _ sql: String, _ arguments: StoreValue..., row: (StoreStatement) throws -> Void
    ) throws {
        let statement = try prepare(sql)
        try statement.bind(arguments)
        defer { statement.reset() }
        while try statement.step() { try row(statement) }
    }

    /// Rows that the last statement changed.
    package var changedCount: Int { database.changesCount }

    package var lastInsertedRow: Int64 { database.lastInsertedRowID }
}
