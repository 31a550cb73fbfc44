public import SyncCore
import SyncStore

/// How many records a file holds, by collection.
public struct RecordFigures: Sendable {
    public struct Collection: Sendable {
        public let name: String
        public let live: Int
        public let deleted: Int
    }

    /// By name.
    public let collections: [Collection]
    /// Rows of the table, counted apart.
    public let rows: Int
    /// Rows that are no record; they are in no collection here.
    public let unreadable: Int
    /// The largest stamp, in milliseconds since 1970; 0 without a record.
    public let newest: Int64

    /// - Parameter body: is called for each live record that can be read, in the order in which
    ///   the file got them.
    /// - Throws: `StoreError`, and what `body` throws.
    public init(_ file: AuditFile, _ body: (RecordState) throws -> Void = { _ in }) throws {
        self = try file.read { try RecordFigures($0, body) }
    }

    private init(_ store: StoreConnection, _ body: (RecordState) throws -> Void) throws {
        let table = RecordTable(store)
        var counts: [String: (live: Int, deleted: Int)] = [:]
        var (unreadable, newest) = (0, Int64(0))
        let columns = "row, collection, id, fields, clock, position"
        try store.each("SELECT \(columns) FROM records ORDER BY row") { row in
            guard let state = try? table.read(row).state() else {
                unreadable += 1
                return
            }
            newest = max(newest, state.clock?.time.milliseconds ?? 0)
            let isDeleted = state.isDeleted
            counts[state.key.collection, default: (0, 0)].live += isDeleted ? 0 : 1
            counts[state.key.collection, default: (0, 0)].deleted += isDeleted ? 1 : 0
            if !isDeleted { try body(state) }
        }
        collections = counts.sorted { $0.key < $1.key }
            .map { Collection(name: $0.key, live: $0.value.live, deleted: $0.value.deleted) }
        self.unreadable = unreadable
        self.newest = newest
        rows = Int(clamping: try store.integer("SELECT count(*) FROM records"))
    }
}
