import AuditReport
import CommandKit
import OutreachSchema
import SyncAudit
import SyncCore

extension AuditedInput {
    /// How far an event may lie from its record before it is listed, in milliseconds.
    static let lateLimit: Int64 = 86_400_000

    private var words: AuditReportMessages { Messages.auditReport }

    /// Backdated entries and conflicts.
    ///
    /// - Throws: `StoreError`.
    func listings() throws -> [ReportListing] {
        let late = try LateEntries(file, limit: Self.lateLimit, times: .outreach)
        let conflicts = try ConflictListing(file)
        return [importListing(late), lateListing(late), conflictListing(conflicts)]
    }

    private func importListing(_ late: LateEntries) -> ReportListing {
        var rows = CappedList<[ReportListing.Cell]>()
        for entry in late.imports { rows.append(importCells(entry)) }
        return ReportListing(
            title: words.importsTitle.inBothLanguages(), note: words.importsNote.inBothLanguages(),
            columns: [
                words.file, words.collection, words.device, words.newRows, words.firstEvent,
                words.lastEvent, words.recorded,
            ].map { $0.inBothLanguages() }, rows: rows)
    }

    private func importCells(_ entry: ImportEntry) -> [ReportListing.Cell] {
        let events = entry.eventTimes
        return [
            .value(entry.file), .words(space.title(of: entry.collection)),
            .value(space.device(entry.device)), .count(Int(clamping: entry.newRows)),
            events.map { .time($0.lowerBound) } ?? .value("–"),
            events.map { .time($0.upperBound) } ?? .value("–"),
            .time(entry.effectiveFirst.milliseconds),
        ]
    }

    private func lateListing(_ late: LateEntries) -> ReportListing {
        var rows = CappedList<[ReportListing.Cell]>()
        for entry in late.entries { rows.append(lateCells(entry)) }
        return ReportListing(
            title: words.lateTitle.inBothLanguages(),
            note: words.lateNote.inBothLanguages(["examined": late.examined]),
            columns: [
                words.record, words.device, words.event, words.recorded, words.apart,
                words.position,
            ].map { $0.inBothLanguages() }, rows: rows)
    }

    private func lateCells(_ entry: LateEntry) -> [ReportListing.Cell] {
        [
            .words(inBothLanguages { space.short(entry.key).sanitised() }),
            .value(space.device(entry.stamp.device)), .time(entry.eventTime),
            .time(entry.stamp.time.milliseconds), .span(entry.delay),
            entry.origin.map { .count(Int(clamping: $0.position)) } ?? .value("–"),
        ]
    }

    private func conflictListing(_ listing: ConflictListing) -> ReportListing {
        let open = listing.conflicts.count { $0.resolution == nil }
        var rows = CappedList<[ReportListing.Cell]>()
        for conflict in listing.conflicts { rows.append(conflictCells(conflict)) }
        return ReportListing(
            title: words.conflictsTitle.inBothLanguages(),
            note: words.conflictsNote.inBothLanguages([
                "all": listing.conflicts.count, "open": open,
                "unreadable": listing.unreadable.count,
            ]),
            columns: [
                words.record, words.field, words.kept, words.lost, words.conflictState,
            ].map { $0.inBothLanguages() }, rows: rows)
    }

    private func conflictCells(_ listed: ListedConflict) -> [ReportListing.Cell] {
        let conflict = listed.conflict
        let collection = conflict.record.collection
        let state = inBothLanguages {
            guard let resolution = listed.resolution else { return words.open.text() }
            return words.settled.text([
                "device": space.device(resolution.device),
                "time": space.localTime(resolution.at),
            ])
        }
        return [
            .words(inBothLanguages { space.short(conflict.record).sanitised() }),
            .words(space.title(of: conflict.field, in: collection)),
            .value(written(conflict.kept, conflict.keptField ?? conflict.field, collection)),
            .value(written(conflict.lost, conflict.field, collection)), .words(state),
        ]
    }

    /// The value, and who wrote it when.
    private func written(_ register: Register, _ field: String, _ collection: String) -> String {
        let value = space.text(register.value, field, in: collection)
        let device = space.device(register.stamp.device)
        return "\(value) — \(device), \(space.localTime(register.stamp.time))"
    }
}
