import AuditReport
import CommandKit
import OutreachOutput
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
        try open.period(from: first, through: last).leadPage(
            space: open.spaceName(), language: open.language,
            now: open.correctedNow().milliseconds / 1_000)
    }
}
