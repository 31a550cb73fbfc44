import SyncCore
import SyncStore

/// One file of a comparison after its scan: hands out the rows of buckets that differ.
struct ScannedFile: Sendable {
    let file: AuditFile
    let scan: RowScan
    private let collections: Set<[UInt8]>?

    init(_ file: AuditFile, collections: Set<[UInt8]>?, key: [UInt8]) throws {
        self.file = file
        self.collections = collections
        scan = try file.read { try RowScan($0, collections: collections, key: key) }
    }

    /// Reads the rows of a group again.
    ///
    /// - Throws: `StoreError`; `corrupt` if a row is no longer found under its number.
    func load(_ group: BucketGroup) throws -> LoadedRows {
        try file.read { store in
            let peers = PeerTable(store)
            var loaded = LoadedRows()
            try each(scan.rows.indices.filter { group.touches(scan.buckets[$0]) }, store) {
                index, row in
                let found = FoundRecord(row, peers: peers)
                loaded.count(found, in: BucketGroup.digestBucket(scan.buckets[index]))
                guard group.holds(scan.buckets[index]),
                    collections?.contains(found.key.collectionBytes) ?? true
                else { return }
                loaded.add(found)
            }
            try loaded.compare(group.digestBuckets, withDigestIn: store)
            return loaded
        }
    }

    /// Conflicts that the file lists about these records.
    func conflicts(about keys: Set<RecordKey>) throws -> [Conflict] {
        try file.read { store in
            let peers = PeerTable(store)
            let statement = try store.prepare(Self.rowQuery)
            defer { statement.reset() }
            return try scan.conflictRows.compactMap { row in
                statement.reset()
                statement.bind(1, row)
                guard try statement.step(),
                    let state = FoundRecord(statement, peers: peers).state,
                    let conflict = Conflict(state), keys.contains(conflict.record)
                else { return nil }
                return conflict
            }
        }
    }

    private static let rowQuery =
        "SELECT collection, id, fields, clock, position FROM records WHERE row = ?"

    private func each(
        _ indices: [Int], _ store: StoreConnection, _ body: (Int, StoreStatement) throws -> Void
    ) throws {
        let statement = try store.prepare(Self.rowQuery)
        defer { statement.reset() }
        for index in indices {
            statement.reset()
            statement.bind(1, scan.rows[index])
            guard try statement.step() else {
                throw StoreError(.corrupt, path: file.path, detail: "row \(scan.rows[index])")
            }
            try body(index, statement)
        }
    }
}

/// Buckets that are compared in one go.
struct BucketGroup: Sendable {
    private var isHeld = [Bool](repeating: false, count: RowScan.bucketCount)
    private var isTouched = [Bool](repeating: false, count: DigestTree.bucketCount)

    /// Bytes of rows, of both sides, that are held in memory at once. A bucket of 260,000 records
    /// has four; only one that somebody stuffed is larger by itself.
    static let byteLimit = 8 << 20

    static func digestBucket(_ bucket: UInt16) -> Int { Int(bucket) >> 4 }

    mutating func insert(_ bucket: Int) {
        isHeld[bucket] = true
        isTouched[bucket >> 4] = true
    }

    func holds(_ bucket: UInt16) -> Bool { isHeld[Int(bucket)] }
    /// Whether the bucket's rows count for a bucket of the digest that is looked into.
    func touches(_ bucket: UInt16) -> Bool { isTouched[Self.digestBucket(bucket)] }

    /// The buckets of the digest that are looked into.
    var digestBuckets: [Int] { isTouched.indices.filter { isTouched[$0] } }

    /// The buckets whose sums differ, in groups of bounded size.
    static func groups(_ a: RowScan, _ b: RowScan) -> [BucketGroup] {
        var groups: [BucketGroup] = []
        var bytes = byteLimit
        for bucket in 0..<RowScan.bucketCount where a.sums[bucket] != b.sums[bucket] {
            let size = a.sizes[bucket] + b.sizes[bucket]
            if bytes + size > byteLimit {
                groups.append(BucketGroup())
                bytes = 0
            }
            groups[groups.count - 1].insert(bucket)
            bytes += size
        }
        return groups
    }
}
