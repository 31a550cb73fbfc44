public import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// Finds the records that a person means by the beginning of an id.
public struct RecordFinder: Sendable {
    /// How many are told apart before a person is asked for more digits.
    public static let limit = 20
    /// Fewer digits would hit the wrong record too easily.
    public static let leastDigits = 4

    private let collection: String?
    /// Lower-case hex digits.
    private let prefix: String

    /// - Parameter text: `PREFIX` or `collection/PREFIX`; hyphens and case do not matter. Nil for
    ///   anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let last = parts.last, parts.count <= 2 else { return nil }
        collection = parts.count == 2 ? String(parts[0]) : nil
        prefix = last.lowercased().filter { $0 != "-" }
        let isHex = prefix.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
        }
        guard isHex, (Self.leastDigits...32).contains(prefix.utf8.count) else { return nil }
    }

    /// The records that match, sorted, at most `limit`: of those that the file serves, or if
    /// there is none, of those that only its log names.
    ///
    /// - Throws: `StoreError`.
    public func keys(in file: AuditFile) throws -> [RecordKey] {
        try file.examine { store in
            let served = try self.served(store)
            return served.isEmpty ? try logged(store, file.isHub) : served
        }
    }

    private func served(_ store: StoreConnection) throws -> [RecordKey] {
        let low = ID128(hex: prefix + String(repeating: "0", count: 32 - prefix.count))
        let high = ID128(hex: prefix + String(repeating: "f", count: 32 - prefix.count))
        guard let low, let high else { return [] }
        var keys: [RecordKey] = []
        try store.each(
            "SELECT collection, id FROM records WHERE id BETWEEN ? AND ? ORDER BY collection, id",
            .blob(low.bytes), .blob(high.bytes)
        ) { row in
            guard keys.count < Self.limit, let id = RecordID(bytes: row.bytes(1)) else { return }
            add(RecordKey(row.text(0), id), to: &keys)
        }
        return keys
    }

    private func add(_ key: RecordKey, to keys: inout [RecordKey]) {
        if collection == nil || collection == key.collection { keys.append(key) }
    }

    /// Records that were only quarantined, are only pending, or were taken out of the file.
    private func logged(_ store: StoreConnection, _ isHub: Bool) throws -> [RecordKey] {
        var found: Set<RecordKey> = []
        let search = ByteSearch("\"id\":\"\(prefix)")
        try BatchLog(store: store, isHub: isHub).each { logged in
            guard found.count < Self.limit, search.isFound(in: logged.bytes),
                let batch = try? logged.batch()
            else { return }
            for index in batch.changes.indices { note(batch.key(index), in: &found) }
        }
        if !isHub {
            try PendingTable(store).each { note($0.key, in: &found) }
        }
        return Array(found.sorted().prefix(Self.limit))
    }

    private func note(_ key: RecordKey, in found: inout Set<RecordKey>) {
        guard key.id.hex.hasPrefix(prefix), collection == nil || collection == key.collection
        else { return }
        found.insert(key)
    }
}
