import SyncAudit
import SyncStore

/// One thing that somebody does to a file, and what the auditor must say of it.
struct Tampering: Sendable, CustomStringConvertible {
    enum Expectation: Sendable {
        /// One of these problems.
        case named(Set<VerifyProblem.Kind>)
        /// The table is listed among those that the log cannot prove.
        case listed(String)
    }

    let subject: String
    let name: String
    let expected: Expectation
    /// Returns false if the file holds nothing of the kind.
    let act: @Sendable (StoreConnection) throws -> Bool

    var description: String { "\(subject): \(name)" }

    /// Whether the auditor said it.
    func isNamed(in report: VerifyReport) -> Bool {
        switch expected {
        case .named(let kinds):
            !kinds.isDisjoint(with: report.problems.map(\.kind))
        case .listed(let table):
            report.unproved.contains { $0.name == table } || !report.problems.isEmpty
        }
    }
}

extension Tampering {
    /// A table's shape as the file has it.
    struct Shape {
        let table: String
        let columns: [String]
        /// Columns that name a row.
        let key: [String]
    }

    /// Every table of a file of this version.
    static func shapes(_ store: StoreConnection) throws -> [Shape] {
        var names: [String] = []
        try store.each(
            "SELECT name FROM sqlite_schema WHERE type = 'table' "
                + "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
        ) { names.append($0.text(0)) }
        return try names.map { table in
            var (columns, key): ([String], [String]) = ([], [])
            try store.each("PRAGMA table_info(\(table))") { row in
                columns.append(row.text(1))
                if row.integer(5) > 0 { key.append(row.text(1)) }
            }
            return Shape(table: table, columns: columns, key: key)
        }
    }

    /// SQL that finds one row: the first or the last by its name.
    static func row(_ shape: Shape, isLast: Bool, where filter: String = "1") -> String {
        let key = shape.key.isEmpty ? ["rowid"] : shape.key
        let order = key.map { isLast ? "\($0) DESC" : $0 }.joined(separator: ", ")
        let names = key.joined(separator: ", ")
        return "(\(names)) = (SELECT \(names) FROM \(shape.table) WHERE \(filter) "
            + "ORDER BY \(order) LIMIT 1)"
    }

    /// What a value is changed to: another of its class.
    static func altered(_ column: String) -> String {
        """
        CASE typeof("\(column)")
        WHEN 'integer' THEN "\(column)" + 1
        WHEN 'text' THEN
          CASE WHEN substr("\(column)", length("\(column)"), 1) = 'x'
          THEN substr("\(column)", 1, length("\(column)") - 1) || 'y'
          ELSE substr("\(column)", 1, length("\(column)") - 1) || 'x' END
        WHEN 'blob' THEN
          CASE WHEN substr("\(column)", length("\(column)"), 1) = x'01'
          THEN CAST(substr("\(column)", 1, length("\(column)") - 1) || x'02' AS BLOB)
          ELSE CAST(substr("\(column)", 1, length("\(column)") - 1) || x'01' AS BLOB) END
        ELSE "\(column)" END
        """
    }

    /// Runs a statement; one that the file's own constraints refuse did nothing.
    static func run(_ sql: String, _ store: StoreConnection) throws -> Bool {
        do { try store.run(sql) } catch { return false }
        return try store.changedCount > 0
    }
}
