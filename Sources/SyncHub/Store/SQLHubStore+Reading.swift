import Gzip
public import SyncCore
public import SyncProtocol
import SyncStore

// What devices and auditors read at one head.

extension SQLHubStore {
    public func digest(node: Int?) throws -> (children: [Hash256], head: SignedHead) {
        try file.read { store in
            let journal = JournalTable(store)
            let children = try DigestTable(store).children(of: node)
            return (children, try journal.head(try journal.size()))
        }
    }

    /// The bucket is a hash of the record's name and in no index, which would cost every insert.
    /// The names alone are read from the index that keeps them unique (32 bytes or so a record,
    /// where a row has hundreds), and only the rows that belong to the bucket.
    public func bucket(_ bucket: Int) throws -> (records: [UInt8], head: SignedHead) {
        try file.read { store in
            let journal = JournalTable(store)
            let records = RecordTable(store)
            var list = RecordListWriter()
            for key in try Self.keys(of: bucket, store) {
                guard let record = try records.record(key) else { continue }
                list.append(record.stateBytes, position: record.position)
            }
            return (list.bytes, try journal.head(try journal.size()))
        }
    }

    private static func keys(of bucket: Int, _ store: StoreConnection) throws -> [RecordKey] {
        var keys: [RecordKey] = []
        try store.each("SELECT id, collection FROM records ORDER BY id, collection") { row in
            guard let id = RecordID(bytes: row.bytes(0)) else { return }
            let key = RecordKey(row.text(1), id)
            if DigestTree.bucket(of: key) == bucket { keys.append(key) }
        }
        return keys
    }

    public func inclusion(
        _ positions: [Int64], size: Int64
    ) throws -> (paths: [[Hash256]], head: SignedHead) {
        try file.read { store in
            let journal = JournalTable(store)
            let tree = journal.tree(Int(size))
            let paths = try positions.map { try tree.inclusionPath(of: Int($0) - 1) }
            return (paths, try journal.head(size))
        }
    }

    public func consistency(
        first: Int64, second: Int64
    ) throws -> (consistency: [Hash256], head: SignedHead) {
        try file.read { store in
            let journal = JournalTable(store)
            let proof = try journal.tree(Int(second)).consistencyProof(from: Int(first))
            return (proof, try journal.head(second))
        }
    }

    /// Batches are unpacked and passed on as they were signed; nothing of them is read.
    public func journal(from: Int64, bytes: Int) throws -> JournalRun {
        try file.read { store in
            let journal = JournalTable(store)
            let size = try journal.size()
            var entries: [UInt8] = [UInt8(ascii: "[")]
            var next = from
            let statement = try store.prepare(
                "SELECT position, batch, leaf, signature FROM journal "
                    + "WHERE position >= ? ORDER BY position")
            statement.bind(1, from)
            defer { statement.reset() }
            while try statement.step() {
                guard statement.integer(0) == next else {
                    throw StoreError(.corrupt, path: file.path, detail: "journal \(next)")
                }
                let entry = try Self.entry(statement)
                // The first always fits: a run that does not move on would never end.
                guard next == from || entries.count + entry.count <= bytes else { break }
                if next > from { entries.append(UInt8(ascii: ",")) }
                entries += entry
                next += 1
            }
            entries.append(UInt8(ascii: "]"))
            return JournalRun(entries: entries, more: next <= size, head: try journal.head(size))
        }
    }

    /// Unpacked bytes that one answer of a history looks through: a part of a second of work.
    private static let searchedBytes = 32 << 20

    public func history(
        of key: RecordKey, from: Int64, bytes: Int
    ) throws -> (entries: [UInt8], next: Int64, head: SignedHead) {
        try file.read { store in
            let journal = JournalTable(store)
            let size = try journal.size()
            let search = ByteSearch(key.id.hex)
            var list = CanonicalListWriter()
            var (next, searched) = (from, 0)
            let statement = try store.prepare(
                "SELECT position, batch, leaf, signature FROM journal "
                    + "WHERE position >= ? ORDER BY position")
            statement.bind(1, from)
            defer { statement.reset() }
            while searched < Self.searchedBytes, try statement.step() {
                let entry = try Self.entry(statement)
                searched += entry.count
                if search.isFound(in: entry),
                    try journal.batch(next).changes.contains(where: { $0.key == key })
                {
                    guard list.count == 0 || list.byteCount + entry.count <= bytes else { break }
                    list.append(entry)
                }
                next += 1
            }
            return (list.bytes, next, try journal.head(size))
        }
    }

    public func newestHead() throws -> SignedHead {
        try file.read { store in
            let journal = JournalTable(store)
            return try journal.head(journal.size())
        }
    }

    public func tile(_ path: TilePath) throws -> [UInt8]? {
        try file.read { store in
            let journal = JournalTable(store)
            let size = try journal.size()
            let first = path.index * TilePath.width
            let shift = (path.level ?? 0) * TilePath.height
            guard first + path.count <= size >> shift else { return nil }
            var bytes: [UInt8] = []
            for place in first..<first + path.count {
                guard path.level == nil else {
                    bytes += try journal.node(shift, Int(place)).bytes
                    continue
                }
                guard let leaf = try journal.leafBytes(place + 1), leaf.count <= UInt16.max else {
                    return nil
                }
                bytes += [UInt8(leaf.count >> 8), UInt8(leaf.count & 0xFF)] + leaf
            }
            return bytes
        }
    }

    /// `{"batch":{…},"leaf":{…},"signature":"…"}` of a row `position, batch, leaf, signature`.
    static func entry(_ row: StoreStatement) throws -> [UInt8] {
        var entry = Array(#"{"batch":"#.utf8)
        guard let batch = try? Gzip.decompress(row.array(1), limit: Limits.unpackedBytes) else {
            throw StoreError(.corrupt, path: "", detail: "journal \(row.integer(0))")
        }
        entry += batch
        entry += #","leaf":"#.utf8
        entry += row.array(2)
        entry += #","signature":"\#(Hex.text(row.array(3)))"}"#.utf8
        return entry
    }
}
