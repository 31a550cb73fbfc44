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
