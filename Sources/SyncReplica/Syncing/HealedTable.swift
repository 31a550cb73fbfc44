import Gzip
import SyncCore
import SyncStore

/// What repairs replaced, kept for the auditor, within one transaction.
struct HealedTable {
    let store: StoreConnection
    /// Milliseconds since 1970, by the device's wall clock.
    let now: Int64
    /// Size of the head that the record was compared at.
    let size: Int64

    /// - Parameters:
    ///   - before: the record's state as it was; nil if it was not there.
    ///   - after: as it is now; nil if it was taken out.
    func note(_ key: RecordKey, before: [UInt8]?, after: [UInt8]?) throws {
        try insert(key.collection, key.id.bytes, before, after)
    }

    /// - Parameter raw: what stood in the fields of a row that could not be read as a record.
    func note(collection: String, id: [UInt8], raw: [UInt8]) throws {
        try insert(collection, id, raw, nil)
    }

    private func insert(
        _ collection: String, _ id: [UInt8], _ before: [UInt8]?, _ after: [UInt8]?
    ) throws {
        func packed(_ bytes: [UInt8]?) -> StoreValue {
            bytes.map { .blob(Gzip.compress($0)) } ?? .null
        }
        try store.run(
            "INSERT INTO healed(healed_at, size, collection, id, before, after) "
                + "VALUES(?, ?, ?, ?, ?, ?)",
            .integer(now), .integer(size), .text(collection), .blob(id), packed(before),
            packed(after))
    }
}

extension Replica {
    /// A place in the list of repairs, to count from.
    public func healedMark() throws -> Int64 {
        try file.read { try $0.integer("SELECT coalesce(max(sequence), 0) FROM healed") }
    }

    /// Records that repairs changed after a place in their list.
    public func healedCount(since mark: Int64) throws -> Int {
        try file.read { store in
            Int(
                try store.integer(
                    "SELECT count(*) FROM "
                        + "(SELECT DISTINCT collection, id FROM healed WHERE sequence > ?)",
                    .integer(mark)))
        }
    }
}
