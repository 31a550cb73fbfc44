import CommandKit
import OutreachSchema
import ReportGathering
import SyncAudit
import SyncCore

/// A comparison as a person reads it: the verdict first, then as much as the view asks for.
struct DiffPage {
    let result: DiffResult
    let zone: ZoneRules
    /// Whether the comparison was about a part of the records.
    let isLimited: Bool

    private let words = Messages.auditDiff

    /// With more differences than this, fields are shown only if they are asked for.
    private static let fieldsLimit = 20
    /// Records shown where no view is asked for.
    private static let recordsLimit = 200

    func print(_ view: DiffView?, on console: Console) {
        console.print(console.styled(verdict, .bold))
        console.print()
        console.print(inputs)
        for (name, side) in sides where side.roundTrips > 0 { console.print(moved(name, side)) }
        for item in DiffResult.NotChecked.allCases where result.notChecked.contains(item) {
            console.print(words.notChecked.text(["what": DiffCauseWords.text(item)]))
        }
        guard !result.isIdentical else { return }
        console.print()
        console.print(counts)
        let shown = view ?? (result.total <= Self.fieldsLimit ? .fields : .records)
        show(shown, limit: view == nil ? Self.recordsLimit : .max, on: console)
    }

    private func show(_ view: DiffView, limit: Int, on console: Console) {
        guard view != .summary else { return }
        let records = result.records.prefix(limit)
        console.print()
        switch view {
        case .summary: break
        case .records: console.print(table(of: records))
        case .fields:
            for record in records {
                guard !console.isReaderGone else { return }
                DiffRecordBlock(record, zone: zone).print(on: console)
            }
        }
        let missing = result.total - records.count
        guard missing > 0 else { return }
        let option =
            result.records.count > records.count
            ? "--view \(view.rawValue)" : "--limit \(result.total)"
        console.print(words.shown.text(["n": missing, "option": option]))
    }

    private var verdict: String {
        guard result.isIdentical else {
            return words.differences.text([
                "n": result.total, "a": result.onlyA, "b": result.onlyB,
                "both": result.different,
            ])
        }
        guard !isLimited, result.notChecked.isDisjoint(with: [.bundleIsPartial]),
            let count = result.a.records ?? result.b.records
        else { return words.identicalScope.text() }
        return words.identical.text(["n": count])
    }

    private var sides: [(String, SideFacts)] { [("A", result.a), ("B", result.b)] }

    private func moved(_ name: String, _ side: SideFacts) -> String {
        words.moved.text([
            "side": name, "received": side.bytesReceived, "sent": side.bytesSent,
            "n": side.roundTrips,
        ])
    }

    private var inputs: Table {
        var table = Table([
            .fixed(words.side.text()), .text(words.input.text()), .fixed(words.kind.text()),
            .number(words.recordCount.text()), .number(words.pending.text()),
            .number(words.position.text()), .fixed(words.epoch.text()),
        ])
        for (name, side) in sides { table.append(row(name, side)) }
        return table
    }

    private func row(_ name: String, _ side: SideFacts) -> [String] {
        let unknown = "–"
        var cells = [name, side.name, kind(side.kind)]
        cells.append(side.records.map { String($0) } ?? unknown)
        cells.append(side.kind == .replica ? String(side.pending) : unknown)
        cells.append(String(side.position))
        cells.append(side.epoch.map { String($0.hex.prefix(8)) } ?? unknown)
        return cells
    }

    private func kind(_ kind: SideFacts.Kind) -> String {
        switch kind {
        case .replica: words.kindReplica.text()
        case .hub: words.kindHub.text()
        case .bundle: words.kindBundle.text()
        case .address: words.kindAddress.text()
        }
    }

    private var counts: Table {
        var table = Table([
            .text(words.collection.text()), .number(words.count.text()),
            .text(words.cause.text()), .text(words.todo.text()),
        ])
        for (count, number) in result.counts.sorted(by: { $0.key < $1.key }) {
            table.append([
                DiffLabels.collection(count.collection), String(number),
                DiffCauseWords.text(count.cause), DiffCauseWords.todo(count.cause),
            ])
        }
        return table
    }

    private func table(of records: ArraySlice<RecordDifference>) -> Table {
        var table = Table([
            .text(words.collection.text()), .fixed(words.id.text()), .text(words.side.text()),
            .text(words.fields.text()), .text(words.cause.text()),
        ])
        for record in records {
            let fields = record.fields.map {
                DiffLabels.field($0.name, in: record.key.collection)
            }
            table.append([
                DiffLabels.collection(record.key.collection), record.key.id,
                DiffLabels.side(record.side), fields.joined(separator: DiffLabels.joint),
                DiffCauseWords.text(record.cause),
            ])
        }
        return table
    }
}
