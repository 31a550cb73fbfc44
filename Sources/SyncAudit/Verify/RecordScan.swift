import SyncCore
import SyncStore

/// Reads every record of a replica, checks its form, and computes the digest anew.
struct RecordScan {
    /// A bucket whose row does not fit its records.
    struct Bucket {
        let bucket: Int
        let stored: Hash256
        let computed: Hash256
    }

    struct Result {
        var counts: [String: Int64] = [:]
        var root = Hash256.zero
        var differingBuckets: [Bucket] = []
        /// Records that are not deleted, by collection.
        var live: [String: Int] = [:]
        var lastPosition: Int64 = 0
    }

    /// The device's own stamps: a register that carries another one of its is of a save that is
    /// neither in its batches nor waits.
    struct Own {
        let device: DeviceID
        let stamps: Set<StampTime>

        func isUnsaved(_ stamp: Stamp) -> Bool {
            stamp.device == device && !stamps.contains(stamp.time)
        }
    }

    /// Records of one bucket that are named.
    private static let namedLimit = 8

    private let store: StoreConnection
    private let log: ProblemLog
    private let records: RecordTable
    private let own: Own?

    init(_ store: StoreConnection, log: ProblemLog, own: Own? = nil) {
        self.own = own
        self.store = store
        self.log = log
        records = RecordTable(store)
    }

    func run() throws -> Result {
        var result = Result()
        var sums = DigestSums()
        try store.each(
            "SELECT row, collection, id, fields, clock, position FROM records ORDER BY row"
        ) { row in
            guard let record = checked(row) else { return }
            result.counts[record.key.collection, default: 0] += 1
            if !Self.isDeleted(record) { result.live[record.key.collection, default: 0] += 1 }
            result.lastPosition = max(result.lastPosition, record.position)
            if record.position < 0 {
                log.add(
                    .rowDiffers, .record(record.key), .init(.column, "position"),
                    .init(.found, record.position))
            }
            sums.add(record.hash, for: record.key)
        }
        result.root = sums.root
        for node in 0..<DigestTree.fanout {
            let row = try storedRow(node)
            for place in 0..<DigestTree.fanout {
                let bucket = node * DigestTree.fanout + place
                let stored = RowComparison.child(row, place)
                guard stored != sums.buckets[bucket] else { continue }
                result.differingBuckets.append(
                    Bucket(bucket: bucket, stored: stored, computed: sums.buckets[bucket]))
            }
        }
        try checkTop(sums)
        return result
    }

    /// The record of a row; nil, reported, if it cannot be one.
    private func checked(_ row: StoreStatement) -> StoredRecord? {
        let collection = row.text(1)
        let place: ProblemPlace
        if FieldName.isValid(collection), row.bytes(2).count == 16,
            let id = RecordID(bytes: row.bytes(2))
        {
            place = .record(RecordKey(collection, id))
        } else {
            log.add(
                .recordAltered, .row(table: "records", row: row.integer(0)),
                .init(.reason, "name"))
            return nil
        }
        guard let record = try? records.read(row) else {
            log.add(.recordAltered, place, .init(.reason, "clock"))
            return nil
        }
        if let reason = Self.fault(of: record) {
            log.add(.recordAltered, place, .init(.reason, reason))
        } else if (try? ClockBytes.encode(record.clock, peers: records.peers)) != row.array(4) {
            log.add(
                .classAltered, place, .init(.column, "clock"), .init(.reason, "spelling"))
        }
        if let own, let missing = Self.unsaved(record, own) {
            log.add(
                .pendingDamaged, place, .init(.reason, "no save"), .init(.fields, missing))
        }
        return record
    }

    private static func isDeleted(_ record: StoredRecord) -> Bool {
        let assignments = record.fields.withUnsafeBytes { try? RecordBytes.assignments($0) }
        return assignments?.contains { $0.name == FieldName.deleted && $0.value == .true } ?? false
    }

    /// Fields whose register is this device's own and in no batch and no save; nil: none.
    private static func unsaved(_ record: StoredRecord, _ own: Own) -> String? {
        let clock = record.clock
        guard
            own.isUnsaved(clock.newest) || clock.older.contains(where: { own.isUnsaved($0.stamp) }),
            let state = try? record.state()
        else { return nil }
        let names = state.fields.filter { own.isUnsaved($0.register.stamp) }.map(\.name)
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }

    /// Why a row is not what the programs write.
    private static func fault(of record: StoredRecord) -> String? {
        let assignments = record.fields.withUnsafeBytes { try? RecordBytes.assignments($0) }
        guard let assignments, !assignments.isEmpty else { return "fields" }
        let older = record.clock.older
        guard !older.isEmpty else { return nil }
        let names = Set(assignments.map(\.name))
        let isSound =
            older.allSatisfy { names.contains($0.name) && $0.stamp < record.clock.newest }
            && zip(older, older.dropFirst()).allSatisfy { $0.name < $1.name }
            && older.count < assignments.count
        return isSound ? nil : "clock"
    }

    private func storedRow(_ node: Int) throws -> [UInt8]? {
        var bytes: [UInt8]?
        try store.each("SELECT children FROM digest WHERE node = ?", .integer(Int64(node))) {
            bytes = $0.array(0)
        }
        return bytes
    }

    /// The top row holds the hashes of the nodes as they are stored.
    private func checkTop(_ sums: DigestSums) throws {
        let top = try storedRow(DigestTree.fanout)
        if top == nil, try store.integer("SELECT EXISTS(SELECT 1 FROM digest)") == 0 { return }
        let empty = DigestTree.node([UInt8](repeating: 0, count: DigestTree.nodeByteCount))
        for node in 0..<DigestTree.fanout {
            let row = try storedRow(node)
            if let row, row.count != DigestTree.nodeByteCount { continue }
            let due = row.map { DigestTree.node($0) } ?? empty
            guard due != RowComparison.child(top, node) else { continue }
            log.add(
                .digestRowDiffers, .row(table: "digest", row: Int64(DigestTree.fanout)),
                .init(.reason, "node \(node)"))
        }
        try RowComparison.checkNodes(store, log)
    }

    /// The records of a bucket, so many as a line takes.
    func records(in bucket: Int) throws -> [String] {
        var names: [String] = []
        try store.each("SELECT collection, id FROM records ORDER BY id, collection") { row in
            guard names.count < Self.namedLimit, row.bytes(1).count == 16,
                let id = RecordID(bytes: row.bytes(1))
            else { return }
            let key = RecordKey(row.text(0), id)
            if DigestTree.bucket(of: key) == bucket {
                names.append("\(key.collection)/\(String(id.hex.prefix(12)))")
            }
        }
        return names
    }
}
