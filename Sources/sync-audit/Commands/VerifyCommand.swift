import ArgumentParser
import CommandKit
import SyncAudit
import SyncCore
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
    var since: [String] = []

    @OptionGroup var hub: HubOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        var options = Verifier.Options()
        options.views = StoreViews.all
        options.against = against
        options.since = since
        options.hubKey = try hub.key()
        let report = try await verify(Verifier(options))
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
