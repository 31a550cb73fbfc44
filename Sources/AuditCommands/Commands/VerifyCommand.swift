import ArgumentParser
import CommandKit
import ReportGathering
import SyncAudit
import SyncCore
import SyncProtocol
import SyncStore

/// `sync-audit verify`: proves a hub's log, or what a replica holds of it.
struct VerifyCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "verify", abstract: Messages.auditVerify.abstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.auditVerify.fileHelp.text(), valueName: "a"))
    var file: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(Messages.auditVerify.againstHelp.text(), valueName: "replica"))
    var against: [String] = []

    @Option(help: ArgumentHelp(Messages.auditVerify.sinceHelp.text(), valueName: "checkpoint"))
    var since: String?

    @Option(help: ArgumentHelp(Messages.auditVerify.keepHelp.text(), valueName: "file"))
    var keep: String?

    @Option(
        name: .customLong("witness"),
        help: ArgumentHelp(Messages.auditVerify.witnessHelp.text(), valueName: "key"))
    var witnesses: [String] = []

    @OptionGroup var hub: HubOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        var options = Verifier.Options()
        options.views = StoreViews.all
        options.against = against
        options.since = since
        options.witnesses = try witnesses.map { text in
            guard let witness = Witness(verifierKey: text) else {
                throw CommandFailure(
                    "bad_witness", Messages.auditVerify.badWitness.text(["key": text]),
                    mend: Messages.auditVerify.badWitnessMend.text(), status: .usage)
            }
            return witness
        }
        options.kept = keep
        if since != nil, keep != nil {
            throw CommandFailure(
                "one_start", Messages.auditVerify.oneStart.text(),
                mend: Messages.auditVerify.oneStartMend.text(), status: .usage)
        }
        let bar = ProgressBar(label: Messages.auditVerify.progress.text())
        defer { bar.clear() }
        options.onProgress = { done, total in
            // A clock is read for each picture, not for each entry.
            guard done % 64 == 0 || done == total else { return }
            bar.update(done: Int(done), total: Int(total), now: .now)
        }
        options.hubKey = try hub.key()
        let report = try await verify(Verifier(options))
        bar.clear()
        let console = Console.current
        if globals.isJSON {
            console.print(report.json)
        } else {
            VerifyPage(report).print(to: console)
        }
        // A problem that was found counts more than what could not be looked at.
        if report.hasDefiniteProblems { throw ExitStatus.failed }
        if !report.isComplete { throw ExitStatus.partly }
    }

    private func verify(_ verifier: Verifier) async throws -> VerifyReport {
        guard AuditSource.isAddress(file) else { return try verifier.verify(file) }
        return try await hub.connected(to: file) { transport, access in
            try await verifier.verify(
                address: file, transport: transport, access: access, environment: .system)
        }
    }
}
