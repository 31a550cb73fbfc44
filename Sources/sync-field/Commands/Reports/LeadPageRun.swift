import AuditReport
import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// `report --html`: the page for a lead.
struct LeadPageRun {
    let open: OpenReplica
    let first: Shift?
    let last: Shift?
    let isJSON: Bool

    /// - Throws: `CommandFailure` where there is a file already.
    func write(to path: String) throws {
        guard try FileBytes.create(Array(try page().html().utf8), at: path) else {
            throw CommandFailure.fileExists(path: path)
        }
        let console = Console.current
        guard !isJSON else { return console.print(["html": .string(path)]) }
        console.say(Messages.fieldReports.pageWritten.text(["path": path]))
    }

    private func page() throws -> LeadPage {
        let now = try open.correctedNow().milliseconds / 1_000
        var tally = LeadTally(zone: open.zone, from: first, through: last, now: now)
        let hazards = CollectionDescription.hazards
        let report = try open.report(from: first, through: last, by: .grid) { collection, view in
            guard collection.name != hazards.name else { return }
            tally.add(collection: collection.name, fields: view.values)
        }
        // Those that wait may be older than the period.
        try open.eachRecord(of: hazards, from: nil, through: nil) { view in
            tally.add(collection: hazards.name, fields: view.values)
        }
        return LeadPage(
            language: open.language, zone: open.zone, space: try open.spaceName() ?? "FieldSync",
            report: report, before: try before(), tally: tally)
    }

    /// The figures of as many nights before the period.
    private func before() throws -> ReportFigures? {
        guard let first, let last else { return nil }
        let nights = last.date.daysSinceEpoch - first.date.daysSinceEpoch + 1
        return try open.report(
            from: Shift(date: first.date + -nights), through: Shift(date: first.date + -1)
        ).total
    }
}
