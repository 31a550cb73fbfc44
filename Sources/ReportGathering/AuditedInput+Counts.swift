import AuditReport
import CommandKit
import OutreachSchema
import SyncAudit
import SyncCore
import SyncProtocol

extension AuditedInput {
    private var words: AuditReportMessages { Messages.auditReport }

    /// - Parameters:
    ///   - letter: `A` or `B` where there are two inputs.
    ///   - verified: what the verification counted, for comparison.
    func countTables(letter: String?, verified: VerifyReport?) -> [CountTable] {
        [recordTable(letter)] + (file.isHub ? journalTables(letter, verified) : [ownTable(letter)])
    }

    private func title(_ message: Message, _ letter: String?) -> BilingualText {
        let text = message.inBothLanguages()
        guard let letter else { return text }
        return BilingualText(en: "\(letter) · \(text.en)", zh: "\(letter) · \(text.zh)")
    }

    private func recordTable(_ letter: String?) -> CountTable {
        var rows = records.collections.map { collection in
            CountTable.Row(
                .words(space.title(of: collection.name)), [collection.live, collection.deleted])
        }
        if records.unreadable > 0 {
            rows.append(
                .init(.words(words.unreadableRows.inBothLanguages()), [records.unreadable, 0]))
        }
        return CountTable(
            title: title(words.recordsTitle, letter),
            rowLabel: words.collection.inBothLanguages(),
            columns: [words.live.inBothLanguages(), words.deleted.inBothLanguages()], rows: rows,
            expected: records.rows, expectation: words.rowsInFile.inBothLanguages())
    }

    /// Batches against the signed size, changes against what the verification read.
    private func journalTables(_ letter: String?, _ verified: VerifyReport?) -> [CountTable] {
        let devices = figures.log.devices.filter { $0.batches > 0 }
        func name(_ device: DeviceID) -> CountTable.Row.Name {
            .value("\(space.names.devices[device] ?? "") \(device.hex.prefix(8))")
        }
        var batches = devices.map { CountTable.Row(name($0.device), [$0.batches]) }
        if figures.log.unreadable > 0 {
            batches.append(
                .init(.words(words.unreadableRows.inBothLanguages()), [figures.log.unreadable]))
        }
        let size = figures.heads.first.map { Int(clamping: $0.head.size) } ?? figures.log.rows
        let changes = devices.map { CountTable.Row(name($0.device), [$0.applied, $0.quarantined]) }
        let read = devices.reduce(0) { $0 + $1.changes }
        return [
            CountTable(
                title: title(words.batchesTitle, letter), rowLabel: words.device.inBothLanguages(),
                columns: [words.batches.inBothLanguages()], rows: batches, expected: size,
                expectation: words.signedSize.inBothLanguages()),
            CountTable(
                title: title(words.changesTitle, letter), rowLabel: words.device.inBothLanguages(),
                columns: [words.applied.inBothLanguages(), words.quarantined.inBothLanguages()],
                rows: changes, expected: verified.map { Int(clamping: $0.changes) } ?? read,
                expectation: words.verifiedChanges.inBothLanguages()),
        ]
    }

    /// A device's own changes by where they are.
    private func ownTable(_ letter: String?) -> CountTable {
        let log = figures.log.devices
        let quarantined = log.reduce(0) { $0 + $1.quarantined }
        let receipted = log.reduce(0) { $0 + $1.changes }
        let pending = figures.pending
        let parts: [(Message, Int)] = [
            (words.applied, receipted - quarantined), (words.quarantined, quarantined),
            (words.sealed, pending.sealed), (words.unsealed, pending.unsealed),
        ]
        return CountTable(
            title: title(words.ownTitle, letter), rowLabel: words.place.inBothLanguages(),
            columns: [words.changes.inBothLanguages()],
            rows: parts.map { .init(.words($0.0.inBothLanguages()), [$0.1]) },
            expected: receipted + pending.sealed + pending.unsealed,
            expectation: words.receiptedAndPending.inBothLanguages([
                "receipted": receipted, "pending": pending.sealed + pending.unsealed,
            ]))
    }
}
