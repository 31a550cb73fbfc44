import SyncAudit
import SyncReplica
import SyncStore

/// The list: every table and column of each file, its rows, its schema.
enum TamperCatalogue {
    typealias Kind = VerifyProblem.Kind

    static func all(_ subject: String, _ shapes: [Tampering.Shape]) -> [Tampering] {
        var list: [Tampering] = []
        for shape in shapes where shape.table != "meta" {
            // The number of a row that nothing refers to says nothing.
            for column in shape.columns
            where ![
                "records.row", "moved.sequence", "beneath.sequence",
                "identities.sequence",
            ]
            .contains("\(shape.table).\(column)") {
                list += values(subject, shape, column)
            }
            list += rows(subject, shape)
        }
        return list + settings(subject) + schema(subject, shapes.map(\.table))
    }

    /// Every value of `meta` by its name.
    private static func settings(_ subject: String) -> [Tampering] {
        let keys =
            subject == "hub"
            ? TamperExpectations.hubKeys
            : ReplicaKey.classes.keys.map { ($0, TamperExpectations.replicaKey($0)) }
        return keys.sorted { $0.0 < $1.0 }.flatMap { key, expected in
            [
                Tampering(subject: subject, name: "meta \(key) changed", expected: expected) {
                    try Tampering.run(
                        "UPDATE meta SET value = \(Tampering.altered("value")) "
                            + "WHERE key = '\(key)'", $0)
                },
                Tampering(subject: subject, name: "meta \(key) dropped", expected: expected) {
                    try Tampering.run("DELETE FROM meta WHERE key = '\(key)'", $0)
                },
            ]
        } + [
            Tampering(subject: subject, name: "meta: a key more", expected: .named([.rowDiffers])) {
                try Tampering.run("INSERT INTO meta VALUES('more', 1)", $0)
            }
        ]
    }

    // MARK: Values

    /// A value is changed, stored in another class, or taken away, in the first and the last row.
    private static func values(
        _ subject: String, _ shape: Tampering.Shape, _ column: String
    ) -> [Tampering] {
        let table = shape.table
        var list: [Tampering] = []
        for isLast in [false, true] {
            // Without a value there is nothing to change.
            let row = Tampering.row(shape, isLast: isLast, where: "\"\(column)\" IS NOT NULL")
            let place = isLast ? "last" : "first"
            list.append(
                Tampering(
                    subject: subject, name: "\(table).\(column) changed, \(place) row",
                    expected: expectation(subject, table, column)
                ) { store in
                    try Tampering.run(
                        "UPDATE \(table) SET \"\(column)\" = \(Tampering.altered(column)) "
                            + "WHERE \(row)", store)
                })
        }
        let row = Tampering.row(shape, isLast: false, where: "\"\(column)\" IS NOT NULL")
        list.append(
            Tampering(
                subject: subject, name: "\(table).\(column) in another class",
                expected: .named([.classAltered])
            ) { store in
                try Tampering.run(
                    """
                    UPDATE \(table) SET "\(column)" = CASE typeof("\(column)")
                    WHEN 'text' THEN CAST("\(column)" AS BLOB)
                    WHEN 'integer' THEN CAST(CAST("\(column)" AS TEXT) AS BLOB)
                    ELSE CAST("\(column)" AS TEXT) END WHERE \(row)
                    """, store)
            })
        return list
    }

    // MARK: Rows

    private static func rows(_ subject: String, _ shape: Tampering.Shape) -> [Tampering] {
        let table = shape.table
        func act(_ name: String, _ sql: String) -> Tampering {
            Tampering(
                subject: subject, name: "\(table): \(name)",
                expected: rowExpectation(subject, table, name)
            ) { try Tampering.run(sql, $0) }
        }
        let first = Tampering.row(shape, isLast: false)
        let last = Tampering.row(shape, isLast: true)
        var list = [
            act("first row dropped", "DELETE FROM \(table) WHERE \(first)"),
            act("last row dropped", "DELETE FROM \(table) WHERE \(last)"),
            act("all rows dropped", "DELETE FROM \(table)"),
        ]
        // A row doubled under a name of its own.
        if let key = shape.key.first {
            let others = shape.columns.map { column in
                column == key ? Tampering.altered(column) : "\"\(column)\""
            }
            list.append(
                act(
                    "row doubled",
                    "INSERT INTO \(table) SELECT \(others.joined(separator: ", ")) FROM \(table) "
                        + "WHERE \(last)"))
        } else {
            list.append(
                act("row doubled", "INSERT INTO \(table) SELECT * FROM \(table) LIMIT 1"))
        }
        return list
    }

    // MARK: Schema

    private static func schema(_ subject: String, _ tables: [String]) -> [Tampering] {
        func act(_ name: String, _ statements: [String]) -> Tampering {
            Tampering(
                subject: subject, name: "schema: \(name)", expected: .named([.structureAltered])
            ) { store in
                for statement in statements { try store.execute(statement) }
                return true
            }
        }
        var list = [
            act(
                "a view in the place of records hides a row",
                [
                    "ALTER TABLE records RENAME TO kept",
                    "CREATE VIEW records AS SELECT * FROM kept WHERE row > 1",
                ]),
            act(
                "an endless view in the place of records",
                [
                    "ALTER TABLE records RENAME TO kept",
                    "CREATE VIEW records AS WITH RECURSIVE n(i) AS "
                        + "(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS row, "
                        + "'stops' AS collection, x'00' AS id, '{}' AS fields, x'00' AS clock, "
                        + "1 AS position FROM n",
                ]),
            act(
                "a trigger on records",
                [
                    "CREATE TRIGGER t AFTER INSERT ON records "
                        + "BEGIN DELETE FROM records WHERE row = 1; END"
                ]),
            act("a table of somebody else's", ["CREATE TABLE other(a)"]),
            act("a view of somebody else's", ["CREATE VIEW v AS SELECT 1 AS a"]),
            act(
                "people's view redefined",
                ["CREATE VIEW stops AS SELECT lower(hex(id)) AS id, 'x' AS note FROM records"]),
            act("an index more", ["CREATE INDEX i ON records(collection) WHERE row > 1"]),
            act(
                "records_hub made partial otherwise",
                [
                    "DROP INDEX records_hub",
                    "CREATE INDEX records_hub ON records(collection) WHERE row > 9",
                ]),
            act("records_hub dropped", ["DROP INDEX records_hub"]),
            act("a column more", ["ALTER TABLE records ADD COLUMN hidden TEXT"]),
            act("a column renamed", ["ALTER TABLE records RENAME COLUMN position TO place"]),
            act("statistics that steer the planner", ["ANALYZE"]),
            act(
                "the version turned back",
                ["PRAGMA user_version = 2"]),
        ]
        for table in tables {
            list.append(
                act(
                    "\(table) made anew without its constraints",
                    [
                        "ALTER TABLE \(table) RENAME TO kept",
                        "CREATE TABLE \(table) AS SELECT * FROM kept", "DROP TABLE kept",
                    ]))
        }
        return list
    }
}
