import ArgumentParser
import AuditReport
import CommandKit
import ReportGathering
import SyncAudit

/// `sync-audit report`: all that an audit finds, as one page for a person.
struct ReportCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "report", abstract: Messages.auditReport.abstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.auditReport.fileHelp.text(), valueName: "a"))
    var file: String

    @Option(
        name: .customLong("diff"),
        help: ArgumentHelp(Messages.auditReport.diffHelp.text(), valueName: "b"))
    var other: String?

    @Option(
        name: .customLong("html"),
        help: ArgumentHelp(Messages.auditReport.htmlHelp.text(), valueName: "file"))
    var output: String

    @Option(help: ArgumentHelp(Messages.auditReport.againstHelp.text(), valueName: "replica"))
    var against: [String] = []

    @Option(help: ArgumentHelp(Messages.auditReport.sinceHelp.text(), valueName: "checkpoint"))
    var since: [String] = []

    @Option(
        name: .customLong("hub-key"),
        help: ArgumentHelp(Messages.auditReport.hubKeyHelp.text(), valueName: "hex"))
    var hubKey: String?

    @Flag(
        name: .customLong("force"), help: ArgumentHelp(Messages.auditReport.forceHelp.text()))
    var isForced = false

    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let request = ReportRequest(
            name: file, other: other, against: against, since: since, hubKey: hubKey)
        try request.check()
        let target = ReportFile(path: output)
        try target.check(inputs: request.allInputs, isForced: isForced)
        var collector = try ReportCollector(request)
        let page = try await collector.page()
        try target.write(Array(page.html().utf8))
        show(page)
        switch page.verdict.outcome {
        case .ok: return
        case .found: throw ExitStatus.failed
        case .incomplete: throw ExitStatus.partly
        }
    }

    private func show(_ page: ReportPage) {
        let (console, words) = (Console.current, Messages.auditReport)
        let verdict = page.verdict
        guard !globals.isJSON else { return console.print(json(page)) }
        switch verdict.outcome {
        case .ok: console.print(words.writtenOk.text(["path": output]))
        case .found:
            console.print(
                words.writtenFound.text([
                    "problems": verdict.problems, "differences": verdict.differences ?? 0,
                    "path": output,
                ]))
        case .incomplete: console.print(words.writtenIncomplete.text(["path": output]))
        }
    }

    private func json(_ page: ReportPage) -> JSONOutput {
        let verdict = page.verdict
        let outcome =
            switch verdict.outcome {
            case .ok: "ok"
            case .found: "found"
            case .incomplete: "incomplete"
            }
        return [
            "html": .string(output), "verdict": .string(outcome),
            "problems": .int(verdict.problems), "differences": JSONOutput(verdict.differences),
            "checked": .int(page.checks.count { $0.state != .notDone }),
            "not_checked": .int(page.checks.count { $0.state == .notDone }),
        ]
    }
}

extension ReportRequest {
    /// - Throws: `CommandFailure` for an address: a report is of files.
    func check() throws {
        _ = try key()
        guard let address = inputs.first(where: { AuditSource.isAddress($0) }) else { return }
        throw CommandFailure(
            "not_a_file", Messages.auditReport.notAFile.text(["name": address]),
            mend: Messages.auditReport.notAFileMend.text(), status: .usage)
    }
}
