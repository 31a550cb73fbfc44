import CommandKit
import OutreachSchema
import ReportGathering
import SyncAudit
import SyncCore

/// What two moments of one log differ in, for people and for programs.
struct LogDiffPage {
    let diff: LogDiff
    let path: String
    let zone: ZoneRules
    private let words = Messages.auditDiff

    init(_ diff: LogDiff, path: String, zone: ZoneRules) {
        self.diff = diff
        self.path = path
        self.zone = zone
    }

    func print(_ view: DiffView?, on console: Console) {
        console.print(console.styled(verdict, .bold))
        console.print()
        for (side, place) in [("A", diff.a), ("B", diff.b)] { console.print(line(side, place)) }
        console.print(
            words.momentSpan.text(["changes": diff.changes, "batches": diff.batches]))
        if !diff.problems.isEmpty {
            console.warn(
                words.momentProblems.text(["n": diff.problems.count, "path": path]))
        }
        guard !diff.isIdentical, view != .summary else { return }
        console.print()
        if view == .records { return console.print(table) }
        for entry in diff.entries {
            guard !console.isReaderGone else { return }
            let authors = Set(entry.record.fields.flatMap { author(of: $0, entry) })
            // Nearly always one change wrote all that differs: it is named once.
            let note = ([Self.text(entry.kind)] + (authors.count == 1 ? Array(authors) : []))
                .joined(separator: "  –  ")
            DiffRecordBlock(entry.record, zone: zone, note: note) {
                authors.count == 1 ? [] : author(of: $0, entry)
            }.print(on: console)
        }
        if diff.omitted > 0 {
            console.print(
                words.shown.text(["n": diff.omitted, "option": "--limit \(diff.total)"]))
        }
    }

    private var verdict: String {
        guard !diff.isIdentical else {
            return words.momentsEqual.text(["a": diff.a.position, "b": diff.b.position])
        }
        return words.momentsDiffer.text([
            "a": diff.a.position, "b": diff.b.position, "created": diff.created,
            "edited": diff.edited, "deleted": diff.deleted, "restored": diff.restored,
        ])
    }

    private func line(_ side: String, _ place: LogDiff.Place) -> String {
        guard let at = place.receivedAt else { return words.momentEmpty.text(["side": side]) }
        return words.momentAt.text([
            "side": side, "position": place.position, "time": local(at),
        ])
    }

    /// One line, or none for a field that has no value any more.
    private func author(of field: FieldDifference, _ entry: LogDiff.Entry) -> [String] {
        let later = diff.a.position > diff.b.position ? field.a : field.b
        guard let later, let origin = entry.origins[field.name] else { return [] }
        return [
            words.momentWritten.text([
                "device": name(later.stamp.device), "time": local(later.stamp.time.milliseconds),
                "position": origin.position, "received": local(origin.receivedAt),
            ])
        ]
    }

    private func local(_ milliseconds: Int64) -> String {
        "\(zone.localTime(atUTCSeconds: milliseconds / 1_000))"
    }

    private func name(_ device: DeviceID) -> String {
        diff.devices[device] ?? String(device.hex.prefix(8))
    }

    private static func text(_ kind: HistoryEvent.Kind) -> String {
        let words = Messages.auditHistory
        return switch kind {
        case .created: words.created.text()
        case .edited: words.edited.text()
        case .deleted: words.deleted.text()
        case .restored: words.restored.text()
        case .resolved: words.settling.text()
        }
    }

    private var table: Table {
        var table = Table([
            .text(words.collection.text()), .fixed(words.id.text()), .text(words.kind.text()),
            .text(words.fields.text()),
        ])
        for entry in diff.entries {
            let fields = entry.record.fields.map {
                DiffLabels.field($0.name, in: entry.record.key.collection)
            }
            table.append([
                DiffLabels.collection(entry.record.key.collection), entry.record.key.id,
                Self.text(entry.kind), fields.joined(separator: DiffLabels.joint),
            ])
        }
        return table
    }

    // MARK: JSON

    /// As of `diff` between files, with what the log alone can tell.
    var json: JSONOutput {
        let isBackwards = diff.a.position > diff.b.position
        let created = diff.created
        return [
            "identical": .bool(diff.isIdentical), "only_a": .int(isBackwards ? created : 0),
            "only_b": .int(isBackwards ? 0 : created),
            "different": .int(diff.total - created),
            "inputs": ["a": input(diff.a), "b": input(diff.b)],
            "batches": .int(Int(diff.batches)), "changes": .int(Int(diff.changes)),
            "counts": [
                "created": .int(created), "edited": .int(diff.edited),
                "deleted": .int(diff.deleted), "restored": .int(diff.restored),
            ],
            "records": .array(diff.entries.map(record)), "omitted": .int(diff.omitted),
            "problems": .array(diff.problems.map(\.json)),
        ]
    }

    private func input(_ place: LogDiff.Place) -> JSONOutput {
        [
            "path": .string(path), "position": .int(Int(place.position)),
            "received_at": place.receivedAt.map { .time($0) } ?? .null,
        ]
    }

    private func record(_ entry: LogDiff.Entry) -> JSONOutput {
        [
            "collection": .string(entry.record.key.collection),
            "id": .string(entry.record.key.id),
            "side": .string(entry.record.side.rawValue),
            "cause": .string(entry.record.cause.rawValue),
            "kind": .string(entry.kind.rawValue),
            "fields": .array(entry.record.fields.map { field($0, entry) }),
        ]
    }

    private func field(_ field: FieldDifference, _ entry: LogDiff.Entry) -> JSONOutput {
        let later = diff.a.position > diff.b.position ? field.a : field.b
        let origin = entry.origins[field.name]
        return [
            "name": .string(field.name), "a": DiffJSON.value(field.a),
            "b": DiffJSON.value(field.b), "a_stamp": JSONOutput(field.a?.stamp.text),
            "b_stamp": JSONOutput(field.b?.stamp.text), "differs": .string(field.kind.rawValue),
            "device": JSONOutput(later?.stamp.device.hex),
            "device_name": JSONOutput(later.flatMap { diff.devices[$0.stamp.device] }),
            "position": JSONOutput(origin.map { Int($0.position) }),
            "received_at": origin.map { .time($0.receivedAt) } ?? .null,
        ]
    }
}
