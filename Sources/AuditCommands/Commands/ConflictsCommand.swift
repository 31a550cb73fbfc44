import ArgumentParser
import CommandKit
import ReportGathering
import SyncAudit
import SyncCore

/// `sync-audit conflicts`: all of them, settled ones too.
struct ConflictsCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "conflicts", abstract: Messages.auditHistory.conflictsAbstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.auditHistory.fileHelp.text(), valueName: "a"))
    var file: String

    @Flag(
        name: .customLong("open"), help: ArgumentHelp(Messages.auditHistory.openHelp.text()))
    var isOpenOnly = false

    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let file = try AuditFile(self.file)
        let space = try AuditedSpace(file)
        let listing = try ConflictListing(file)
        let shown = listing.conflicts.filter { !isOpenOnly || $0.resolution == nil }
        let console = Console.current
        let words = Messages.auditHistory
        if globals.isJSON {
            console.print(.array(shown.map { $0.json(space) }))
        } else if shown.isEmpty {
            console.say(words.noConflicts.text())
        } else {
            console.print(paragraphs: shown.flatMap { ConflictLines($0, space).lines })
            let open = listing.conflicts.count { $0.resolution == nil }
            console.say(
                words.conflictCount.text(["n": listing.conflicts.count, "open": open]))
        }
        guard listing.unreadable.isEmpty else {
            let ids = listing.unreadable.map { String($0.hex.prefix(12)) }
            console.warn(
                words.conflictsUnreadable.text([
                    "n": ids.count, "ids": ids.joined(separator: ", "),
                ]))
            throw ExitStatus.partly
        }
    }
}
