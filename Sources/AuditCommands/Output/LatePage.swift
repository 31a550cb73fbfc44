import CommandKit
import OutreachSchema
import ReportGathering
import SyncAudit
import SyncCore

/// What was recorded far from when it happened, for programs and for people.
struct LatePage {
    let late: LateEntries
    let space: AuditedSpace
    private let limit: DurationArgument
    private let words = Messages.auditHistory

    init(_ late: LateEntries, _ space: AuditedSpace, limit: DurationArgument) {
        self.late = late
        self.space = space
        self.limit = limit
    }

    var summary: String {
        words.lateCount.text([
            "n": late.entries.count, "imports": late.imports.count, "limit": limit,
            "examined": late.examined,
        ])
    }

    var unreadableNote: String? {
        late.unreadable == 0 ? nil : words.lateUnreadable.text(["n": late.unreadable])
    }

    var lines: [String] { late.imports.flatMap(lines) + late.entries.flatMap(lines) }

    private func lines(of entry: ImportEntry) -> [String] {
        let collection = space.label(entry.collection)
        let device = space.device(entry.device)
        let heading = words.importHeading.text(["file": entry.file]) + "  \(device)".sanitised()
        guard !entry.isOverfull, let times = entry.eventTimes else {
            let line = words.importOverfull.text([
                "collection": collection, "new": entry.newRows,
            ])
            return [heading, "    " + line]
        }
        let rows = words.importRows.text([
            "collection": collection, "new": entry.newRows, "rows": entry.rows,
            "late": entry.lateCount,
        ])
        let events = words.importEvents.text([
            "first": space.localTime(times.lowerBound), "last": space.localTime(times.upperBound),
            "recorded": space.localTime(entry.effectiveFirst),
        ])
        return [heading, "    " + rows, "    " + events]
    }

    private func lines(of entry: LateEntry) -> [String] {
        let message = entry.delay < 0 ? words.earlyLine : words.lateLine
        let mark = entry.isDeleted ? "  (\(words.isDeleted.text()))" : ""
        let head = "\(space.short(entry.key))  \(space.device(entry.stamp.device))\(mark)"
        let times = message.text([
            "field": space.label(entry.field, in: entry.key.collection),
            "event": space.localTime(entry.eventTime),
            "recorded": space.localTime(entry.stamp.time),
            "apart": TimeLength.text(milliseconds: entry.delay),
        ])
        return [head.sanitised(), "    " + times, "    " + origin(of: entry)]
    }

    private func origin(of entry: LateEntry) -> String {
        guard let origin = entry.origin else { return words.lateUnreceived.text() }
        let received = words.lateReceived.text([
            "time": space.localTime(origin.receivedAt), "position": origin.position,
        ])
        guard origin.claimed != entry.stamp.time else { return received }
        let claimed = words.lateClaimed.text(["time": space.localTime(origin.claimed)])
        return received + space.joint + claimed
    }
}

extension LatePage {
    var json: JSONOutput {
        [
            "limit_s": .int(limit.seconds), "examined": .int(late.examined),
            "unreadable": .int(late.unreadable),
            "imports": .array(late.imports.map(json)), "records": .array(late.entries.map(json)),
        ]
    }

    private func json(_ entry: ImportEntry) -> JSONOutput {
        .object([
            .init("id", .string(entry.id.hex)), .init("file", .string(entry.file)),
            .init("collection", .string(entry.collection)), .init("rows", .int(Int(entry.rows))),
            .init("new_rows", .int(Int(entry.newRows))), .init("late", .int(entry.lateCount)),
            .init("overfull", .bool(entry.isOverfull)), .init("sha256", .string(entry.sha256)),
            .init("device", .string(entry.device.hex)),
            .init("name", JSONOutput(space.names.devices[entry.device])),
            .init("first_event", entry.eventTimes.map { .time($0.lowerBound) } ?? .null),
            .init("last_event", entry.eventTimes.map { .time($0.upperBound) } ?? .null),
            .init("recorded_at", .time(entry.effectiveFirst.milliseconds)),
            .init("received_at", entry.receivedAt.map { .time($0) } ?? .null),
        ])
    }

    private func json(_ entry: LateEntry) -> JSONOutput {
        .object([
            .init("collection", .string(entry.key.collection)),
            .init("id", .string(entry.key.id.hex)), .init("field", .string(entry.field)),
            .init("deleted", .bool(entry.isDeleted)), .init("event", .time(entry.eventTime)),
            .init("recorded_at", .time(entry.stamp.time.milliseconds)),
            .init("delay_s", .int(Int(entry.delay / 1_000))),
            .init("stamp", .string(entry.stamp.text)),
            .init("claimed", JSONOutput(entry.origin?.claimed.hex)),
            .init("device", .string(entry.stamp.device.hex)),
            .init("name", JSONOutput(space.names.devices[entry.stamp.device])),
            .init("position", JSONOutput(entry.origin.map { Int($0.position) })),
            .init("received_at", (entry.origin?.receivedAt).map { .time($0) } ?? .null),
        ])
    }
}
