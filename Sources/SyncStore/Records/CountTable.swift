import SyncCore

/// How many records of each collection are not deleted: kept with each write, since counting them
/// anew reads every record. Changes wait in memory until `flush`.
final class CountTable {
    private let store: StoreConnection
    private var changes: [String: Int64] = [:]

    init(_ store: StoreConnection) {
        self.store = store
    }

    /// Takes note of a record's fields before and after a write; nil where there is no record.
    func replace(
        _ old: UnsafeRawBufferPointer?, with new: UnsafeRawBufferPointer?, in collection: String
    ) {
        let change = (new.map(Self.liveCount) ?? 0) - (old.map(Self.liveCount) ?? 0)
        // A collection is listed from its first record on, live or not.
        if change != 0 || old == nil { changes[collection, default: 0] += change }
    }

    /// 0 for the fields of a deleted record.
    private static func liveCount(_ fields: UnsafeRawBufferPointer) -> Int64 {
        // Names are sorted, and those of the protocol come first.
        guard fields.count > 1, fields[0] == UInt8(ascii: "{"), fields.starts(with: #"{"_"#.utf8)
        else { return 1 }
        let assignments = (try? RecordBytes.assignments(fields)) ?? []
        return assignments.contains { $0.name == FieldName.deleted && $0.value == .true } ? 0 : 1
    }

    func flush() throws {
        for (collection, change) in changes.sorted(by: { $0.key < $1.key }) {
            try store.run(
                "INSERT INTO counts(collection, live) VALUES(?, ?) "
                    + "ON CONFLICT(collection) DO UPDATE SET live = live + excluded.live",
                .text(collection), .integer(change))
        }
        changes.removeAll()
    }

    /// As they are stored.
    func all() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        try store.each("SELECT collection, live FROM counts") {
            counts[$0.text(0)] = Int($0.integer(1))
        }
        return counts
    }
}
