import SyncCore
import SyncStore

extension Replica {
    /// Calls `body` for each record of a collection that has few among many, in the order made.
    ///
    /// The rows are found in the index of ids, a tenth of the file, and not in the file itself.
    public func eachRecord(
        ofFewIn collection: String, _ body: (RecordView) throws -> Void
    ) throws {
        try file.read { store in
            let records = RecordTable(store)
            let statement = try store.prepare(
                "SELECT row, collection, id, fields, clock, position FROM records "
                    + "WHERE row IN (SELECT row FROM records WHERE collection = ?) ORDER BY row")
            statement.bind(1, text: collection)
            defer { statement.reset() }
            while try statement.step() {
                let found = try records.read(statement)
                try body(RecordView(state: try found.state(), position: found.position))
            }
        }
    }
}

/// The beginning of a field's text as SQLite finds it in the stored object, without reading it as
/// JSON: half the time of `json_extract`. What stands within a text cannot be taken for it: there the
/// quotation marks are escaped.
private enum FieldText {
    /// As many characters as a time in UTC has.
    static let length = 20

    /// Takes one argument more: `needle`.
    static let expression =
        "substr(fields, nullif(instr(fields, ?), 0) + ?, \(length))"

    static func needle(_ field: String) -> String { "\"\(field)\":\"" }
}

extension Replica {
    /// Calls `body` for each record whose text in a field lies between two others, by bytes, in the
    /// order made. Only the text's first 20 characters count, a time's. SQLite looks into the
    /// fields: the other records are not read out.
    public func eachRecord(
        in collection: String, field: String, from first: String, through last: String,
        _ body: (RecordView) throws -> Void
    ) throws {
        try file.read { store in
            let records = RecordTable(store)
            let needle = FieldText.needle(field)
            let statement = try store.prepare(
                "SELECT row, collection, id, fields, clock, position FROM records "
                    + "WHERE collection = ? AND \(FieldText.expression) BETWEEN ? AND ? "
                    + "ORDER BY row")
            statement.bind(1, text: collection)
            statement.bind(2, text: needle)
            statement.bind(3, Int64(needle.utf8.count))
            statement.bind(4, text: first)
            statement.bind(5, text: last)
            defer { statement.reset() }
            while try statement.step() {
                let found = try records.read(statement)
                try body(RecordView(state: try found.state(), position: found.position))
            }
        }
    }

    /// The records with the largest texts in a field (their first 20 characters, a time's), the
    /// smallest of them first; equal ones in the order made.
    public func latestRecords(
        in collection: String, by field: String, limit: Int, isDeleted: Bool
    ) throws -> [RecordView] {
        try file.read { store in
            let records = RecordTable(store)
            let needle = FieldText.needle(field)
            let statement = try store.prepare(
                "SELECT row, collection, id, fields, clock, position FROM records "
                    + "WHERE row IN (SELECT row FROM records WHERE collection = ? "
                    + "AND (instr(fields, '\"_deleted\":true') > 0) = ? "
                    + "ORDER BY \(FieldText.expression) DESC, row DESC LIMIT ?)")
            statement.bind(1, text: collection)
            statement.bind(2, Int64(isDeleted ? 1 : 0))
            statement.bind(3, text: needle)
            statement.bind(4, Int64(needle.utf8.count))
            statement.bind(5, Int64(limit))
            defer { statement.reset() }
            var views: [RecordView] = []
            while try statement.step() {
                let found = try records.read(statement)
                views.append(RecordView(state: try found.state(), position: found.position))
            }
            // The rows come in the order made; equal texts stay in it.
            return views.enumerated().sorted {
                ($0.element.values[field]?.text ?? "", $0.offset)
                    < ($1.element.values[field]?.text ?? "", $1.offset)
            }.map(\.element)
        }
    }
}
