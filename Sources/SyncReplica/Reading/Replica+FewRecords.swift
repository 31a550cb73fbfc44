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

extension Replica {
    /// Calls `body` for each record whose text in a field lies between two others, by bytes, in the
    /// order made. SQLite looks into the fields: the other records are not read out.
    public func eachRecord(
        in collection: String, field: String, from first: String, through last: String,
        _ body: (RecordView) throws -> Void
    ) throws {
        try file.read { store in
            let records = RecordTable(store)
            let statement = try store.prepare(
                "SELECT row, collection, id, fields, clock, position FROM records "
                    + "WHERE collection = ? AND json_extract(fields, '$.' || ?) BETWEEN ? AND ? "
                    + "ORDER BY row")
            statement.bind(1, text: collection)
            statement.bind(2, text: field)
            statement.bind(3, text: first)
            statement.bind(4, text: last)
            defer { statement.reset() }
            while try statement.step() {
                let found = try records.read(statement)
                try body(RecordView(state: try found.state(), position: found.position))
            }
        }
    }

    /// The records with the largest texts in a field, the smallest of them first; equal ones in the
    /// order made.
    public func latestRecords(
        in collection: String, by field: String, limit: Int, isDeleted: Bool
    ) throws -> [RecordView] {
        try file.read { store in
            let records = RecordTable(store)
            let statement = try store.prepare(
                "SELECT row, collection, id, fields, clock, position FROM records "
                    + "WHERE row IN (SELECT row FROM records WHERE collection = ? "
                    + "AND (json_extract(fields, '$._deleted') IS 1) = ? "
                    + "ORDER BY json_extract(fields, '$.' || ?) DESC, row DESC LIMIT ?)")
            statement.bind(1, text: collection)
            statement.bind(2, Int64(isDeleted ? 1 : 0))
            statement.bind(3, text: field)
            statement.bind(4, Int64(limit))
            defer { statement.reset() }
            var views: [RecordView] = []
            while try statement.step() {
                let found = try records.read(statement)
                views.append(RecordView(state: try found.state(), position: found.position))
            }
            return views
        }
    }
}
