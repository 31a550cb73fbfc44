/// The database inside one transaction. Must not outlive the closure that it is handed to.
package struct StoreConnection {
    private enum Engine {
        case sqlite(SQLiteConnection)
        case foreign(any ForeignConnection)
    }

    private let engine: Engine
    private let path: String
    /// Whether rows of `records` are named by others, which must learn of a change before it.
    private let namesRows: Bool

    init(_ connection: SQLiteConnection, path: String, namesRows: Bool = false) {
        engine = .sqlite(connection)
        self.path = path
        self.namesRows = namesRows
    }

    package init(foreign: any ForeignConnection, path: String) {
        engine = .foreign(foreign)
        self.path = path
        namesRows = false
    }

    /// What was prepared so far, for whoever asks how it is carried out; none of another database.
    package var preparedTexts: [String] {
        switch engine {
        case .sqlite(let connection): connection.preparedTexts
        case .foreign: []
        }
    }

    /// To be called before a row of `records` is written over or goes.
    func willChange(row: Int64) throws {
        if namesRows { try NamedRecords(self).release(row) }
    }

    /// A prepared statement, kept by the connection: preparing it again costs a look-up.
    package func prepare(_ sql: String) throws -> StoreStatement {
        switch engine {
        case .sqlite(let connection):
            return StoreStatement(try connection.statement(sql), owner: connection, path: path)
        case .foreign(let connection): return StoreStatement(try connection.prepare(sql))
        }
    }

    /// Runs statements that return nothing and are not worth keeping.
    package func execute(_ sql: String) throws {
        switch engine {
        case .sqlite(let connection): try connection.execute(sql)
        case .foreign(let connection): try connection.execute(sql)
        }
    }

    /// Whether each question is a trip to a server.
    package var isRemote: Bool { if case .foreign = engine { true } else { false } }

    /// Reads rows that will be asked for one by one, together: a trip to a server instead of many.
    /// A file is not asked: its rows are near.
    ///
    /// - Parameter keys: the arguments of `sql`, each time.
    package func prefetch(_ sql: String, _ keys: @autoclosure () -> [[StoreValue]]) throws {
        if case .foreign(let connection) = engine { try connection.prefetch(sql, keys()) }
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

    /// The row that the last statement inserted.
    var insertedRow: Int64 {
        switch engine {
        case .sqlite(let connection): connection.insertedRow
        case .foreign: preconditionFailure("a replica is a file")
        }
    }

    /// Rows that the last statement changed.
    package var changedCount: Int {
        get throws {
            switch engine {
            case .sqlite(let connection): connection.changedCount
            case .foreign(let connection): try connection.changedCount()
            }
        }
    }
}
