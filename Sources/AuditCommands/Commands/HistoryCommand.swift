import ArgumentParser
import CommandKit
import OutreachSchema
import ReportGathering
import SyncAudit
import SyncCore

/// `sync-audit history`: every value of one record, or what was recorded far from its event.
struct HistoryCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "history", abstract: Messages.auditHistory.abstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.auditHistory.fileHelp.text(), valueName: "a"))
    var file: String

    @Argument(help: ArgumentHelp(Messages.auditHistory.recordHelp.text(), valueName: "id"))
    var record: String?

    @Flag(
        name: .customLong("backdated"),
        help: ArgumentHelp(Messages.auditHistory.backdatedHelp.text()))
    var isBackdated = false

    @Option(
        help: ArgumentHelp(Messages.auditHistory.afterHelp.text(), valueName: "time"),
        transform: DurationArgument.init(parsing:))
    var after = DurationArgument(seconds: 86_400)

    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        guard (record != nil) != isBackdated else {
            throw CommandFailure(
                "one_question", Messages.auditHistory.oneQuestion.text(),

                mend: Messages.auditHistory.oneQuestionMend.text(["path": self.file]),
                status: .usage)
        }
        let file = try AuditFile(self.file)
        let space = try AuditedSpace(file)
        if let record {
            try show(RecordHistory(file, of: RecordArgument.key(record, in: file)), space)
        } else {
            let limit = Int64(after.seconds) * 1_000
            let late = try LateEntries(file, limit: limit, times: .outreach)
            show(LatePage(late, space, limit: after))
        }
    }

    private func show(_ history: RecordHistory, _ space: AuditedSpace) throws {
        let console = Console.current
        let page = HistoryPage(history, space)
        if globals.isJSON {
            console.print(history.json(space))
        } else {
            let title = "\(space.label(history.key.collection))  \(history.key.id.hex)"
            console.print(console.styled(title.sanitised(), .bold))
            console.print(paragraphs: [""] + page.lines)
        }
        if !history.unreadable.isEmpty {
            console.warn(
                Messages.auditHistory.unreadable.text([
                    "n": history.unreadable.count,
                    "rows": history.unreadable.map(String.init).joined(separator: ", "),
                ]))
        }
        if !globals.isJSON { console.say(page.verdict) }
        if !history.differences.isEmpty { throw ExitStatus.failed }
        if !history.unreadable.isEmpty { throw ExitStatus.partly }
    }

    private func show(_ page: LatePage) {
        let console = Console.current
        guard !globals.isJSON else { return console.print(page.json) }
        console.print(paragraphs: page.lines)
        console.say(page.summary)
        if let note = page.unreadableNote { console.warn(note) }
    }
}
