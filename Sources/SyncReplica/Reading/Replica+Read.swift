public import SyncCore
import SyncProtocol
import SyncStore

extension Replica {
    /// The record as this device shows it; nil if there is none.
    public func record(_ key: RecordKey) throws -> RecordView? {
        try file.read { store in
            guard let found = try RecordTable(store).record(key) else { return nil }
            return RecordView(state: try found.state(), position: found.position)
        }
    }

    /// Calls `body` for each record of a collection, in the order they were made here.
    public func eachRecord(
        in collection: String, _ body: (RecordView) throws -> Void
    ) throws {
        try file.read { store in
            try RecordTable(store).each(collection: collection) { found in
                try body(RecordView(state: try found.state(), position: found.position))
            }
        }
    }

    public func records(in collection: String) throws -> [RecordView] {
        var views: [RecordView] = []
        try eachRecord(in: collection) { views.append($0) }
        return views
    }

    /// Every collection that has records, with their number, deleted ones left out.
    public func counts() throws -> [String: Int] {
        try file.read { try RecordTable($0).counts() }
    }

    /// The one record of a collection whose id begins with these hex digits.
    ///
    /// - Throws: `ReplicaFault.recordMissing`, `ReplicaFault.recordAmbiguous`.
    public func find(_ collection: String, idPrefix: String) throws -> RecordView {
        let prefix = idPrefix.lowercased().filter { $0 != "-" }
        let matches = try file.read { store in
            try RecordTable(store).keys(
                idPrefix: prefix, collection: collection, limit: Self.matchLimit)
        }
        guard let key = matches.first, !prefix.isEmpty else {
            throw ReplicaFault.recordMissing(collection: collection, id: idPrefix)
        }
        guard matches.count == 1 else {
            throw ReplicaFault.recordAmbiguous(prefix: idPrefix, count: matches.count)
        }
        guard let view = try record(key) else {
            throw ReplicaFault.recordMissing(collection: collection, id: idPrefix)
        }
        return view
    }

    /// Records that an ambiguous prefix counts at most.
    static let matchLimit = 20

    /// Changes saved and not receipted.
    public func pendingCount() throws -> Int {
        try file.read { try PendingTable($0).count() }
    }

    /// The records that changes which are saved and not receipted name.
    public func pendingKeys() throws -> Set<RecordKey> {
        try file.read { store in
            var keys: Set<RecordKey> = []
            try PendingTable(store).each { keys.insert($0.key) }
            return keys
        }
    }

    /// The digest's root over everything this device shows.
    public func digestRoot() throws -> Hash256 {
        try file.read { try RecordTable($0).digestRoot() }
    }

    /// Changes that a hub refused, with its reason.
    public func heldChanges() throws -> [(change: Change, reason: String)] {
        try file.read { store in
            var held: [(change: Change, reason: String)] = []
            try store.each("SELECT change, reason FROM held ORDER BY sequence") { row in
                let bytes = row.array(0)
                let change = try bytes.withUnsafeBytes { buffer in
                    var reader = CanonicalReader(buffer)
                    return try ChangeReader.read(&reader).change(in: buffer)
                }
                held.append((change, row.text(1)))
            }
            return held
        }
    }
}
