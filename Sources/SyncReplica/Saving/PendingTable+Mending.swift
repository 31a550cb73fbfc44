import SyncCore
import SyncProtocol
import SyncStore

// What waits and names records, where one of those was damaged by other means than the programs.

extension PendingTable {
    private struct Naming {
        let sequence: Int64
        let batch: Int64?
        let rows: ClosedRange<Int64>
    }

    /// Has held what rows of `pending` name, where not all of it can be read: of what is sealed all,
    /// from the batch; else what can be read, and the rest is lost.
    func holdWhatCanBeRead() throws {
        let named = NamedRecords(store)
        for naming in try namings() where !isReadable(naming.rows, named) {
            if let batch = naming.batch, let sealed = try sealed(batch, naming) {
                try named.hold(sealed, in: naming.sequence)
                continue
            }
            let rest = naming.rows.compactMap { row in
                isReadable(row...row, named) ? try? named.changes(row...row) : nil
            }
            guard !rest.isEmpty else {
                try store.run("DELETE FROM pending WHERE sequence = ?", .integer(naming.sequence))
                continue
            }
            let changes = Array(rest.joined(separator: [UInt8(ascii: ",")]))
            let last = try Self.changes(changes).last?.stamp ?? .zero
            try named.hold(changes, in: naming.sequence)
            try store.run(
                "UPDATE pending SET count = ?, last_stamp = ? WHERE sequence = ?",
                .integer(Int64(rest.count)), .integer(Int64(bitPattern: last.rawValue)),
                .integer(naming.sequence))
        }
    }

    private func namings() throws -> [Naming] {
        var found: [Naming] = []
        try store.each(
            "SELECT sequence, batch, first_row, last_row FROM pending "
                + "WHERE first_row IS NOT NULL ORDER BY sequence"
        ) { row in
            guard row.integer(2) <= row.integer(3) else { return }
            found.append(
                Naming(
                    sequence: row.integer(0), batch: row.isNull(1) ? nil : row.integer(1),
                    rows: row.integer(2)...row.integer(3)))
        }
        return found
    }

    private func isReadable(_ rows: ClosedRange<Int64>, _ named: NamedRecords) -> Bool {
        (try? Self.changes(named.changes(rows))) != nil
    }

    /// The changes of one row, as the batch that seals it has them; nil if the batch cannot be read.
    private func sealed(_ number: Int64, _ naming: Naming) throws -> [UInt8]? {
        guard let batch = try? BatchTable(store).batch(number) else { return nil }
        let before = Int(
            try store.integer(
                "SELECT coalesce(sum(count), 0) FROM pending WHERE batch = ? AND sequence < ?",
                .integer(number), .integer(naming.sequence)))
        let changes = batch.changes.dropFirst(before).prefix(naming.rows.count)
        guard changes.count == naming.rows.count else { return nil }
        return Array(
            changes.map { batch.bytes[$0.whole] }.joined(separator: [UInt8(ascii: ",")]))
    }
}
