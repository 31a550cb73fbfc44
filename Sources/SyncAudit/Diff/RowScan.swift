// A full scan of one file's records, which believes no digest and no index.
//
// Problem: two replicas of some hundred thousand records differ in a few; an auditor must find
// them without believing anything that the files say about themselves, in less time than a
// comparison row by row, and in little memory.
// Idea: each file is read once, in the order of its rows. Every row is put into one of 65,536
// buckets by SHA-256 of its name (the first 12 of the 16 bits are its bucket in the digest), and a
// keyed fingerprint of the whole row is added to the bucket's sum. Only rows of buckets whose sums
// differ are read again and compared. The key is random and new in each run, so whoever wrote the
// files could not make two different buckets add up alike, but with a chance of 2^-64.
// A row keeps ten bytes in memory: its number and its bucket.
// Source: multiset hashes by keyed addition: Clarke et al., ASIACRYPT 2003; SipHash-1-3
// (`Hasher`): Aumasson and Bernstein, INDOCRYPT 2012.

import Crypto
import SyncCore
import SyncStore

/// Sums of the fingerprints of one file's rows.
struct RowScan: Sendable {
    static let bucketCount = 1 << 16
    /// Bytes that a row takes in memory besides its content, roughly.
    private static let rowOverhead = 200

    /// By bucket.
    private(set) var sums = [UInt64](repeating: 0, count: bucketCount)
    /// Bytes of the rows that count, by bucket.
    private(set) var sizes = [Int](repeating: 0, count: bucketCount)
    /// Every row in the order of the file, with its bucket.
    private(set) var rows: [Int64] = []
    private(set) var buckets: [UInt16] = []
    /// Rows of the collection of conflicts.
    private(set) var conflictRows: [Int64] = []
    /// Rows by collection, deleted records included.
    private(set) var counts: [[UInt8]: Int] = [:]

    /// - Parameters:
    ///   - collections: the collections that are compared; nil: all.
    ///   - key: random bytes, the same for both files.
    init(_ store: StoreConnection, collections: Set<[UInt8]>?, key: [UInt8]) throws {
        var seeded = Hasher()
        key.withUnsafeBytes { seeded.combine(bytes: $0) }
        let devices = try PeerDevices(store)
        var current = CollectionRun()
        let statement = try store.prepare(
            "SELECT row, collection, id, fields, clock FROM records NOT INDEXED")
        defer { statement.reset() }
        // Locals, and each column asked for once: this runs for every row of both files.
        var (sums, sizes) = (self.sums, self.sizes)
        var (rows, buckets): ([Int64], [UInt16]) = ([], [])
        while try statement.step() {
            let row = ScannedRow(statement)
            if !current.holds(row.collection) {
                counts[current.name, default: 0] += current.count
                current = CollectionRun(row.collection, wanted: collections)
            }
            current.count += 1
            let bucket = Self.bucket(row)
            rows.append(row.number)
            buckets.append(UInt16(bucket))
            if current.isConflicts { conflictRows.append(row.number) }
            guard current.isWanted else { continue }
            sums[bucket] &+= Self.fingerprint(row, seeded, devices)
            sizes[bucket] += row.fields.count + Self.rowOverhead
        }
        (self.sums, self.sizes, self.rows, self.buckets) = (sums, sizes, rows, buckets)
        counts[current.name, default: 0] += current.count
        counts = counts.filter { $0.value > 0 }
    }

    /// The first 16 bits of SHA-256(collection ‖ id).
    private static func bucket(_ row: ScannedRow) -> Int {
        var hasher = SHA256()
        hasher.update(bufferPointer: row.collection)
        hasher.update(bufferPointer: row.id)
        return hasher.finalize().withUnsafeBytes { Int($0[0]) << 8 | Int($0[1]) }
    }

    /// Devices are taken by their ids: two files number them as they come.
    private static func fingerprint(
        _ row: ScannedRow, _ seeded: Hasher, _ devices: PeerDevices
    ) -> UInt64 {
        var hasher = seeded
        row.combine(into: &hasher)
        var isKnown = true
        let isRead = ClockBytes.walk(row.clock) { name, time, peer in
            guard let device = devices[peer] else {
                isKnown = false
                return
            }
            hasher.combine(name?.count ?? 0)
            if let name { hasher.combine(bytes: name) }
            hasher.combine(time)
            hasher.combine(device.high)
            hasher.combine(device.low)
        }
        if !isRead || !isKnown { hasher.combine(bytes: row.clock) }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}

/// One row's columns, valid until the next step.
private struct ScannedRow {
    let number: Int64
    let collection: UnsafeRawBufferPointer
    let id: UnsafeRawBufferPointer
    let fields: UnsafeRawBufferPointer
    let clock: UnsafeRawBufferPointer

    init(_ statement: StoreStatement) {
        number = statement.integer(0)
        collection = statement.bytes(1)
        id = statement.bytes(2)
        fields = statement.bytes(3)
        clock = statement.bytes(4)
    }

    /// All but the clock, each with its length.
    func combine(into hasher: inout Hasher) {
        hasher.combine(collection.count)
        hasher.combine(bytes: collection)
        hasher.combine(id.count)
        hasher.combine(bytes: id)
        hasher.combine(fields.count)
        hasher.combine(bytes: fields)
    }
}

/// Rows of one collection that follow each other.
private struct CollectionRun {
    let name: [UInt8]
    let isWanted: Bool
    let isConflicts: Bool
    var count = 0
    private let isStarted: Bool

    private static let conflicts = Array(HubCollection.conflicts.utf8)

    /// Before the first row.
    init() {
        (name, isWanted, isConflicts, isStarted) = ([], false, false, false)
    }

    init(_ bytes: UnsafeRawBufferPointer, wanted: Set<[UInt8]>?) {
        name = Array(bytes)
        isWanted = wanted?.contains(name) ?? true
        isConflicts = name == Self.conflicts
        isStarted = true
    }

    func holds(_ bytes: UnsafeRawBufferPointer) -> Bool {
        isStarted && name.count == bytes.count
            && name.withUnsafeBytes { own in own.indices.allSatisfy { own[$0] == bytes[$0] } }
    }
}
