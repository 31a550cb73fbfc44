import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// Checks what a replica has saved and not delivered: it must be what a batch may hold, in the order
/// in which the device's clock gave it, and what its records show.
struct PendingCheck {
    struct Result {
        var count: Int64 = 0
        /// Stamp times of this device's own.
        var stamps: Set<StampTime> = []
        /// Stamps that the device had seen where it wrote over its own.
        var seen: [(stamp: StampTime, key: RecordKey, field: String)] = []
        /// Batches whose changes wait here.
        var sealed: Set<Int64> = []
    }

    let store: StoreConnection
    let log: ProblemLog
    /// The device's.
    let device: DeviceID

    func check() throws -> Result {
        var result = Result()
        /// What is sealed, by batch, in the order saved.
        var sealed: (number: Int64, content: [UInt8])?
        let version = try store.integer("PRAGMA user_version")
        let (named, columns) = (NamedRecords(store), try NamedRecords.columns(store))
        try store.each(
            "SELECT sequence, count, batch, \(columns) FROM pending ORDER BY batch IS NULL, batch, "
                + "sequence"
        ) { row in
            result.count &+= max(row.integer(1), 0)
            // What cannot be read is told below.
            let content = (try? named.changes(row, from: 3)) ?? []
            let number = row.isNull(2) ? nil : row.integer(2)
            if let number { result.sealed.insert(number) }
            if let open = sealed, open.number == number {
                sealed = (open.number, open.content + [UInt8(ascii: ",")] + content)
                return
            }
            try compare(sealed)
            sealed = number.map { ($0, content) }
        }
        try compare(sealed)
        let claimedBy = version >= 4 ? "claimed_by" : "NULL"
        var last = StampTime.zero
        try store.each(
            "SELECT sequence, count, last_stamp, \(claimedBy), \(columns) FROM pending "
                + "ORDER BY sequence"
        ) { row in
            let place = ProblemPlace.pending(row.integer(0))
            guard let content = try? named.changes(row, from: 4),
                let changes = Self.changes(content)
            else {
                return log.add(.pendingDamaged, place, .init(.reason, "form"))
            }
            if Int64(changes.count) != row.integer(1) {
                log.add(.pendingDamaged, place, .init(.reason, "count"))
            }
            let author = row.isNull(3) ? device : DeviceID(bytes: row.bytes(3)) ?? device
            if author != device { last = .zero }
            for change in changes {
                if change.stamp <= last {
                    log.add(.pendingDamaged, place, .init(.reason, "order"))
                }
                last = change.stamp
                try take(change, author, place, &result)
            }
            if Int64(bitPattern: last.rawValue) != row.integer(2) {
                log.add(.pendingDamaged, place, .init(.reason, "last_stamp"))
            }
            if author != device { last = .zero }
        }
        return result
    }

    private func take(
        _ change: Change, _ author: DeviceID, _ place: ProblemPlace, _ result: inout Result
    ) throws {
        if author == device {
            result.stamps.insert(change.stamp)
            for (field, was) in change.was where was.device == device {
                result.seen.append((was.time, change.key, field))
            }
        }
        let shown = try? RecordTable(store).record(change.key)?.state()
        let stamp = Stamp(time: change.stamp, device: author)
        let names = change.set.filter { assignment in
            guard let register = shown?[assignment.name] else { return true }
            return register.stamp == stamp
                ? register.value != assignment.value : register.stamp < stamp
        }.map(\.name)
        guard !names.isEmpty else { return }
        log.add(
            .pendingDamaged, .record(change.key), .init(.reason, "not shown"),
            .init(.fields, names.joined(separator: ", ")))
    }

    /// The changes in a row; nil if it does not hold canonical changes.
    private static func changes(_ content: [UInt8]) -> [Change]? {
        let bytes = [UInt8(ascii: "[")] + content + [UInt8(ascii: "]")]
        return try? bytes.withUnsafeBytes { buffer in
            var reader = CanonicalReader(buffer)
            var changes: [Change] = []
            try reader.beginArray()
            while try reader.nextItem(isFirst: changes.isEmpty) {
                changes.append(try ChangeReader.read(&reader).change(in: buffer))
            }
            try reader.end()
            return changes
        }
    }

    /// The stamps of changes that the hub refused: their values may still be named as seen.
    func refusedStamps() throws -> Set<StampTime> {
        var stamps: Set<StampTime> = []
        try store.each("SELECT sequence, change FROM held ORDER BY sequence") { row in
            guard let changes = Self.changes(row.array(1)) else {
                return log.add(
                    .pendingDamaged, .row(table: "held", row: row.integer(0)),
                    .init(.reason, "form"))
            }
            stamps.formUnion(changes.map(\.stamp))
        }
        return stamps
    }

    /// What is sealed must be what the batch says, byte for byte.
    private func compare(_ sealed: (number: Int64, content: [UInt8])?) throws {
        guard let sealed else { return }
        let batch = try? BatchTable(store).batch(sealed.number)
        guard let batch, let first = batch.changes.first, let last = batch.changes.last,
            batch.bytes[first.whole.lowerBound..<last.whole.upperBound]
                .elementsEqual(sealed.content)
        else {
            return log.add(
                .pendingDamaged, .ownBatch(sealed.number), .init(.number, sealed.number))
        }
    }
}
