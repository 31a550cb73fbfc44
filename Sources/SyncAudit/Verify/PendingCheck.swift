import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// Checks what a replica has saved and not delivered: it must be what a batch may hold.
struct PendingCheck {
    let store: StoreConnection
    let log: ProblemLog

    /// - Returns: how many changes are pending.
    func check() throws -> Int64 {
        var total: Int64 = 0
        /// What is sealed, by batch, in the order saved.
        var sealed: (number: Int64, content: [UInt8])?
        try store.each(
            "SELECT sequence, count, changes, batch FROM pending ORDER BY batch IS NULL, batch, "
                + "sequence"
        ) { row in
            total &+= max(row.integer(1), 0)
            let content = row.array(2)
            if Self.count(content) != row.integer(1) {
                log.add(.pendingDamaged, .pending(row.integer(0)), .init(.reason, "form"))
            }
            let number = row.isNull(3) ? nil : row.integer(3)
            if let open = sealed, open.number == number {
                sealed = (open.number, open.content + [UInt8(ascii: ",")] + content)
                return
            }
            try compare(sealed)
            sealed = number.map { ($0, content) }
        }
        try compare(sealed)
        return total
    }

    /// The changes in a row; nil if it does not hold canonical changes.
    private static func count(_ content: [UInt8]) -> Int64? {
        let bytes = [UInt8(ascii: "[")] + content + [UInt8(ascii: "]")]
        return try? bytes.withUnsafeBytes { buffer in
            var reader = CanonicalReader(buffer)
            var count: Int64 = 0
            try reader.beginArray()
            while try reader.nextItem(isFirst: count == 0) {
                _ = try ChangeReader.read(&reader).change(in: buffer)
                count += 1
            }
            try reader.end()
            return count
        }
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
