import SyncCore

/// How many records of each collection are not deleted: kept with each write, since counting them
/// anew reads every record. Changes wait in memory until `flush`.
final class CountTable {
    private let store: StoreConnection
    private var changes: [String: Int64] = [:]
    /// The collection met last, not yet in `changes`: records of one come together.
    private var last = ""
    private var lastChange: Int64 = 0

    init(_ store: StoreConnection) {
        self.store = store
    }

    /// Takes note of a record's fields before and after a write; nil where there is no record.
    func replace(
        _ old: UnsafeRawBufferPointer?, with new: UnsafeRawBufferPointer?, in collection: String
    ) {
        if collection != last { settle(collection) }
        if let new { lastChange += Self.liveCount(new) }
        if let old { lastChange -= Self.liveCount(old) }
    }

    private func settle(_ next: String) {
        if !last.isEmpty { changes[last, default: 0] += lastChange }
        (last, lastChange) = (next, 0)
    }

    /// 0 for the fields of a deleted record.
    private static func liveCount(_ fields: UnsafeRawBufferPointer) -> Int64 {
        // Names are sorted, and those of the protocol come first.
        guard fields.count > 2, fields[2] == UInt8(ascii: "_") else { return 1 }
        let assignments = (try? RecordBytes.assignments(fields)) ?? []
        return assignments.contains { $0.name == FieldName.deleted && $0.value == .true } ? 0 : 1
    }

    func flush() throws {
        settle("")
        for (collection, change) in changes.sorted(by: { $0.key < $1.key }) {
            try store.run(
                "INSERT INTO counts(collection, live) VALUES(?, ?) "
                    + "ON CONFLICT(collection) DO UPDATE SET live = counts.live + excluded.live",
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
